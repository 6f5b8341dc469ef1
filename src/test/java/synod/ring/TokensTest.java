package synod.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.paxos.Ballot;
import synod.paxos.Message.Token;
import synod.paxos.Message.TokenEntry;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;

class TokensTest {
  private static final ReplicaId ONE = new ReplicaId(1);
  private static final ReplicaId TWO = new ReplicaId(2);
  private static final ReplicaId THREE = new ReplicaId(3);
  private static final List<ReplicaId> ALL = List.of(ONE, TWO, THREE);
  private static final Ring RING = Ring.of(ALL);

  /** Replica 1 against replica 2, who led at ballot 7.2. */
  @ParameterizedTest(name = "prefix {0}:{1}, priority {2}:{3}, forced {4} -> {5}")
  @CsvSource({
    "5, 5, 0, 0, false, 2", // the id decides last
    "5, 5, 1, 0, false, 1", // before it the priority
    "5, 5, 0, 1, false, 2",
    "6, 5, 0, 0, false, 1", // before that the prefix
    "6, 5, 0, 1, false, 1",
    "5, 6, 1, 0, false, 2",
    "5, 5, 0, 0, true, 1", // a person wants the leadership to move
    "5, 5, 0, 1, true, 1",
    "5, 6, 0, 0, true, 2", // but not at the cost of a catch-up
    "5, 6, 1, 0, true, 2",
    "6, 5, 0, 1, true, 1",
  })
  void theLongestPrefixWinsThenPriorityThenId(
      long chosen1, long chosen2, int priority1, int priority2, boolean forced, int winner) {
    Map<ReplicaId, Integer> priorities = new TreeMap<>(Map.of(ONE, priority1, TWO, priority2));
    Ring ring = new Ring(ALL, priorities, Quorums.majority(3));

    List<TokenEntry> path =
        List.of(entry(ONE, true, chosen1, true, ALL), entry(TWO, true, chosen2, true, ALL));

    assertEquals(Optional.of(new ReplicaId(winner)), Tokens.winner(ring, path, forced));
  }

  @Test
  void whoReachesNoQuorumOrIsNotEligibleDoesNotWin() {
    List<TokenEntry> path =
        List.of(
            entry(ONE, true, 1, true, List.of(ONE, THREE)),
            entry(TWO, true, 9, false, ALL),
            entry(THREE, true, 9, true, List.of(THREE)));

    assertEquals(Optional.of(ONE), Tokens.winner(RING, path, false));
    assertEquals(Optional.empty(), Tokens.winner(RING, path.subList(1, 3), false));
  }

  @Test
  void aLeaderNeedsBothQuorums() {
    Ring ring = new Ring(ALL, new TreeMap<>(), new Quorums(3, 1));

    assertFalse(ring.canLead(List.of(ONE, TWO)));
    assertTrue(ring.canLead(ALL));
  }

  @Test
  void strangersInAReachDoNotMakeAQuorum() {
    assertFalse(RING.canLead(List.of(ONE, new ReplicaId(8), new ReplicaId(9))));
  }

  @Test
  void theLiveBallotIsOneThatSomebodyStillHears() {
    List<TokenEntry> path =
        List.of(entry(ONE, true, 1, true, ALL), entry(TWO, false, 1, true, ALL));

    assertEquals(new Ballot(7, TWO), Tokens.live(RING, path));
    assertEquals(Ballot.NONE, Tokens.live(RING, path.subList(0, 1)));
    assertEquals(1, Tokens.suspecters(path));
  }

  /** As a disk promises that was made good. */
  @Test
  void aBallotOfNoReplicaOfTheRingIsNoLeaders() {
    Ballot bound = new Ballot(9, new ReplicaId(Integer.MAX_VALUE));
    TokenEntry repaired = new TokenEntry(ONE, false, bound, 1, true, ALL);

    assertEquals(
        new Ballot(7, TWO), Tokens.live(RING, List.of(repaired, entry(TWO, false, 1, true, ALL))));
  }

  @Test
  void aPathOfStrangersOrWithAReplicaTwiceIsNotSound() {
    TokenEntry one = entry(ONE, true, 1, true, ALL);

    assertTrue(Tokens.isSound(RING, List.of(one, entry(TWO, true, 1, true, ALL))));
    assertFalse(Tokens.isSound(RING, List.of(one, one)));
    assertFalse(Tokens.isSound(RING, List.of(entry(new ReplicaId(9), true, 1, true, ALL))));
  }

  @Test
  void tokensAreOrderedByRoundThenByInitiator() {
    TokenId low = new TokenId(3, THREE);

    assertTrue(low.isBelow(new TokenId(4, ONE)));
    assertTrue(new TokenId(3, TWO).isBelow(low));
    assertFalse(low.isBelow(low));
  }

  @Test
  void appendingLeavesTheRestOfATokenAsItWas() {
    Token token = new Token(4, ONE, List.of(entry(ONE, true, 1, true, ALL)), true);

    Token longer = Tokens.append(token, entry(TWO, false, 2, true, ALL));

    assertEquals(List.of(ONE, TWO), Tokens.replicas(longer.path()));
    assertEquals(Tokens.id(token), Tokens.id(longer));
    assertTrue(longer.forced());
    assertEquals(1, token.path().size());
  }

  @Test
  void theRingGoesRoundFromEachReplica() {
    assertEquals(List.of(TWO, THREE), RING.after(ONE));
    assertEquals(List.of(THREE, ONE), RING.after(TWO));
    assertEquals(List.of(ONE, TWO), RING.after(THREE));
  }

  private static TokenEntry entry(
      ReplicaId replica, boolean suspects, long chosen, boolean eligible, List<ReplicaId> reach) {
    return new TokenEntry(replica, suspects, new Ballot(7, TWO), chosen, eligible, reach);
  }
}
