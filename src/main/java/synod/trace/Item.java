package synod.trace;

import java.util.ArrayList;
import java.util.List;

/** What takes a place of its own on the way down a diagram. */
sealed interface Item {

  record One(Entry entry) implements Item {}

  /** Stands for what is not drawn. */
  record Band(String text) implements Item {}

  /** In order; rounds that are alike are one and a band. */
  static List<Item> of(List<Entry> drawn) {
    Folds folds = Folds.of(drawn);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      if (!folds.leaveOut(i)) {
        items.add(new One(drawn.get(i)));
      }
      folds.behind(i).ifPresent(fold -> items.add(band(fold)));
    }
    return items;
  }

  private static Band band(Folds.Fold fold) {
    return new Band(
        String.format(
            "%d more rounds like it: slots %d\u2013%d, %d messages",
            fold.rounds(), fold.from(), fold.to(), fold.messages()));
  }
}
