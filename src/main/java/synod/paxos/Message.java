package synod.paxos;

import java.util.List;

/**
 * All that replicas say to each other and roles say within a replica, grouped by the role that
 * receives it. Records are flat, so that they encode simply. {@code chosen} is always a prefix:
 * that slot and all before it are chosen.
 *
 * <pre>
 *  A command (phase 2), and how all learn that it is chosen
 *
 *   gateway      leader's proposer      acceptors          leader's learner    other learners
 *      |--- Submit ---->|                   |                     |                  |
 *      |                |--- Accept ------->|                     |                  |
 *      |                |                (sync)--- Accepted ----->|                  |
 *      |                |                   |--- Journaled ------------- (own) ----->|
 *      |                |             (not asked: Proposed)
 *      |                |<--------------- SlotChosen -------------|                  |
 *      |                |--- Chosen, or chosen on the next Accept ------------------>|
 *      |<------------------------------------------------------- Applied (own) ------|
 *
 *  A new leader (phase 1)
 *
 *   elector      own proposer           acceptors
 *      |--- Lead ------>|                   |
 *      |             (sync)--- Prepare ---->|
 *      |                |                (sync)
 *      |                |<-- Promise -------|   in pages: Prepare from the next slot, and so on
 *      |                |<-- Rejected ------|   when it has promised a higher ballot
 *      |                |--- Accept ------->|   what was accepted before, gaps, the own no-op
 *      |<-- Leading ----|                   |   when the own no-op is chosen
 *
 *  A linearizable read: no slot, no disk
 *
 *   gateway      leader's proposer      acceptors
 *      |--- Read ------>|--- Confirm ------>|
 *      |                |<-- Confirmed -----|   a quorum: no higher ballot was promised there
 *      |<-- ReadIndex --|                       the gateway answers once it has applied that slot
 *      |                                        (under a lease the middle is left out: Lease)
 *
 *  The election: a token on the ring (package ring)
 *
 *   elector 1       elector 2       elector 3       elector 1
 *      |--- Token ----->|--- Token ----->|--- Token ----->|   each hop answered by TokenAck
 *      |<---------------- Coordinator, to all ------------|
 *
 *  Catching up, by slots or by a whole state
 *
 *   learner        a peer's learner
 *      |--- Fetch ----->|
 *      |<-- Learned ----|                       as many slots as fit
 *      |<-- SnapshotOffer --|                   or, where they are truncated
 *      |--- FetchSnapshot ->|
 *      |<-- SnapshotPiece --|                   and so on, piece by piece
 *
 *  Before an acceptor answers anybody: is its disk the newest that there is of it?
 *
 *   acceptor       the others' acceptors
 *      |--- Hello ----->|
 *      |             (sync)
 *      |<-- Met --------|
 *      |--- AskBounds ->|                       only to be readmitted
 *      |<-- HasMet -----|                       another life than the question names: once more
 *      |--- AskBounds ->|
 *      |             (sync)
 *      |<-- Bounds -----|
 * </pre>
 */
public sealed interface Message {

  /** What roles of one replica say to each other: believed of nobody else. */
  interface Local {}

  // ---------------------------------------------------------------- to an acceptor

  sealed interface ToAcceptor extends Message {}

  /** Phase 1a, for every slot from {@code from} on. Sent again with a later slot: the next page. */
  record Prepare(Ballot ballot, long from) implements ToAcceptor {}

  /** Phase 2a. {@code chosen}: what the leader knows to be chosen. */
  record Accept(Ballot ballot, long slot, Batch batch, long chosen, boolean pressing)
      implements ToAcceptor {
    /** To be accepted, and not just passed on to the learner. */
    public Accept(Ballot ballot, long slot, Batch batch, long chosen) {
      this(ballot, slot, batch, chosen, true);
    }
  }

  /** From the own learner, now and then and when it grew: this prefix is applied here. */
  record Known(long chosen) implements ToAcceptor, Local {}

  /** From the own learner, now and then: this prefix would survive a power cut in the state. */
  record Durable(long slot) implements ToAcceptor, Local {}

  /** From the own learner: nobody needs the slots up to this one from the journal any more. */
  record Truncate(long slot) implements ToAcceptor, Local {}

