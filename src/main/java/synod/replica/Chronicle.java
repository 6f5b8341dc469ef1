package synod.replica;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.ReplicaId;
import synod.trace.EventText;

/**
 * What a replica remembers of itself, so that somebody can ask later what happened: of each of the
 * last {@link #SLOTS} slots, of the last of each rare event, of slow syncs, and of the last hour.
 * It lives as long as its process.
 *
 * <ol>
 *   <li>It is bounded, in all about 2.5 MiB.
 *   <li>Each column is written by one role's thread. A slot costs its four events a lock that
 *       nobody contends for, and a look at the clock; no object is made for it. A sync costs a
 *       comparison.
 * </ol>
 */
public final class Chronicle implements Consumer<Event>, DiskWatch {
  /** Slots of which it is remembered what happened to them. */
  static final int SLOTS = 16_384;

  /** Of what happens to few slots: adoptions and retransmissions. */
  static final int RARE_SLOTS = 1024;

  private final SlotColumn adopted = new SlotColumn(RARE_SLOTS);
  private final SlotColumn proposed = new SlotColumn(SLOTS);
  private final SlotColumn resent = new SlotColumn(RARE_SLOTS);
  private final SlotColumn accepted = new SlotColumn(SLOTS);
  private final SlotColumn counted = new SlotColumn(SLOTS);
  private final SlotColumn applied = new SlotColumn(SLOTS);
  private final History history = new History();
  private final Map<Class<?>, Past> last = new ConcurrentHashMap<>();
  private final List<ReplicaId> replicas;
  private final Spikes slowSyncs = new Spikes();
  private final LongSupplier micros;
  private final long slowMicros;

  private volatile long syncBegan;
  private volatile long syncTook;
  private volatile long startedAt = -1;

  /**
   * @param replicas all that are configured, at most 64 of which a quorum is remembered
   * @param micros since 1970; never falls
   * @param slow a sync that takes longer is remembered
   */
  public Chronicle(List<ReplicaId> replicas, LongSupplier micros, Duration slow) {
    this.replicas = List.copyOf(replicas);
    this.micros = micros;
    this.slowMicros = TimeUnit.NANOSECONDS.toMicros(slow.toNanos());
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.Applied e) {
      applied(e);
    } else if (event instanceof Event.Accepted e) {
      accepted.put(e.slot(), now(), e.ballot(), syncTook);
    } else if (event instanceof Event.Proposed e) {
      proposed.put(e.slot(), now(), e.ballot(), e.bytes());
    } else if (event instanceof Event.SlotChosen e) {
      counted.put(e.slot(), now(), e.ballot(), bits(e.acceptors()));
    } else if (event instanceof Event.Retransmitted e) {
      resent.count(e.slot(), now(), e.ballot());
    } else if (event instanceof Event.Adopted e) {
      adopted.put(e.slot(), now(), e.from(), 0);
    } else if (!isOfReads(event)) {
      long at = now();
      last.put(event.getClass(), new Past(at, event, 1, EventText.of(event)));
      history.add(at, event);
    }
  }

  /** There may be thousands in a second, and nobody asks for them afterwards. */
  private static boolean isOfReads(Event event) {
    return event instanceof Event.ReadRound
        || event instanceof Event.ReadsRide
        || event instanceof Event.Leased;
  }

  /** A life of the learner begins with the slot that an earlier one applied. */
  private void applied(Event.Applied event) {
    if (startedAt < 0) {
      startedAt = event.slot();
    } else if (event.slot() > Math.max(startedAt, applied.last())) {
      applied.put(event.slot(), now(), Ballot.NONE, event.commands());
    }
  }

  @Override
  public void begins(RoleName role) {
    if (role == RoleName.ACCEPTOR) {
      syncBegan = now();
    }
  }

  @Override
  public void synced(RoleName role, long nanos) {
    long took = TimeUnit.NANOSECONDS.toMicros(nanos);
    if (role == RoleName.ACCEPTOR) {
      syncTook = took;
    }
    if (took > slowMicros) {
      slowSyncs.add(
          new Spikes.Spike(
              TimeUnit.MICROSECONDS.toSeconds(now()), TimeUnit.MICROSECONDS.toMillis(took)));
    }
  }

  @Override
  public void ends(RoleName role) {
    if (role == RoleName.ACCEPTOR) {
      syncBegan = 0;
    }
  }

  private long bits(List<ReplicaId> quorum) {
    long bits = 0;
    for (ReplicaId acceptor : quorum) {
      int place = replicas.indexOf(acceptor);
      bits |= place < 0 || place >= Long.SIZE ? 0 : 1L << place;
    }
    return bits;
  }

  private List<ReplicaId> replicas(long bits) {
    List<ReplicaId> quorum = new ArrayList<>();
    for (int i = 0; i < Math.min(replicas.size(), Long.SIZE); i++) {
      if ((bits >>> i & 1) == 1) {
        quorum.add(replicas.get(i));
      }
    }
    return quorum;
  }

  /** By the clock that all moments are told by. */
  public long now() {
    return micros.getAsLong();
  }

  /** What is remembered of a slot, if anything. */
  public SlotLife life(long slot) {
    Optional<SlotLife.Moment> count = counted.at(slot);
    return new SlotLife(
        adopted.at(slot),
        proposed.at(slot),
        resent.at(slot),
        accepted.at(slot),
        count,
        replicas(count.map(SlotLife.Moment::amount).orElse(0L)),
        applied.at(slot));
  }

  /** The first slot that is remembered; the next one while none is. */
  public long oldest() {
    return applied.oldest() == 0 ? Math.max(0, startedAt) + 1 : applied.oldest();
  }

  /** Whether earlier ones had to make room; else the process had not begun. */
  public boolean isFull() {
    return applied.isFull();
  }

  /** For how long the acceptor has been waiting for its disk; 0 if it does not wait. */
  public long waitsForDisk() {
    long began = syncBegan;
    return began == 0 ? 0 : Math.max(0, now() - began);
  }

  /** Of any role's. */
  public Spikes slowSyncs() {
    return slowSyncs;
  }

  /** The last event of a kind that not every slot has. */
  public Optional<Past> last(Class<? extends Event> kind) {
    return Optional.ofNullable(last.get(kind));
  }

  /** The newest entries of the last hour, the oldest of them first. */
  public List<Past> history(int count) {
    return history.last(count, now());
  }
}
