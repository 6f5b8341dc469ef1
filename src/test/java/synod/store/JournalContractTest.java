package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Invariant;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;

/** What every journal does, on a disk or in a memory. */
abstract class JournalContractTest {
  static final Ballot B1 = new Ballot(1, new ReplicaId(2));
  static final Ballot B2 = new Ballot(2, new ReplicaId(1));

  abstract Journal journal();

  /** The same journal after its owner was killed: what was synced is there. */
  abstract Journal afterCrash();

  static Acceptance acceptance(long slot, Ballot ballot, String commands) {
    return new Acceptance(slot, ballot, new Batch(slot * 10, Bytes.utf8(commands)));
  }

  @Test
  void holdsNothingAtFirst() {
    assertEquals(Ballot.NONE, journal().promised());
    assertEquals(Ballot.NONE, journal().ownBallot());
    assertEquals(Optional.empty(), journal().accepted(1));
    assertEquals(List.of(), journal().accepted(1, 1_000));
  }

  @Test
  void showsWhatWasWrittenBeforeItIsSynced() {
    journal().promise(B1);
    journal().makeBallot(B2);
    journal().accept(acceptance(1, B1, "a"));

    assertEquals(B1, journal().promised());
    assertEquals(B2, journal().ownBallot());
    assertEquals(Optional.of(acceptance(1, B1, "a")), journal().accepted(1));
  }

  @Test
  void hasAfterACrashAllThatWasSynced() {
    journal().promise(B1);
    journal().makeBallot(B2);
    journal().accept(acceptance(1, B1, "a"));
    journal().accept(acceptance(2, B2, ""));
    journal().sync();

    Journal then = afterCrash();

    assertEquals(B1, then.promised());
    assertEquals(B2, then.ownBallot());
    assertEquals(
        List.of(acceptance(1, B1, "a"), acceptance(2, B2, "")), then.accepted(1, 1_000_000));
  }

  @Test
  void losesInACrashWhatWasNotSynced() {
    journal().promise(B1);
    journal().accept(acceptance(1, B1, "a"));
    journal().sync();
    journal().promise(B2);
    journal().accept(acceptance(1, B2, "b"));
    journal().accept(acceptance(2, B2, "c"));

    Journal then = afterCrash();

    assertEquals(B1, then.promised());
    assertEquals(List.of(acceptance(1, B1, "a")), then.accepted(1, 1_000_000));
  }

  @Test
  void aSlotKeepsWhatWasAcceptedLast() {
    journal().accept(acceptance(1, B1, "a"));
    journal().accept(acceptance(1, B2, "b"));

    assertEquals(Optional.of(acceptance(1, B2, "b")), journal().accepted(1));
  }

  @Test
  void aPageIsInSlotOrderFromTheSlotOnWithGapsLeftOut() {
    for (long slot : new long[] {256, 3, 1, 70_000, 255}) {
      journal().accept(acceptance(slot, B1, "x"));
    }

    List<Acceptance> page = journal().accepted(2, 1_000_000);

    assertEquals(List.of(3L, 255L, 256L, 70_000L), page.stream().map(Acceptance::slot).toList());
  }

  @Test
  void aPageHoldsWhatFitsAndAtLeastOne() {
    Stream.of(1, 2, 3).forEach(slot -> journal().accept(acceptance(slot, B1, "x".repeat(100))));
    int size = acceptance(1, B1, "x".repeat(100)).size();

    assertEquals(1, journal().accepted(1, 0).size());
    assertEquals(1, journal().accepted(1, 2 * size - 1).size());
    assertEquals(2, journal().accepted(1, 2 * size).size());
    assertEquals(1, journal().accepted(3, 2 * size).size());
    assertEquals(0, journal().accepted(4, 2 * size).size());
  }

  @Test
  void neitherThePromiseNorTheOwnBallotEverFalls() {
    journal().promise(B2);
    journal().makeBallot(B2);

    assertThrows(Invariant.Violation.class, () -> journal().promise(B1));
    assertThrows(Invariant.Violation.class, () -> journal().makeBallot(B1));
  }

  @Test
  void whatIsTruncatedIsGoneAndCountsAsAccepted() {
    Stream.of(1, 2, 3).forEach(slot -> journal().accept(acceptance(slot, B1, "x")));

    journal().truncate(2);

    assertEquals(2, journal().truncated());
    assertEquals(3, journal().highest());
    assertEquals(Optional.empty(), journal().accepted(2));
    assertEquals(List.of(acceptance(3, B1, "x")), journal().accepted(1, 1_000));

    journal().truncate(7);
    journal().truncate(5);

    assertEquals(7, journal().truncated());
    assertEquals(7, journal().highest());
    assertEquals(List.of(), journal().accepted(1, 1_000));
  }

  @Test
  void hasAfterACrashWhatWasTruncatedAndWhomItMet() {
    Stream.of(1, 2, 3).forEach(slot -> journal().accept(acceptance(slot, B1, "x")));
    journal().truncate(2);
    journal().meet(new ReplicaId(1), new Life(5, 1));
    journal().meet(new ReplicaId(1), new Life(6, 2));
    journal().meet(new ReplicaId(300), new Life(7, 3));
    journal().sync();

    Journal then = afterCrash();

    assertEquals(2, then.truncated());
    assertEquals(3, then.highest());
    assertEquals(Optional.of(new Life(6, 2)), then.met(new ReplicaId(1)));
    assertEquals(Optional.of(new Life(7, 3)), then.met(new ReplicaId(300)));
    assertEquals(Optional.empty(), then.met(new ReplicaId(2)));
  }

  @Test
  void theHighestSlotOutlivesItsTruncation() {
    journal().accept(acceptance(9, B1, "x"));
    journal().truncate(9);
    journal().sync();

    assertEquals(9, afterCrash().highest());
  }

  @Test
  void aStandingIsKeptAtOnceAndAVoterReturns() {
    for (Standing standing :
        List.of(
            Standing.of(Standing.Kind.QUARANTINED),
            Standing.readmitting(B2, 70),
            Standing.of(Standing.Kind.FRESH))) {
      journal().stand(standing);
      assertEquals(standing, journal().standing());
    }
    journal().stand(Standing.of(Standing.Kind.VOTING));

    assertEquals(Standing.of(Standing.Kind.RETURNING), afterCrash().standing());
  }

  @Test
  void aReadmittedAcceptorHasPromisedAllThatItsEarlierLivesMayHave() {
    journal().promise(B1);
    journal().accept(acceptance(5, B1, "x"));
    journal().stand(Standing.readmitting(B2, 70));

    journal().stand(Standing.of(Standing.Kind.VOTING));

    for (Journal now : List.of(journal(), afterCrash())) {
      assertEquals(B2, now.promised());
      assertEquals(B2, now.ownBallot());
      assertEquals(70, now.truncated());
      assertEquals(70, now.highest());
      assertEquals(List.of(), now.accepted(1, 1_000));
    }
  }

  @Test
  void readmissionLowersNothing() {
    Ballot b3 = B2.next(new ReplicaId(1));
    journal().promise(B2);
    journal().makeBallot(b3);
    journal().truncate(80);
    journal().stand(Standing.readmitting(B1.next(new ReplicaId(5)), 70));

    journal().stand(Standing.of(Standing.Kind.VOTING));

    assertEquals(b3, journal().ownBallot());
    assertEquals(80, journal().truncated());
  }
}
