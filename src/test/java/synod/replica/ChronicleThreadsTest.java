package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.ReplicaId;

/**
 * Others read while a role writes. All that is written of a slot can be told from its number: a
 * mixture of two slots shows.
 */
class ChronicleThreadsTest {
  private static final ReplicaId ONE = new ReplicaId(1);
  private static final ReplicaId TWO = new ReplicaId(2);
  private static final long SLOTS = 6L * Chronicle.SLOTS;
  private static final int READERS = 3;

  private final AtomicLong slot = new AtomicLong(1);
  private final Chronicle chronicle =
      new Chronicle(List.of(ONE, TWO), () -> at(slot.get()), Duration.ofMillis(1));

  /** Each slot takes so long that there are more seconds than spikes are kept of. */
  private static long at(long slot) {
    return 2_000 * slot;
  }

  private static long slot(long at) {
    return at / at(1);
  }

  private static Event stoodDown(long slot) {
    return new Event.StoodDown(ballot(slot), Ballot.NONE, "at " + slot);
  }

  private static Ballot ballot(long slot) {
    return new Ballot(slot, ONE);
  }

  @Test
  void whatIsReadWhileSlotsAreWrittenIsInOrderBoundedAndOfOneSlotEach()
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(1 + READERS);
    try {
      List<Future<?>> all = new ArrayList<>();
      all.add(threads.submit(this::write));
      for (int i = 0; i < READERS; i++) {
        all.add(threads.submit(this::readUntilAllIsWritten));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertEquals(SLOTS - Chronicle.SLOTS + 1, chronicle.oldest());
    assertTrue(chronicle.life(SLOTS).applied().isPresent());
    assertEquals(History.MOST, chronicle.history(Integer.MAX_VALUE).size());
    assertEquals(Spikes.MOST, chronicle.slowSyncs().all().size());
  }

  private void write() {
    chronicle.accept(new Event.Applied(0, 0));
    for (long now = 1; now <= SLOTS; now++) {
      slot.set(now);
      chronicle.accept(new Event.Proposed(ballot(now), now, (int) now));
      chronicle.begins(RoleName.ACCEPTOR);
      chronicle.synced(RoleName.ACCEPTOR, 1_000 * now);
      chronicle.accept(new Event.Accepted(ballot(now), now));
      chronicle.ends(RoleName.ACCEPTOR);
      chronicle.accept(
          new Event.SlotChosen(ballot(now), now, now % 2 == 0 ? List.of(TWO) : List.of(ONE)));
      chronicle.accept(new Event.Applied(now, (int) now));
      if (now % 8 == 0) {
        chronicle.accept(stoodDown(now));
      }
    }
  }

  /** At least once behind the last slot, too. */
  private void readUntilAllIsWritten() {
    long oldest = 0;
    for (long now = 0; now < SLOTS; ) {
      now = slot.get();
      assertTrue(chronicle.oldest() >= oldest, "what was forgotten is remembered");
      oldest = chronicle.oldest();
      for (long each = Math.max(1, now - 3); each <= now + 1; each++) {
        checkLife(each);
        // Its place is written again about now.
        checkLife(Math.max(1, each - Chronicle.SLOTS));
      }
      checkHistory();
      checkSpikes();
    }
  }

  private void checkLife(long of) {
    SlotLife life = chronicle.life(of);
    check(life.proposed(), of, ballot(of));
    check(life.accepted(), of, ballot(of));
    check(life.applied(), of, Ballot.NONE);
    life.counted()
        .ifPresent(
            moment -> {
              assertEquals(at(of), moment.at());
              assertEquals(ballot(of), moment.ballot());
              assertEquals(List.of(of % 2 == 0 ? TWO : ONE), life.quorum());
            });
  }

  private static void check(Optional<SlotLife.Moment> moment, long slot, Ballot ballot) {
    moment.ifPresent(it -> assertEquals(new SlotLife.Moment(at(slot), ballot, slot), it));
  }

  private void checkHistory() {
    List<Past> past = chronicle.history(Integer.MAX_VALUE);
    assertTrue(past.size() <= History.MOST);
    for (int i = 1; i < past.size(); i++) {
      assertEquals(past.get(i - 1).at() + at(8), past.get(i).at());
    }
    chronicle
        .last(Event.StoodDown.class)
        .ifPresent(it -> assertEquals(stoodDown(slot(it.at())), it.event()));
  }

  private void checkSpikes() {
    List<Spikes.Spike> spikes = chronicle.slowSyncs().all();
    assertTrue(spikes.size() <= Spikes.MOST);
    for (int i = 1; i < spikes.size(); i++) {
      assertTrue(spikes.get(i - 1).unixSeconds() < spikes.get(i).unixSeconds());
    }
  }
}
