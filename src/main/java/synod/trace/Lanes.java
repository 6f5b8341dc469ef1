package synod.trace;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where replicas and their roles stand from left to right. */
record Lanes(List<Integer> replicas, List<String> roles) {
  static final double LEFT = 76;
  static final double SUB = 26;

  /** Room for a label between two lanes. */
  private static final double GUTTER = 104;

  private static final double PADDING = 8;
  private static final List<String> ORDER =
      List.of(
          "gateway", "elector", "proposer", "acceptor", "learner", "coordinator", "participant");

  /** Of those that occur. */
  static Lanes of(List<Entry> entries) {
    TreeSet<Integer> replicas = new TreeSet<>();
    TreeSet<String> roles = new TreeSet<>();
    for (Entry entry : entries) {
      replicas.add(entry.replica());
      roleOf(entry.fact(), roles);
    }
    List<String> ordered = ORDER.stream().filter(roles::contains).toList();
    return new Lanes(List.copyOf(replicas), ordered.isEmpty() ? List.of("acceptor") : ordered);
  }

  private static void roleOf(Fact fact, Set<String> roles) {
    if (fact instanceof Fact.Happened happened && !happened.role().equals("process")) {
      roles.add(happened.role());
    } else if (fact instanceof Fact.Synced synced) {
      roles.add(synced.role());
    } else {
      fact.message()
          .ifPresent(
              said -> {
                roles.add(said.from());
                roles.add(said.to());
              });
    }
  }

  private double lane() {
    return 2 * PADDING + SUB * roles.size();
  }

  double left(int replica) {
    int index = Math.max(0, replicas.indexOf(replica));
    return LEFT + index * (lane() + GUTTER);
  }

  double right(int replica) {
    return left(replica) + lane();
  }

  double middle(int replica) {
    return left(replica) + lane() / 2;
  }

  /** The role's own line; for the process the middle. */
  double x(int replica, String role) {
    int index = roles.indexOf(role);
    return index < 0 ? middle(replica) : left(replica) + PADDING + SUB * (index + 0.5);
  }

  double width() {
    return right(replicas.isEmpty() ? 0 : replicas.get(replicas.size() - 1)) + GUTTER;
  }
}
