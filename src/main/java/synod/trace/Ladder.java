package synod.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A trace as text: a column a replica, time downwards, a line for what came, did not come, or
 * happened. An arrow stands where it arrives. What was said to many or by many stands on one line
 * where that changes no replica's own order; runs of rounds that are alike are folded.
 *
 * <pre>
 *       0.412 |<------|<------o------>|------>|   accept 7.3 s12  3 to 1 2 4 5
 *       0.633 #       #       |       #       #   synced
 *       0.801 o-------o------>|<------o       |   accepted 7.3 s12  1 2 4 to 3
 * </pre>
 *
 * <p>State: the lines so far, and where each replica stood last.
 */
public final class Ladder {
  static final int COLUMN = 8;

  private static final int WIDTH = 100;
  private static final int MOST_BACK = 16;

  private final List<Entry> merged;
  private final TreeSet<Integer> replicas = new TreeSet<>();
  private final Map<String, Integer> sent = new TreeMap<>();
  private final TreeSet<String> received = new TreeSet<>();
  private final TreeSet<String> arrived = new TreeSet<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Integer, Integer> touched = new TreeMap<>();

  private Ladder(List<Entry> entries) {
    merged = Merge.of(entries);
    for (int i = 0; i < merged.size(); i++) {
      Entry entry = merged.get(i);
      replicas.add(entry.replica());
      if (entry.fact() instanceof Fact.Sent f) {
        replicas.add(f.to());
        sent.put(f.id(), i);
      } else if (entry.fact() instanceof Fact.Received f) {
        replicas.add(f.from());
        arrived.add(f.id());
      }
    }
  }

  /** Lines, the first of which names the columns. */
  public static List<String> lines(List<Entry> entries) {
    if (entries.isEmpty()) {
      return List.of("nothing happened");
    }
    Ladder ladder = new Ladder(entries);
    ladder.draw(Folds.of(ladder.merged));
    return ladder.text();
  }

  private void draw(List<Folds.Fold> folds) {
    int next = 0;
    for (int i = 0; i < merged.size(); i++) {
      while (next < folds.size() && folds.get(next).last() < i) {
        next++;
      }
      boolean folded = next < folds.size() && isFolded(folds.get(next), i);
      if (Shown.is(merged.get(i)) && !folded) {
        draw(merged.get(i), i);
      }
      if (next < folds.size() && folds.get(next).after() == i) {
        rows.add(row(folds.get(next), i));
        replicas.forEach(replica -> touched.put(replica, rows.size() - 1));
      }
    }
  }

  private boolean isFolded(Folds.Fold fold, int position) {
    long slot = merged.get(position).fact().slot();
    boolean beside = slot == 0 && position > fold.after();
    return beside || (slot >= fold.from() && slot <= fold.to());
  }

  private Row row(Folds.Fold fold, int position) {
    long count = fold.to() - fold.from() + 1;
    String slots = "slots " + fold.from() + "-" + fold.to();
    return new Row(
        merged.get(position),
        position,
        Row.Kind.FOLD,
        "... " + count + " more rounds like this: " + slots);
  }

  private void draw(Entry entry, int position) {
    Fact fact = entry.fact();
    if (fact instanceof Fact.Received f) {
      String again = received.add(f.id()) ? "" : ", again";
      String label = label(f.said()) + again;
      add(
          new Row(entry, position, Row.Kind.ARROW, label).with(f.from(), entry.replica()),
          sent.getOrDefault(f.id(), -1));
    } else if (fact instanceof Fact.Sent f && !arrived.contains(f.id())) {
      String label = label(f.said());
      add(new Row(entry, position, Row.Kind.LOST, label).with(entry.replica(), f.to()), -1);
    } else if (fact instanceof Fact.Happened f) {
      boolean crash = f.name().equals("RoleCrashed") || f.name().equals("Ended");
      Row.Kind kind = crash ? Row.Kind.CRASH : Row.Kind.EVENT;
      add(new Row(entry, position, kind, text(f)).with(entry.replica(), entry.replica()), -1);
    } else if (fact instanceof Fact.Synced f) {
      String label = f.role() + " synced";
      add(
          new Row(entry, position, Row.Kind.SYNC, label).with(entry.replica(), entry.replica()),
          -1);
    }
  }

  /** A token has neither ballot nor slot: its words tell it from another. */
  private static String label(Said said) {
    boolean bare = said.ballot().isEmpty() && said.slot() == 0;
    return ShiViz.label(said) + (bare ? " (" + said.text() + ")" : "");
  }

  private static String text(Fact.Happened happened) {
    return happened.text().startsWith(happened.role())
        ? happened.text()
        : happened.role() + " " + happened.text();
  }

  /**
   * On an earlier line, if nothing has come to its receiver since, and it had been sent by then;
   * else on one of its own.
   */
  private void add(Row row, int sentAt) {
    int receiver = row.receiver();
    for (int i = rows.size() - 1; i >= Math.max(0, rows.size() - MOST_BACK); i--) {
      if (touched.getOrDefault(receiver, -1) > i) {
        break;
      }
      if (rows.get(i).takes(row) && sentAt <= rows.get(i).position()) {
        rows.get(i).add(row);
        touched.put(receiver, i);
        return;
      }
    }
    rows.add(row);
    touched.put(receiver, rows.size() - 1);
  }

  private List<String> text() {
    List<Integer> columns = List.copyOf(replicas);
    StringBuilder head = new StringBuilder("       ms ");
    columns.forEach(replica -> head.append(String.format("%-" + COLUMN + "d", replica)));
    List<String> lines = new ArrayList<>(List.of(head.toString().stripTrailing()));
    long began = merged.get(0).micros();
    for (Row row : rows) {
      String line = row.text(columns, began);
      lines.add(line.substring(0, Math.min(WIDTH, line.length())).stripTrailing());
    }
    return lines;
  }
}
