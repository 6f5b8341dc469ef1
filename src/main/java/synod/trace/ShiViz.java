package synod.trace;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A trace as a log for ShiViz (bestchai.bitbucket.io/shiviz): two lines an entry, with the vector
 * clock that it has (Fidge 1988; Mattern 1989). The first line of a log that is uploaded is the
 * expression by which ShiViz reads it, the second one, empty here, parts several runs.
 */
public final class ShiViz {
  /** To be pasted where the log itself is pasted rather than uploaded. */
  public static final String PARSER = "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)";

  private ShiViz() {}

  /** The whole log. */
  public static String log(List<Entry> entries) {
    StringBuilder log = new StringBuilder(PARSER).append("\n\n");
    for (Stamped stamped : stamped(entries)) {
      Entry entry = stamped.entry();
      log.append(host(entry.replica())).append(' ').append(json(stamped.clock())).append('\n');
      log.append(text(entry.fact()).replace('\n', ' ').replace('\r', ' ')).append('\n');
    }
    return log.toString();
  }

  /**
   * An entry with its clock: for each replica, how many of its entries happened before or are this.
   */
  record Stamped(Entry entry, Map<Integer, Long> clock) {}

  /** In merged order: a clock is known once those of all that happened before are. */
  static List<Stamped> stamped(List<Entry> entries) {
    Map<Integer, Map<Integer, Long>> clocks = new TreeMap<>();
    Map<String, Map<Integer, Long>> sent = new TreeMap<>();
    return Merge.of(entries).stream()
        .map(
            entry -> {
              Map<Integer, Long> clock =
                  clocks.computeIfAbsent(entry.replica(), replica -> new TreeMap<>());
              clock.merge(entry.replica(), 1L, Long::sum);
              if (entry.fact() instanceof Fact.Arrived arrived) {
                sent.getOrDefault(arrived.id(), new TreeMap<>())
                    .forEach((replica, count) -> clock.merge(replica, count, Math::max));
              }
              Map<Integer, Long> now = new TreeMap<>(clock);
              if (entry.fact() instanceof Fact.Sent said) {
                sent.put(said.id(), now);
              }
              return new Stamped(entry, now);
            })
        .toList();
  }

  private static String host(int replica) {
    return "replica-" + replica;
  }

  private static String json(Map<Integer, Long> clock) {
    return clock.entrySet().stream()
        .map(each -> "\"" + host(each.getKey()) + "\":" + each.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String text(Fact fact) {
    if (fact instanceof Fact.Sent f) {
      return f.said().from()
          + " sends "
          + label(f.said())
          + " to "
          + f.to()
          + ": "
          + f.said().text();
    }
    if (fact instanceof Fact.Received f) {
      return f.said().to()
          + " gets "
          + label(f.said())
          + " of "
          + f.from()
          + ": "
          + f.said().text();
    }
    if (fact instanceof Fact.Dropped f) {
      return label(f.said()) + " of " + f.from() + " is dropped: the mailbox was full";
    }
    if (fact instanceof Fact.Lost f) {
      return label(f.said()) + " to " + f.to() + " is lost";
    }
    return fact instanceof Fact.Synced f
        ? f.role() + " synced in " + f.tookMicros() + " us"
        : happened((Fact.Happened) fact);
  }

  private static String happened(Fact.Happened happened) {
    return happened.role() + ": " + happened.text();
  }

  /** {@code accept 7.4 s12}. */
  static String label(Said said) {
    String ballot = said.ballot().isEmpty() ? "" : " " + said.ballot();
    return said.kind() + ballot + (said.slot() == 0 ? "" : " s" + said.slot());
  }
}
