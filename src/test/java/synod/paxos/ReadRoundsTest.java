package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import synod.paxos.ReadRounds.Waiting;

class ReadRoundsTest {
  private static final Quorums QUORUMS = Quorums.majority(5);
  private static final ReplicaId GATEWAY = new ReplicaId(4);

  private final ReadRounds rounds = new ReadRounds();

  private void confirm(long round, int... acceptors) {
    for (int acceptor : acceptors) {
      rounds.confirm(new ReplicaId(acceptor), round);
    }
  }

  @Test
  void oneRoundServesAllThatWaitedWhenItBegan() {
    rounds.add(GATEWAY, 1);
    rounds.add(GATEWAY, 2);
    long round = rounds.begin(9, 0);
    assertEquals(2, rounds.reads());
    confirm(round, 1, 2, 3);

    assertTrue(rounds.confirmedBy(QUORUMS));
    assertEquals(9, rounds.index());
    assertEquals(List.of(new Waiting(GATEWAY, 1), new Waiting(GATEWAY, 2)), rounds.finish());
    assertFalse(rounds.canBegin());
  }

  @Test
  void aReadThatArrivesInARoundWaitsForTheNext() {
    rounds.add(GATEWAY, 1);
    long round = rounds.begin(9, 0);
    rounds.add(GATEWAY, 2);
    assertFalse(rounds.canBegin());
    confirm(round, 1, 2, 3);

    assertEquals(List.of(new Waiting(GATEWAY, 1)), rounds.finish());
    assertTrue(rounds.canBegin());
    rounds.begin(10, 0);
    assertFalse(rounds.confirmedBy(QUORUMS));
    assertEquals(10, rounds.index());
  }

  @Test
  void anEarlierAndALaterRoundCountForNothing() {
    rounds.add(GATEWAY, 1);
    long first = rounds.begin(9, 0);
    rounds.finish();
    rounds.add(GATEWAY, 2);
    long second = rounds.begin(9, 0);

    confirm(first, 1, 2, 3);
    confirm(second + 1, 1, 2, 3);
    assertFalse(rounds.confirmedBy(QUORUMS));

    confirm(second, 1, 2, 3);
    assertTrue(rounds.confirmedBy(QUORUMS));
  }

  @Test
  void aQuorumIsOfDifferentAcceptors() {
    rounds.add(GATEWAY, 1);
    long round = rounds.begin(9, 0);
    confirm(round, 1, 1, 1, 2);

    assertFalse(rounds.confirmedBy(QUORUMS));
    confirm(round, 5);
    assertTrue(rounds.confirmedBy(QUORUMS));
  }

  @Test
  void aRoundThatWasClearedIsNeverConfirmed() {
    rounds.add(GATEWAY, 1);
    long round = rounds.begin(9, 0);
    rounds.clear();
    confirm(round, 1, 2, 3);

    assertFalse(rounds.confirmedBy(QUORUMS));
    assertFalse(rounds.canBegin());
    rounds.add(GATEWAY, 2);
    assertTrue(rounds.begin(9, 0) > round);
  }

  @Test
  void isSentAgainOnceItsTimeHasPassed() {
    assertFalse(rounds.unansweredSince(100));
    rounds.add(GATEWAY, 1);
    long round = rounds.begin(9, 50);

    assertFalse(rounds.unansweredSince(49));
    assertTrue(rounds.unansweredSince(50));
    assertEquals(round, rounds.sendAgain(80));
    assertFalse(rounds.unansweredSince(79));
  }

  @Test
  void thereIsOneRoundAtATime() {
    rounds.add(GATEWAY, 1);
    rounds.begin(9, 0);
    rounds.add(GATEWAY, 2);

    assertThrows(Invariant.Violation.class, () -> rounds.begin(9, 0));
  }

  @Test
  void pastItsBoundNoMoreReadsWaitUntilARoundBegins() {
    for (int id = 1; id <= ReadRounds.MOST_WAITING; id++) {
      assertTrue(rounds.add(GATEWAY, id));
    }
    assertFalse(rounds.add(GATEWAY, 0));

    rounds.begin(9, 0);

    assertEquals(ReadRounds.MOST_WAITING, rounds.reads());
    assertTrue(rounds.add(GATEWAY, 0));
  }

  @Test
  void saysWhetherAConfirmationCounts() {
    rounds.add(GATEWAY, 1);
    long round = rounds.begin(9, 0);

    assertFalse(rounds.confirm(new ReplicaId(1), round - 1));
    assertTrue(rounds.confirm(new ReplicaId(1), round));
    rounds.finish();
    assertFalse(rounds.confirm(new ReplicaId(2), round));
  }

  @Test
  void whatWasClearedIsAnsweredByNoLaterRound() {
    rounds.add(GATEWAY, 1);
    rounds.begin(9, 0);
    rounds.add(GATEWAY, 2);
    rounds.clear();
    assertFalse(rounds.canBegin());

    rounds.add(GATEWAY, 3);
    rounds.begin(9, 0);

    assertEquals(List.of(new Waiting(GATEWAY, 3)), rounds.finish());
  }
}
