package synod.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Proves that the replicas hold the same, while they serve: their hashes at every slot that all
 * remember, then each store against its own hash, which finds what has changed on a disk. It fails
 * if anything differs; a replica that is down is named.
 */
final class Verification {
  private static final int CATCH_UP_MS = 30_000;
  private static final int AUDIT_MS = 600_000;
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<Address> all;
  private final Screen screen;

  Verification(List<Address> all, Screen screen) {
    this.all = all;
    this.screen = screen;
  }

  void run() throws CommandFailed {
    List<String> faults = new ArrayList<>();
    compare(faults);
    audit(faults);
    if (!faults.isEmpty()) {
      throw new CommandFailed(String.join("; ", faults));
    }
  }

  /** Once all that are up share a slot, or none is up, or the patience is at its end. */
  private Comparison look() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CATCH_UP_MS);
    Comparison comparison = Comparison.of(all);
    while (!comparison.up().isEmpty()
        && comparison.common().isEmpty()
        && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE_NS);
      comparison = Comparison.of(all);
    }
    return comparison;
  }

  private void compare(List<String> faults) throws CommandFailed {
    Comparison comparison = look();
    List<Integer> up = comparison.up();
    all.stream()
        .filter(address -> !up.contains(address.id()))
        .forEach(address -> screen.say(screen.ink().bad("down: ") + address));
    if (up.isEmpty()) {
      throw new CommandFailed("no replica answers; './run-cluster.sh start' starts them");
    }
    Optional<Comparison.Range> range = comparison.common();
    if (range.isEmpty()) {
      faults.add("no slot is remembered by all: " + applied(comparison));
    } else {
      compare(comparison, range.get(), faults);
    }
  }

  private static String applied(Comparison comparison) {
    return comparison.up().stream()
        .map(id -> "replica " + id + " has applied " + comparison.applied(id))
        .collect(Collectors.joining(", "));
  }

  private void compare(Comparison comparison, Comparison.Range range, List<String> faults)
      throws CommandFailed {
    Optional<Long> different = comparison.difference(range);
    Table table = new Table("id", "slot", "chain", "keys", "digest");
    long shown = different.orElse(range.last());
    comparison.up().forEach(id -> table.add(comparison.row(id, shown)));
    screen.say(table);
    if (different.isPresent()) {
      explain(comparison, range, shown);
      faults.add("the stores DIFFER from slot " + shown + " on");
    } else {
      String slots = "slots " + range.first() + " to " + range.last();
      int count = comparison.up().size();
      screen.say(screen.ink().good("equal: ") + slots + " at " + count + " replicas");
    }
  }

  /** What each replica says was chosen in the slot. */
  private void explain(Comparison comparison, Comparison.Range range, long slot)
      throws CommandFailed {
    if (slot == range.first()) {
      screen.say("they differ at the oldest slot that all remember: it may have begun before");
    }
    List<Address> up =
        all.stream().filter(address -> comparison.up().contains(address.id())).toList();
    Map<Integer, Reply> logs = Poll.ask(up, CATCH_UP_MS, "SYNOD", "LOG", String.valueOf(slot), "1");
    Table table = new Table("id", "slot", "time", "commands", "");
    logs.forEach(
        (id, reply) -> {
          List<String> row = new ArrayList<>(List.of(String.valueOf(id)));
          row.addAll(LogRow.of(firstLine(reply)));
          table.add(row);
        });
    screen.say(table);
  }

  private static String firstLine(Reply reply) {
    return reply instanceof Reply.Items lines && !lines.items().isEmpty()
        ? lines.items().get(0).text()
        : "the slot is not in its log";
  }

  private void audit(List<String> faults) {
    Map<Integer, Reply> answers = Poll.ask(all, AUDIT_MS, "SYNOD", "AUDIT");
    answers.forEach(
        (id, reply) -> {
          Map<String, String> fields = reply.fields();
          if ("yes".equals(fields.get("sound"))) {
            screen.say("replica " + id + " has read its whole store: it is what its hash says");
          } else {
            screen.say("replica " + id + " told " + fields.get("told"));
            screen.say("replica " + id + " read " + fields.get("counted"));
            faults.add("the store of replica " + id + " is not what its hash says");
          }
        });
  }
}
