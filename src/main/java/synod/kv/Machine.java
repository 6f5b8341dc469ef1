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
  private Sessions sessions;
  private Expiry expiry;
  private volatile StateSummary summary;
  private volatile long durable;
  private boolean sound = true;

  private Machine(StateStore store) {
    this.store = store;
    this.summary = StateSummary.read(store);
    this.sessions = Sessions.load(store);
    this.expiry = new Expiry(store);
    this.queries = new Queries(store, this::summary);
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
    for (Numbered numbered : commands) {
      run(numbered, edits).ifPresent(replies::add);
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
    sessions = Sessions.load(store);
    expiry = new Expiry(store);
    summary = StateSummary.read(store);
    durable = applied();
    sound = true;
  }

  /** Reads the state of one moment, not before the last applied slot. */
  public Answer answer(Query query) {
    return queries.answer(query);
  }

  /**
   * The summary of the last commit, with keys and digest counted anew by reading every key: equal
   * to {@link #summary} at the same slot. Takes as long as the state is large.
   */
  public StateSummary recount() {
    try (StateStore.View view = store.view()) {
      return recount(view);
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
    return StateSummary.read(state).recounted(found[0], found[1]);
  }

  private Optional<Reply> run(Numbered numbered, Edits edits) {
    Ticket ticket = numbered.ticket();
    return sessions
        .admit(ticket)
        .map(session -> answer(session, numbered, edits))
        .map(answer -> new Reply(ticket.session(), ticket.number(), answer));
  }

  private static Bytes answer(Session session, Numbered numbered, Edits edits) {
    long number = numbered.ticket().number();
    return session
        .answer(number)
        .orElseGet(() -> session.remember(number, edits.run(numbered.command())));
  }

  private void commit(Edits edits, Batch batch, boolean keep) {
    Changes changes = new Changes();
    StateSummary after = edits.stage(changes);
    sessions.stage(after.applied(), changes);
    if (keep) {
      changes.put(StateStore.Table.KEPT, slotKey(after.applied()), keptRecord(batch));
    }
    store.commit(changes);
    summary = after;
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
