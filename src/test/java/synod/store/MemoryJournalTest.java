package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.memory.MemoryJournal;
import synod.paxos.Ballot;
import synod.paxos.Journal;
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
    journal.reopen();
    return journal;
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
