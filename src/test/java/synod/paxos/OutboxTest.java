package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.memory.MemoryJournal;

class OutboxTest {
  private static final Message WORD = new Message.Known(1);

  private final MemoryJournal journal = new MemoryJournal();

  /** How many syncs there had been when each message and each event left. */
  private final List<Integer> left = new ArrayList<>();

  private final Outbox.Owner owner =
      new Outbox.Owner(
          new ReplicaId(1),
          journal,
          envelope -> left.add(journal.syncs()),
          event -> left.add(journal.syncs()));

  private Outbox settled() {
    Outbox outbox = Outbox.writing(owner);
    outbox.sendSelf(WORD);
    outbox.release();
    left.clear();
    return outbox;
  }

  static List<Consumer<Outbox>> writes() {
    return List.of(
        outbox -> outbox.promise(ballot(1, 1)),
        outbox -> outbox.accept(new Acceptance(1, ballot(1, 1), batch("a"))),
        outbox -> outbox.makeBallot(ballot(1, 1)));
  }

  @ParameterizedTest
  @MethodSource("writes")
  void nothingLeavesBeforeTheSyncOfWhatWasWritten(Consumer<Outbox> write) {
    Outbox outbox = settled();
    outbox.sendSelf(WORD);
    write.accept(outbox);
    outbox.emit(new Event.CaughtUp(1));
    assertEquals(List.of(), left);
    assertTrue(outbox.needsSync());

    outbox.release();

    assertEquals(List.of(2, 2), left);
    assertFalse(outbox.needsSync());
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aFailingSyncLetsNothingOut(Consumer<Outbox> write) {
    Outbox outbox = settled();
    write.accept(outbox);
    outbox.sendSelf(WORD);
    outbox.emit(new Event.CaughtUp(1));
    journal.poison();

    assertThrows(StoreException.class, outbox::release);

    assertEquals(List.of(), left);
  }

  @Test
  void oneSyncCoversAllThatHasGathered() {
    Outbox outbox = settled();
    for (Consumer<Outbox> write : writes()) {
      write.accept(outbox);
      outbox.sendSelf(WORD);
    }
    outbox.release();

    assertEquals(List.of(2, 2, 2), left);
    assertEquals(2, journal.syncs());
  }

  @Test
  void wordsWithoutWritesCostNoSync() {
    Outbox outbox = settled();
    outbox.sendSelf(WORD);
    assertFalse(outbox.needsSync());
    outbox.release();

    assertEquals(List.of(1), left);
  }

  @Test
  void eachWordLeavesOnce() {
    Outbox outbox = settled();
    outbox.sendAll(Ear.replicas(3), WORD);
    outbox.release();
    outbox.release();

    assertEquals(3, left.size());
  }

  /** The life before may have written what it did not live to sync. */
  @Test
  void aNewLifeSyncsBeforeItsFirstWord() {
    settled().promise(ballot(1, 1));

    Outbox next = Outbox.writing(owner);
    next.sendSelf(WORD);
    next.release();

    assertEquals(List.of(2), left);
  }

  @Test
  void aRoleThatNeverWritesSpeaksAtOnce() {
    Outbox outbox = Outbox.speaking(owner);
    outbox.sendSelf(WORD);
    outbox.release();

    assertEquals(List.of(0), left);
  }

  @Test
  void anEventAloneWaitsForTheSyncToo() {
    Outbox outbox = settled();
    outbox.promise(ballot(1, 1));
    outbox.emit(new Event.CaughtUp(1));
    outbox.release();

    assertEquals(List.of(2), left);
  }

  @Test
  void whatIsWrittenAndNotSpokenOfCostsNoSync() {
    Outbox outbox = settled();
    outbox.promise(ballot(1, 1));
    outbox.release();

    assertEquals(1, journal.syncs());
  }

  @Test
  void aChangeOfTheStandingIsTold() {
    List<Event> events = new ArrayList<>();
    Outbox outbox =
        Outbox.writing(new Outbox.Owner(new ReplicaId(1), journal, envelope -> {}, events::add));

    outbox.stand(Standing.of(Standing.Kind.QUARANTINED));
    outbox.release();

    assertEquals(List.of(new Event.Stands(Standing.of(Standing.Kind.QUARANTINED))), events);
  }
}
