package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.ReplicaId;

class ChronicleTest {
  private static final ReplicaId ONE = new ReplicaId(1);
  private static final ReplicaId TWO = new ReplicaId(2);
  private static final Ballot BALLOT = new Ballot(3, ONE);

  private final AtomicLong clock = new AtomicLong(1000);
  private final Chronicle chronicle =
      new Chronicle(List.of(ONE, TWO), clock::get, Duration.ofMillis(100));

  @Test
  void tellsWhatHappenedToASlotAndHowLongTheDiskTook() {
    chronicle.accept(new Event.Applied(6, 0));
    chronicle.accept(new Event.Adopted(BALLOT, 7, new Ballot(2, TWO)));
    chronicle.accept(new Event.Proposed(BALLOT, 7, 40));
    chronicle.accept(new Event.Retransmitted(BALLOT, 7));
    chronicle.accept(new Event.Retransmitted(BALLOT, 7));
    chronicle.begins(RoleName.ACCEPTOR);
    clock.set(1500);
    assertEquals(500, chronicle.waitsForDisk());
    chronicle.synced(RoleName.ACCEPTOR, 480_000);
    chronicle.accept(new Event.Accepted(BALLOT, 7));
    chronicle.ends(RoleName.ACCEPTOR);
    chronicle.accept(new Event.SlotChosen(BALLOT, 7, List.of(ONE, TWO)));
    chronicle.accept(new Event.Applied(7, 2));

    SlotLife life = chronicle.life(7);

    assertEquals(new SlotLife.Moment(1000, BALLOT, 40), life.proposed().orElseThrow());
    assertEquals(new Ballot(2, TWO), life.adopted().orElseThrow().ballot());
    assertEquals(2, life.resent().orElseThrow().amount());
    assertEquals(new SlotLife.Moment(1500, BALLOT, 480), life.accepted().orElseThrow());
    assertEquals(List.of(ONE, TWO), life.quorum());
    assertEquals(2, life.applied().orElseThrow().amount());
    assertEquals(7, chronicle.oldest());
    assertEquals(0, chronicle.waitsForDisk());
  }

  @Test
  void ofSlowSyncsTheWorstOfEachSecondIsRemembered() {
    chronicle.synced(RoleName.ACCEPTOR, 100_000_000);
    assertEquals(List.of(), chronicle.slowSyncs().all());

    for (int second = 1; second <= Spikes.MOST + 1; second++) {
      clock.set(second * 1_000_000L);
      chronicle.synced(RoleName.ACCEPTOR, (100 + second) * 1_000_000L);
      chronicle.synced(RoleName.PROPOSER, 101_000_000);
    }

    List<Spikes.Spike> spikes = chronicle.slowSyncs().all();
    assertEquals(Spikes.MOST, spikes.size());
    assertEquals(new Spikes.Spike(2, 102), spikes.get(0));
    assertEquals(100 + Spikes.MOST + 1, chronicle.slowSyncs().worst());
  }

  @Test
  void aLifeOfTheLearnerDoesNotApplyASlotAgain() {
    chronicle.accept(new Event.Applied(6, 0));
    chronicle.accept(new Event.Applied(7, 1));
    clock.set(9000);

    chronicle.accept(new Event.Applied(7, 0));

    assertEquals(1000, chronicle.life(7).applied().orElseThrow().at());
    assertTrue(chronicle.life(6).applied().isEmpty());
  }

  @Test
  void anOldSlotMakesRoomForALaterOne() {
    chronicle.accept(new Event.Applied(0, 0));
    for (long slot = 1; slot <= Chronicle.SLOTS + 5; slot++) {
      chronicle.accept(new Event.Applied(slot, 1));
    }

    assertTrue(chronicle.life(5).applied().isEmpty());
    assertTrue(chronicle.life(6).applied().isPresent());
    assertEquals(6, chronicle.oldest());
    assertTrue(chronicle.isFull());
  }

  @Test
  void theHistoryIsBoundedByNumberAndAgeAndFoldsWhatRepeats() {
    for (int i = 0; i < History.MOST + 50; i++) {
      chronicle.accept(new Event.StoodDown(new Ballot(i, ONE), Ballot.NONE, "over"));
    }
    assertEquals(History.MOST, chronicle.history(5000).size());

    chronicle.accept(new Event.ElectionAborted(5, "2 of 5 suspect"));
    chronicle.accept(new Event.ElectionAborted(6, "2 of 5 suspect"));
    assertEquals(2, chronicle.history(1).get(0).times());

    clock.addAndGet(History.AGE_MICROS + 1);
    assertEquals(List.of(), chronicle.history(10));
  }

  @Test
  void aReplicaThatFallsSilentAndComesBackIsToldButNotThoseThatComeAtTheStart() {
    chronicle.accept(new Event.ReachChanged(List.of(ONE)));
    chronicle.accept(new Event.ReachChanged(List.of(ONE, TWO)));
    chronicle.accept(new Event.ReachChanged(List.of(ONE)));
    chronicle.accept(new Event.ReachChanged(List.of(ONE, TWO)));

    assertEquals(
        List.of("hears nothing any more from 2", "hears again from 2"),
        chronicle.history(10).stream().map(Past::text).toList());
  }
}
