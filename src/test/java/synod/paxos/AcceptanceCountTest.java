package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcceptanceCountTest {
  private static final int WINDOW = 4;
  private static final Ballot LOW = ballot(1, 1);
  private static final Ballot HIGH = ballot(2, 1);

  private final AcceptanceCount count = new AcceptanceCount(Quorums.majority(5), WINDOW);

  private boolean add(int acceptor, Ballot ballot, long slot) {
    return count.add(new ReplicaId(acceptor), new Message.Accepted(ballot, slot));
  }

  @Test
  void saysOnceThatASlotIsChosen() {
    assertFalse(add(1, LOW, 1));
    assertFalse(add(2, LOW, 1));
    assertTrue(add(3, LOW, 1));
    assertFalse(add(4, LOW, 1));
    assertFalse(add(5, LOW, 1));
  }

  @Test
  void countsAnAcceptorOnceHoweverOftenItAnswers() {
    assertFalse(add(1, LOW, 1));
    assertFalse(add(1, LOW, 1));
    assertFalse(add(2, LOW, 1));
    assertFalse(add(2, LOW, 1));
    assertTrue(add(3, LOW, 1));
  }

  /** Two at one ballot and two at another are no quorum, in whatever order they come. */
  @Test
  void neverAddsUpDifferentBallots() {
    for (List<Ballot> order :
        List.of(
            List.of(LOW, LOW, HIGH, HIGH),
            List.of(HIGH, HIGH, LOW, LOW),
            List.of(LOW, HIGH, LOW, HIGH),
            List.of(HIGH, LOW, HIGH, LOW))) {
      AcceptanceCount one = new AcceptanceCount(Quorums.majority(5), WINDOW);
      for (int i = 0; i < 4; i++) {
        var accepted = new Message.Accepted(order.get(i), 1);
        assertFalse(one.add(new ReplicaId(i + 1), accepted), order::toString);
      }
    }
  }

  @Test
  void slotsAreCountedApart() {
    assertFalse(add(1, LOW, 1));
    assertFalse(add(2, LOW, 2));
    assertFalse(add(3, LOW, 3));
    assertFalse(add(2, LOW, 1));
    assertTrue(add(3, LOW, 1));
  }

  @Test
  void aHigherBallotBeginsAnew() {
    add(1, LOW, 1);
    add(2, LOW, 1);
    assertFalse(add(3, HIGH, 1));
    assertFalse(add(4, LOW, 1));
    assertFalse(add(1, HIGH, 1));
    assertTrue(add(2, HIGH, 1));
  }

  @Test
  void aSlotIsNotChosenWithoutTheLeadersOwnDisk() {
    assertFalse(add(2, LOW, 1));
    assertFalse(add(3, LOW, 1));
    assertFalse(add(4, LOW, 1));
    assertFalse(add(5, LOW, 1));
    assertTrue(add(1, LOW, 1));
  }

  /** A late answer for a slot that has been forgotten must not begin a new count. */
  @Test
  void forgetsSlotsThatNoLeaderHasOpenAnyMore() {
    add(1, LOW, 10);
    add(2, LOW, 10);
    add(1, LOW, 10 + 2 * WINDOW);

    assertFalse(add(3, LOW, 10));
    assertFalse(add(1, LOW, 9));

    add(1, LOW, 11);
    add(2, LOW, 11);
    assertTrue(add(3, LOW, 11));
  }

  @Test
  void aFlexibleQuorumIsAsLargeAsItSays() {
    AcceptanceCount two = new AcceptanceCount(new Quorums(4, 2), WINDOW);

    assertFalse(two.add(new ReplicaId(1), new Message.Accepted(LOW, 1)));
    assertTrue(two.add(new ReplicaId(5), new Message.Accepted(LOW, 1)));
    assertEquals(false, two.add(new ReplicaId(4), new Message.Accepted(LOW, 1)));
  }
}