  /**
   * From another replica's acceptor, which may not answer yet: does this life of it follow the one
   * that you have met? {@code as} tells what it asks for; see {@link Enrolment}.
   */
  record Hello(Lineage lineage, Standing.Kind as) implements ToAcceptor {}

  /** The answer to a hello. {@code trusted}: no life was met here that it does not follow. */
  record Met(Life life, Standing.Kind as, boolean trusted) implements ToAcceptor {}

  /** From a person: what this replica's disk has lost is to be made good, if that is safe. */
  record Readmit() implements ToAcceptor, Local {}

  /**
   * From an acceptor that has lost what it said: what is the most that it may have said? {@code
   * met} is the life that was met where this goes, as far as the asker knows; its own if it does
   * not know.
   */
  record AskBounds(Life life, Life met) implements ToAcceptor {}

  /** To one who asks for bounds: the life that was met here, which it did not name. */
  record HasMet(Life life, Life met) implements ToAcceptor {}

  /**
   * The answer to {@link AskBounds}: the highest ballot and the highest slot that this replica has
   * on its disk, its own proposer's ballots too. From now on it has met the life that asks.
   */
  record Bounds(Life life, Ballot highest, long slot, boolean voting) implements ToAcceptor {}

  /**
   * Asks whether the ballot is still the highest promised one; {@code round} tells rounds apart.
   */
  record Confirm(Ballot ballot, long round) implements ToAcceptor {}

  // ---------------------------------------------------------------- to a proposer

  sealed interface ToProposer extends Message {}

  /**
   * Phase 1b, one page: what was accepted from slot {@code from} on, in slot order.
   *
   * @param next the first slot of the next page, or 0 if this is the last
   * @param chosen the prefix that is applied at the acceptor's replica
   * @param truncated the prefix that the acceptor can tell nothing of any more: all of it is chosen
   */
  record Promise(
      Ballot ballot, long from, List<Acceptance> accepted, long next, long chosen, long truncated)
      implements ToProposer {}

  /** The answer to anything at a ballot below the promised one, never silence. */
  record Rejected(Ballot ballot, Ballot promised) implements ToProposer {}

  /**
   * No higher ballot is promised here; and for {@code leaseMs} from now on none of another replica
   * will be, with 0 for no such word.
   */
  record Confirmed(Ballot ballot, long round, long leaseMs) implements ToProposer {}

  /** From the own learner: a quorum has accepted this slot at this ballot. */
  record SlotChosen(Ballot ballot, long slot) implements ToProposer, Local {}

  /**
   * From a gateway: encoded commands, to be chosen in this order. Without any: an acceptor that
   * waits for slots asks an idle leader for one.
   */
  record Submit(Bytes commands) implements ToProposer {}

  /** From a gateway: from which slot on may it answer a read that has arrived by now? */
  record Read(long id) implements ToProposer {}

  /**
   * From the own elector: make a ballot with a round above {@code above}, and lead.
   *
   * @param chosen the prefix that the own learner knows
   */
  record Lead(long above, long chosen) implements ToProposer, Local {}

  /** From the own elector: this ballot leads; whoever proposes at a lower one stops. */
  record StepDown(Ballot leader) implements ToProposer, Local {}

  // ---------------------------------------------------------------- to a learner

  sealed interface ToLearner extends Message {}

  /** Phase 2b, from an acceptor to the learner of the ballot's replica. */
  record Accepted(Ballot ballot, long slot) implements ToLearner {}

  /** From the own acceptor: this is on disk here. {@code chosen} as the accept bore it. */
  record Journaled(Ballot ballot, long slot, Batch batch, long chosen)
      implements ToLearner, Local {}

  /**
   * From the own acceptor, which has not accepted it: this is what the leader has others accept.
   */
  record Proposed(Ballot ballot, long slot, Batch batch, long chosen) implements ToLearner, Local {}

  /**
   * From the leader at this ballot: the prefix is chosen, and each slot of it that was proposed at
   * this ballot was chosen at this ballot.
   */
  record Chosen(Ballot ballot, long chosen) implements ToLearner {}

  /** From a learner that is behind: what was chosen from this slot on? */
  record Fetch(long from) implements ToLearner {}

