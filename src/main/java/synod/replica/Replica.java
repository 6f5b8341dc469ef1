package synod.replica;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import synod.kv.Answer;
import synod.kv.Audit;
import synod.kv.Command;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.kv.SessionLimits;
import synod.kv.StateSummary;
import synod.paxos.Batch;
import synod.paxos.ReplicaId;
import synod.trace.Entry;

/**
 * What a door can ask of the replica behind it. Every method may be called from any thread and
 * returns at once unless it says otherwise; callbacks come on threads of the replica and must not
 * block.
 */
public interface Replica {
  ReplicaId self();

  /** Has the command chosen and applied. The callback is called once, whatever happens. */
  void write(Command command, Consumer<Outcome> then);

  /** Reads linearizably. The callback is called once, whatever happens. */
  void read(Query query, Consumer<Outcome> then);

  /** What bounds a session that a client opens here. */
  SessionLimits sessionLimits();

  /**
   * Reads the state here as it is. After a {@link #read} is done it is late enough for whoever
   * asked for that one. Blocks for as long as the disk does.
   */
  Answer look(Query query);

  /** Who leads, if anybody is known to. */
  Optional<ReplicaId> leader();

  Status status();

  /** Applied slots from {@code from} on, at most {@code count}. */
  List<LogLine> log(long from, int count);

  /** The batch of an applied slot that the log still holds. */
  Optional<Batch> applied(long slot);

  /** What this process remembers of slots, elections and crashes. */
  Chronicle chronicle();

  /** The state after each applied slot from {@code from} on that is still remembered. */
  List<StateSummary> summaries(long from, int count);

  /**
   * Reads the whole store again and holds it against what the replica says of it. One at a time:
   * who asks meanwhile hears of the one under way. The callback is not called where the store
   * fails, which ends the replica.
   */
  void audit(Consumer<Audit> then);

  /** Makes the role throw at its next message. */
  void crash(RoleName role);

  /**
   * Has the acceptor of this replica answer again, whose disk is in quarantine, once that is safe.
   * Which others it waits for is told by events.
   */
  void readmit();

  /** Loses whatever goes to that peer and comes from it, until it is healed or the process ends. */
  void cut(ReplicaId peer);

  /** Ends {@link #cut} for that peer. */
  void heal(ReplicaId peer);

  /** Ends {@link #cut} for all peers. */
  void healAll();

  /** Starts an election. */
  void elect();

  /** Makes a snapshot. The callback is called once, unless the store fails before. */
  void snapshot(Consumer<Copied> then);

  /**
   * Makes a snapshot and copies it to the directory, which is absolute, on this replica's machine,
   * and empty or not there yet. The callback is called once, unless the store fails before.
   */
  void backup(Path to, Consumer<Copied> then);

  /** Hears every event of this replica until the handle is closed. The listener must be quick. */
  Subscription follow(Consumer<String> listener);

  /**
   * Hears every message, event and sync of this replica until the handle is closed. The listener
   * must be quick: it is called while a role is at work.
   */
  Subscription trace(Consumer<Entry> listener);

  /** Ends what {@link #follow} or {@link #trace} began. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
