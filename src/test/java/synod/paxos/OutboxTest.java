package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import synod.testing.MemoryJournal;

class OutboxTest {
  private static final ReplicaId SELF = new ReplicaId(1);
  private static final Ballot BALLOT = new Ballot(1, SELF);

  private final MemoryJournal journal = new MemoryJournal();
  private final List<String> left = new ArrayList<>();
  private final Outbox.Owner owner =
      new Outbox.Owner(
          SELF,
          journal,
          envelope -> left.add("said at sync " + journal.syncs()),
          event -> left.add("event at sync " + journal.syncs()));

  @Test
  void nothingLeavesBeforeTheSync() {
    Outbox out = Outbox.writing(owner);
    out.promise(BALLOT);
    out.emit(new Event.Promised(BALLOT));
    out.sendSelf(new Message.Elect());
    assertEquals(List.of(), left);
    assertTrue(out.needsSync());

    out.release();

    assertEquals(List.of("event at sync 1", "said at sync 1"), left);
    assertFalse(out.needsSync());
  }

  @Test
  void oneSyncCoversManySteps() {
    Outbox out = Outbox.writing(owner);
    for (int slot = 1; slot <= 5; slot++) {
      out.accept(new Acceptance(slot, BALLOT, Batch.noOp(0)));
      out.sendSelf(new Message.Elect());
    }

    out.release();

    assertEquals(5, left.size());
    assertEquals(1, journal.syncs());
  }

  @Test
  void aFailingSyncLetsNothingOut() {
    Outbox out = Outbox.writing(owner);
    out.promise(BALLOT);
    out.sendSelf(new Message.Elect());
    journal.poison();

    assertThrows(StoreException.class, out::release);

    assertEquals(List.of(), left);
  }

  @Test
  void aNewLifeSyncsWhatAnEarlierOneMayHaveWrittenBeforeItSpeaks() {
    Outbox.writing(owner).promise(BALLOT);
    Outbox next = Outbox.writing(owner);
    next.sendSelf(new Message.Elect());

    next.release();

    assertEquals(List.of("said at sync 1"), left);
    assertEquals(BALLOT, journal.durablePromise());
  }

  @Test
  void afterThatItSyncsOnlyWhatIsNew() {
    Outbox out = Outbox.writing(owner);
    out.sendSelf(new Message.Elect());
    out.release();

    out.sendSelf(new Message.Elect());
    out.release();

    assertEquals(1, journal.syncs());
  }

  @Test
  void aRoleThatNeverWritesNeverWaits() {
    Outbox out = Outbox.speaking(owner);
    out.sendSelf(new Message.Elect());

    out.release();

    assertEquals(List.of("said at sync 0"), left);
  }
}
