package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.memory.MemoryJournal;
import synod.paxos.Ballot;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.Lineage;
import synod.paxos.Standing;
import synod.paxos.StoreException;

class MemoryJournalTest extends JournalContractTest {
  private final MemoryJournal journal = new MemoryJournal();

  @Override
  Journal journal() {
    return journal;
  }

  @Override
  Journal afterCrash() {
    journal.crash();
    journal.reopen(journal.life().incarnation() + 1);
    return journal;
  }

  @Test
  void aNewProcessKnowsTheLivesSinceTheLastThatVoted() {
    MemoryJournal copy = journal.copy();
    journal.reopen(5);
    journal.reopen(7);
    copy.reopen(6);

    assertEquals(new Lineage(List.of(1L, 5L), new Life(1, 7)), journal.lineage());
    assertEquals(new Lineage(List.of(1L), new Life(1, 6)), copy.lineage());
    journal.stand(Standing.of(Standing.Kind.VOTING));
    journal.reopen(9);
    assertEquals(new Lineage(List.of(7L), new Life(1, 9)), journal.lineage());
  }

  @Test
  void poisonedItRefusesEveryWriteAndChangesNothing() {
    journal.poison();

    assertThrows(StoreException.class, () -> journal.promise(B1));
    assertThrows(StoreException.class, () -> journal.makeBallot(B1));
    assertThrows(StoreException.class, () -> journal.accept(acceptance(1, B1, "a")));
    assertThrows(StoreException.class, journal::sync);
    assertEquals(Ballot.NONE, journal.promised());
    assertEquals(Optional.empty(), journal.accepted(1));
  }
}
