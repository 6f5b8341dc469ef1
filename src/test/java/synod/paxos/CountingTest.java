package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is counted, and when it is enough: quorums, acceptances, confirmations. */
class CountingTest {
  private static final ReplicaId LEADER = new ReplicaId(1);
  private static final Ballot BALLOT = new Ballot(3, LEADER);

  private final AcceptanceCount count = new AcceptanceCount(Quorums.majority(5), 8);

  private boolean accepted(int acceptor, Ballot ballot, long slot) {
    return count.add(new ReplicaId(acceptor), new Message.Accepted(ballot, slot));
  }

  @ParameterizedTest(name = "{1} and {2} of {0}: {3}")
  @CsvSource({
    "3, 2, 2, true", "3, 3, 1, true", "3, 1, 2, false", "3, 1, 3, true", "3, 4, 1, false",
    "5, 3, 3, true", "5, 4, 2, true", "5, 3, 2, false", "5, 2, 3, false", "5, 5, 1, true",
    "7, 4, 4, true", "7, 6, 2, true", "7, 4, 3, false", "1, 1, 1, true",
  })
  void everyTwoQuorumsMeetOrTheyAreNoQuorums(int replicas, int one, int two, boolean meet) {
    assertEquals(meet, new Quorums(one, two).meet(replicas));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "4, 3", "5, 3", "7, 4"})
  void aMajorityIsMoreThanHalf(int replicas, int majority) {
    assertEquals(new Quorums(majority, majority), Quorums.majority(replicas));
    assertTrue(Quorums.majority(replicas).meet(replicas));
  }

  @Test
  void theThirdOfFiveMakesItChosenAndOnlyTheThird() {
    assertFalse(accepted(1, BALLOT, 4));
    assertFalse(accepted(2, BALLOT, 4));
    assertTrue(accepted(3, BALLOT, 4));
    assertFalse(accepted(4, BALLOT, 4));
    assertFalse(accepted(5, BALLOT, 4));
  }

  @Test
  void aDoubledAcceptedCountsOnce() {
    accepted(1, BALLOT, 4);
    accepted(2, BALLOT, 4);

    assertFalse(accepted(2, BALLOT, 4));
    assertFalse(accepted(1, BALLOT, 4));
    assertTrue(accepted(5, BALLOT, 4));
  }

  @Test
  void acceptancesAtDifferentBallotsAreNeverAddedUp() {
    Ballot higher = BALLOT.next(LEADER);
    accepted(1, BALLOT, 4);
    accepted(2, BALLOT, 4);

    assertFalse(accepted(3, higher, 4));
    assertFalse(accepted(3, BALLOT, 4), "a lower ballot counts no more");
    assertFalse(accepted(4, higher, 4));
    assertTrue(accepted(1, higher, 4));
  }

  @Test
  void theLeadersOwnAcceptorIsAlwaysOneOfThem() {
    assertFalse(accepted(2, BALLOT, 4));
    assertFalse(accepted(3, BALLOT, 4));
    assertFalse(accepted(4, BALLOT, 4));
    assertFalse(accepted(5, BALLOT, 4));

    assertTrue(accepted(1, BALLOT, 4));
  }

  @Test
  void aSlotThatNoLeaderHasOpenIsNotCountedAnew() {
    accepted(1, BALLOT, 1);
    accepted(1, BALLOT, 100);

    assertFalse(accepted(1, BALLOT, 1));
    assertFalse(accepted(2, BALLOT, 1));
    assertFalse(accepted(3, BALLOT, 1));
  }

  @Test
  void aReadThatArrivesAfterARoundBeganWaitsForTheNext() {
    ReadRounds rounds = new ReadRounds();
    rounds.add(LEADER, 1);
    long first = rounds.begin(10, 0);
    rounds.add(LEADER, 2);
    confirmBy(rounds, first, 1, 2, 3);

    assertEquals(List.of(new ReadRounds.Waiting(LEADER, 1)), rounds.finish());
    assertTrue(rounds.canBegin());
    long second = rounds.begin(12, 0);
    confirmBy(rounds, second, 1, 2, 3);
    assertEquals(12, rounds.index());
    assertEquals(List.of(new ReadRounds.Waiting(LEADER, 2)), rounds.finish());
  }

  @Test
  void aRoundCountsDistinctAcceptorsOfThatRound() {
    ReadRounds rounds = new ReadRounds();
    rounds.add(LEADER, 1);
    long first = rounds.begin(10, 0);
    confirmBy(rounds, first, 1, 1, 1, 2);
    confirmBy(rounds, first - 1, 3);
    assertFalse(rounds.confirmedBy(Quorums.majority(5)));

    confirmBy(rounds, first, 3);

    assertTrue(rounds.confirmedBy(Quorums.majority(5)));
  }

  private static void confirmBy(ReadRounds rounds, long round, int... acceptors) {
    for (int acceptor : acceptors) {
      rounds.confirm(new ReplicaId(acceptor), round);
    }
  }

  @Test
  void commandsJoinUpToTheLimitAndALargerOneGoesAlone() {
    CommandQueue queue = new CommandQueue(100);
    List.of("aa", "bb", "c", "d".repeat(20), "e").forEach(c -> queue.offer(Bytes.utf8(c)));

    assertEquals("aabb", queue.take(4).utf8());
    assertEquals("c", queue.take(4).utf8());
    assertEquals("d".repeat(20), queue.take(4).utf8());
    assertEquals("e", queue.take(4).utf8());
    assertTrue(queue.isEmpty());
  }

  @Test
  void aFullQueueRefusesAndAnEmptyOneTakesAnything() {
    CommandQueue queue = new CommandQueue(10);
    assertTrue(queue.offer(Bytes.utf8("x".repeat(50))));
    assertFalse(queue.offer(Bytes.utf8("y")));
    queue.take(1);

    assertTrue(queue.offer(Bytes.utf8("x".repeat(10))));
    assertFalse(queue.offer(Bytes.utf8("y")));
  }

  @Test
  void aWindowOpensInOrderAndItsPrefixGrowsOverChosenSlots() {
    Window window = new Window(5, 2);
    window.propose(Batch.noOp(0), 0);
    window.propose(Batch.noOp(0), 0);
    assertFalse(window.hasRoom());
    assertEquals(4, window.chosen());

    assertFalse(window.choose(6), "the prefix stays");
    assertFalse(window.hasRoom());
    assertTrue(window.choose(5));

    assertEquals(6, window.chosen());
    assertEquals(7, window.next());
    assertFalse(window.choose(5), "twice is once");
    assertEquals(
        new TreeSet<>(), new TreeSet<>(window.open().stream().map(Window.Open::slot).toList()));
  }
}
