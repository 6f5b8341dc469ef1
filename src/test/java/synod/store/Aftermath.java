package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import synod.kv.Machine;
import synod.kv.StateSummary;
import synod.paxos.Acceptance;
import synod.paxos.Journal;
import synod.paxos.Standing;

/** What a directory must hold, whatever became of the {@link ShortRun} that was on it. */
final class Aftermath {
  private final DataDirectory data;
  private final List<String> said;

  private Aftermath(DataDirectory data, List<String> said) {
    this.data = data;
    this.said = said;
  }

  /** Checks it, and that the next run goes through. */
  static void check(Path path, Offer offer, List<String> said) {
    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      new Aftermath(data, said).check();
      ShortRun.run(data, offer, any -> {});
    }
  }

  private void check() {
    Journal journal = data.journal();
    assertTrue(data.life().incarnation() > last("incarnation"));
    assertTrue(journal.promised().round() >= last("promised"));
    assertTrue(journal.truncated() >= last("truncated"));
    Standing.Kind kind = journal.standing().kind();
    assertEquals(Standing.of(kind), journal.standing());
    assertFalse(last("voting") == 1 && kind == Standing.Kind.FRESH);
    for (long slot = journal.truncated() + 1; slot <= last("accepted"); slot++) {
      Optional<Acceptance> accepted = journal.accepted(slot);
      assertEquals(Optional.of(ShortRun.batch(slot)), accepted.map(Acceptance::batch));
    }
    Machine machine = Machine.open(data.state());
    StateSummary summary = machine.summary();
    assertEquals(summary, machine.recount());
    assertTrue(summary.applied() >= Math.max(journal.truncated(), last("installed")));
    assertEquals(List.of(), data.notes());
  }

  /** The last number that it said of this matter; 0 if it said nothing. */
  private long last(String matter) {
    return said.stream()
        .filter(line -> line.startsWith(matter + " "))
        .mapToLong(line -> Long.parseLong(line.substring(matter.length() + 1)))
        .reduce(0, (earlier, later) -> later);
  }
}