  /** The chosen batches of slots {@code from}, {@code from + 1}, … and the prefix known there. */
  record Learned(long from, List<Batch> batches, long chosen) implements ToLearner {}

  /** The answer to a fetch of slots that are truncated there: the state of a later slot. */
  record SnapshotOffer(Snapshot snapshot) implements ToLearner {}

  /** From a learner that receives a snapshot: the bytes from {@code offset} on. */
  record FetchSnapshot(Snapshot snapshot, long offset) implements ToLearner {}

  /** A piece of a snapshot; without bytes: there is no such snapshot here (any more). */
  record SnapshotPiece(Snapshot snapshot, long offset, Bytes bytes) implements ToLearner {}

  // ---------------------------------------------------------------- to an elector

  sealed interface ToElector extends Message {}

  /**
   * From the own acceptor, at most once a tick: {@code leader} is the highest ballot at or above
   * the promised one at which a prepare, an accept or a confirm came since the last time, or {@link
   * Ballot#NONE}.
   */
  record Heard(Ballot leader, Ballot promised) implements ToElector, Local {}

  /**
   * From the own acceptor, when it changed and again and again while it is not so: this replica's
   * disk may answer.
   */
  record Voting(boolean voting) implements ToElector, Local {}

  /** From the own learner, now and then and when it grew. {@code behind}: it is fetching. */
  record Progress(long chosen, boolean behind) implements ToElector, Local {}

  /** From the own proposer: it lives anew and knows nothing. Should it lead? */
  record ProposerStarted() implements ToElector, Local {}

  /** From the own proposer: its no-op at this ballot is chosen, it serves. */
  record Leading(Ballot ballot) implements ToElector, Local {}

  /**
   * From the own proposer: it no longer tries to lead at {@code ballot}. {@code rejectedBy} is the
   * higher ballot that it met, or {@link Ballot#NONE} if no quorum answered in time.
   */
  record StoodDown(Ballot ballot, Ballot rejectedBy) implements ToElector, Local {}

  /** From the own links: nobody listens there any more. A hint: it may be back, or alive. */
  record Gone(ReplicaId replica) implements ToElector, Local {}

  record Ping(long at) implements ToElector {}

  /** The answer to a ping, with the pinger's time: the link works in both directions. */
  record Pong(long at) implements ToElector {}

  /**
   * What one replica wrote into a token. {@code reach}: the replicas it exchanges messages with.
   */
  record TokenEntry(
      ReplicaId replica,
      boolean suspects,
      Ballot promised,
      long chosen,
      boolean eligible,
      List<ReplicaId> reach) {}

  /**
   * The token on its way round the ring.
   *
   * @param forced a person asked for it: everyone counts as a suspecter
   */
  record Token(long round, ReplicaId initiator, List<TokenEntry> path, boolean forced)
      implements ToElector {}

  record TokenAck(long round, ReplicaId initiator, int pathLength) implements ToElector {}

  /** The ring was closed: {@code winner} should try to lead with a round above all in the path. */
  record Coordinator(long round, ReplicaId initiator, ReplicaId winner, List<TokenEntry> path)
      implements ToElector {}

  /** The ring cannot be closed: do you suspect the leader too? */
  record AskSuspicion(long round) implements ToElector {}

  /**
   * The answer to {@link AskSuspicion}; or, with a greater round than that of a token or a question
   * that came, a hint that rounds have got so far.
   */
  record Suspicion(long round, TokenEntry entry) implements ToElector {}

  /** From the console: hold an election now. */
  record Elect() implements ToElector, Local {}

  // ---------------------------------------------------------------- to a gateway

  sealed interface ToGateway extends Message {}

  /** From the own elector, when it changed: who is taken for the leader, and at which ballot. */
  record Leader(Ballot ballot) implements ToGateway, Local {}

  /** From a proposer that cannot take a submit or a read: it does not lead. */
  record NotLeading(Ballot promised) implements ToGateway {}

  /** From a leader whose waiting commands or reads fill their bound: try again later. */
  record Busy(Ballot ballot) implements ToGateway {}

  /** The read may be answered from any state that has this slot applied. */
  record ReadIndex(long id, long slot) implements ToGateway {}

  /** From the own learner: the slot is applied, with these answers. */
  record Applied(long slot, List<Reply> replies) implements ToGateway, Local {}
}
