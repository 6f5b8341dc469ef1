package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Invariant;
import synod.paxos.Reply;
import synod.paxos.Snapshots;
import synod.paxos.StateMachine;

/**
 * The replicated state machine over a {@link StateStore}: there is one for each store, and it lives
 * as long as the store does. {@link #apply} is for one thread at a time; all else is for any.
 *
 * <ol>
 *   <li>Slot s is applied right after slot s - 1, in one commit with all it changes.
 *   <li>The summary is that of the last commit: who reads it and then the store sees that slot or a
 *       later one.
 *   <li>After a failed apply the sessions in memory may know what the store does not, so nothing is
 *       applied any more.
 * </ol>
 */
public final class Machine implements StateMachine {
  private final StateStore store;
  private final Queries queries;
  private ExactlyOnce once;
  private final Trail trail;
  private Expiry expiry;
  private volatile StateSummary summary;
  private volatile long durable;
  private boolean sound = true;

  private Machine(StateStore store) {
    this.store = store;
    this.summary = StateSummary.read(store);
    this.once = ExactlyOnce.load(store);
    this.expiry = new Expiry(store);
    this.queries = new Queries(store, this::summary);
    this.trail = new Trail(summary);
    this.durable = summary.applied();
  }

  /** Goes on from what the store holds. */
  public static Machine open(StateStore store) {
    return new Machine(store);
  }

  /** The state after the last applied slot. */
  public StateSummary summary() {
    return summary;
  }

  /**
   * The state after each slot from that one on, at most so many. Some thousand of the newest are
   * remembered, of this life of the process only.
   */
  public List<StateSummary> summaries(long from, int count) {
    return trail.from(from, count);
  }

  @Override
  public long applied() {
    return summary.applied();
  }

  @Override
  public List<Reply> apply(long slot, Batch batch, boolean keep) {
    StateSummary before = summary;
    Invariant.check(sound, "an apply after slot %s has failed before", before.applied());
    Invariant.check(slot == before.applied() + 1, "%s applied after %s", slot, before.applied());
    sound = false;
    List<Reply> replies = new ArrayList<>();
    List<Numbered> commands = Commands.decode(batch.commands());
    Edits edits = new Edits(store, expiry, before, batch);
    edits.sweep(commands.size());
    once.begin(edits.now());
    for (Numbered numbered : commands) {
      once.run(numbered, edits::run).ifPresent(replies::add);
    }
    commit(edits, batch, keep);
    sound = true;
    return replies;
  }

  @Override
  public Optional<Batch> kept(long slot) {
    return store.get(StateStore.Table.KEPT, slotKey(slot)).map(Machine::keptBatch);
  }

  @Override
  public void persist() {
    long slot = applied();
    store.persist(() -> durable = slot);
  }

  @Override
  public long durable() {
    return durable;
  }

  @Override
  public void forget(long slot) {
    store.deleteBelow(StateStore.Table.KEPT, slotKey(slot + 1));
  }

  @Override
  public Snapshots snapshots() {
    return store.snapshots();
  }

  /** Whoever reads meanwhile finds the one state or the other, and the summary of it soon after. */
  @Override
  public void install() {
    sound = false;
    store.install();
    once = ExactlyOnce.load(store);
    expiry = new Expiry(store);
    summary = StateSummary.read(store);
    trail.add(summary);
    durable = applied();
    sound = true;
  }

  /** Reads the state of one moment, not before the last applied slot. */
  public Answer answer(Query query) {
    return queries.answer(query);
  }

  /**
   * The summary of the last commit, with keys and digests counted anew by reading every record:
   * equal to {@link #summary} at the same slot. Takes as long as the state is large.
   */
  public StateSummary recount() {
    return audit().counted();
  }

  /** Reads every key. Takes as long as the state is large. */
  public Audit audit() {
    try (StateStore.View view = store.view()) {
      return new Audit(StateSummary.read(view), recount(view));
    }
  }

  /** As above, of any state that holds still. */
  public static StateSummary recount(StateReader state) {
    long[] found = new long[2];
    state.scan(
        StateStore.Table.DATA,
        Bytes.EMPTY,
        (key, record) -> {
          found[0]++;
          found[1] += Stored.digest(key, record);
          return true;
        });
    return StateSummary.read(state).recounted(found[0], found[1], SessionRecords.recount(state));
  }

  private void commit(Edits edits, Batch batch, boolean keep) {
    Changes changes = new Changes();
    long sessions = once.stage(summary.applied() + 1, changes, summary.sessions());
    StateSummary after = edits.stage(changes, sessions);
    if (keep) {
      changes.put(StateStore.Table.KEPT, slotKey(after.applied()), keptRecord(batch));
    }
    store.commit(changes);
    summary = after;
    trail.add(after);
  }

  private static Bytes slotKey(long slot) {
    return new ByteWriter(Long.BYTES).putLong(slot).done();
  }

  private static Bytes keptRecord(Batch batch) {
    Bytes commands = batch.commands();
    return new ByteWriter(Long.BYTES + commands.size()).putLong(batch.time()).raw(commands).done();
  }

  private static Batch keptBatch(Bytes record) {
    ByteReader from = ByteReader.of(record);
    return new Batch(from.readLong(), from.readRest());
  }
}
