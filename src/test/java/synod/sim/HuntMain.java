package synod.sim;

import java.util.List;
import java.util.stream.Stream;

/** Hunts the bugs whose names contain one of the arguments, and says what it finds. */
final class HuntMain {
  private HuntMain() {}

  public static void main(String[] arguments) {
    List<Bug> bugs =
        Bug.all().stream()
            .filter(b -> arguments.length == 0 || Stream.of(arguments).anyMatch(b.name()::contains))
            .toList();
    bugs.stream().parallel().forEach(HuntMain::hunt);
  }

  private static void hunt(Bug bug) {
    try {
      Hunt hunt = new Hunt(bug);
      var found = hunt.all();
      synchronized (HuntMain.class) {
        System.out.printf(
            "%-40s %s%s%n",
            bug.name(),
            found.map(c -> c.seed() + " " + c.ms() + " ms " + c.text()).orElse("NOT CAUGHT"),
            hunt.before().isEmpty() ? "" : " -- before: " + hunt.before());
        found.ifPresent(c -> bug.remember(c.seed()));
      }
    } catch (RuntimeException | Error e) {
      System.out.println(bug.name() + " BROKEN: " + e);
    }
  }
}
