package synod.sim;

import java.util.List;
import java.util.function.Supplier;
import synod.paxos.Acceptance;
import synod.paxos.Batch;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Reply;

/** Sees what happens in a world, in the order in which it happens. */
interface Observer {
  /** The world is made, and nothing has happened in it. */
  default void opened(World world) {}

  /** A role has said something; the network may lose it. */
  default void sent(WholeReplica from, Envelope<?> envelope) {}

  /** It comes to a role that lives. */
  default void received(WholeReplica at, Envelope<?> envelope) {}

  /** The same as {@link #sent}, by its number: no other message of this world has it. */
  default void posted(Envelope<?> envelope, long number) {}

  /** The same as {@link #received}, by its number; more than once if the network doubled it. */
  default void delivered(Envelope<?> envelope, long number) {}

  /** It comes to nobody: lost on its way, or whom it was for is dead. */
  default void lost(Envelope<?> envelope, long number) {}

  default void happened(WholeReplica at, Event event) {}

  /** A disk holds it for good. */
  default void durable(WholeReplica at, Acceptance acceptance) {}

  /** All that this replica's journal was told is durable. */
  default void synced(WholeReplica at) {}

  /** It was this role that waited, for so many microseconds. */
  default void flushed(WholeReplica at, Kind role, long micros) {}

  /** From here on a diagram shows what happens, or no more. */
  default void watched(boolean on) {}

  default void applied(WholeReplica at, long slot, Batch batch, List<Reply> replies) {}

  /** A snapshot has replaced the state that had {@code before} applied. */
  default void installed(WholeReplica at, long before) {}

  /** A process begins, on what its disk holds. */
  default void began(WholeReplica at) {}

  /** A process has ended, and what was to be lost is lost. */
  default void ended(WholeReplica at) {}

  /** A role lives anew while the process goes on. */
  default void crashed(WholeReplica at, Kind role) {}

  /** The disk is a new one. */
  default void wiped(WholeReplica at) {}

  /** The disk has been copied. */
  default void backedUp(WholeReplica at) {}

  /** The disk is that copy. */
  default void putBack(WholeReplica at) {}

  /** The disk has lost some of what it held. */
  default void damaged(WholeReplica at) {}

  /** For a person. */
  default void told(Supplier<String> line) {}
}
