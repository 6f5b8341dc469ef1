package synod.paxos;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Both ends of the way of a whole state: from a learner whose log is truncated to one that was away
 * for longer than the log reaches back.
 *
 * <p>The receiver pulls: one piece is under way at a time, so that neither memory nor a link fills.
 * What it has received outlives its process; so does what the sender has made. When a sender is
 * silent the others are asked for the same snapshot in turn, and at last any for another one.
 */
final class SnapshotTransfer {
  /** Bytes in a piece. */
  static final int PIECE_BYTES = 128 * 1024;

  /** Questions without an answer, per replica, after which another snapshot will do as well. */
  private static final int PATIENCE = 3;

  /** A snapshot that was demanded is offered for this many times the time between questions. */
  private static final int FRESH = 20;

  private final JournalView journal;
  private final StateMachine machine;
  private final LearnerSettings settings;
  private final Peers peers;

  /** Who has sent the last piece. */
  private Optional<ReplicaId> source = Optional.empty();

  /** Who has said that it has no such snapshot. */
  private final Set<ReplicaId> without = new TreeSet<>();

  private long now;
  private long lastPiece;
  private int unanswered;
  private long demanded;
  private long demandedAt = Long.MIN_VALUE / 2;

  SnapshotTransfer(JournalView journal, StateMachine machine, LearnerSettings settings) {
    this.journal = journal;
    this.machine = machine;
    this.settings = settings;
    this.peers = new Peers(settings.replicas());
  }

  void start(long time, Outbox out) {
    now = time;
    lastPiece = time;
    snapshots()
        .incoming()
        .ifPresent(
            snapshot -> out.emit(new Event.SnapshotResumed(snapshot, snapshots().received())));
  }

  // ---------------------------------------------------------------- the sender

  /**
   * To one who asked for slots from {@code from} on, which are not here as slots any more. What was
   * made because somebody asked is good enough for a while, though the log be truncated past it
   * meanwhile: else, where little of it stays, no snapshot would ever be new enough. Returns the
   * state that it was offered; nothing while that is being made.
   */
  Optional<Snapshot> offer(ReplicaId to, long from, Outbox out) {
    boolean fresh = now - demandedAt < FRESH * settings.fetchMs();
    long enough = Math.max(from, fresh ? demanded : journal.truncated());
    Optional<Snapshot> newest = snapshots().newest().filter(made -> made.slot() >= enough);
    if (newest.isPresent()) {
      out.send(to, new Message.SnapshotOffer(newest.get()));
    } else if (!fresh || from > demanded) {
      demanded = machine.applied();
      demandedAt = now;
      snapshots().make();
    }
    return newest;
  }

  /** Returns whether the state is here. */
  boolean serve(ReplicaId to, Message.FetchSnapshot fetch, Outbox out) {
    Optional<Bytes> piece = snapshots().read(fetch.snapshot(), fetch.offset(), PIECE_BYTES);
    out.send(
        to, new Message.SnapshotPiece(fetch.snapshot(), fetch.offset(), piece.orElse(Bytes.EMPTY)));
    return piece.isPresent();
  }

  // ---------------------------------------------------------------- the receiver

  /** Who has sent the last piece, if anybody. */
  Optional<ReplicaId> source() {
    return source;
  }

  /** Whether a snapshot is on its way to here, so that no slots need be fetched. */
  boolean underWay() {
    return snapshots().incoming().isPresent();
  }

  void offered(ReplicaId from, Message.SnapshotOffer offer, Outbox out) {
    if (offer.snapshot().slot() <= machine.applied() || !isWanted(offer.snapshot())) {
      return;
    }
    if (!underWay()) {
      snapshots().receive(offer.snapshot());
      out.emit(new Event.SnapshotBegun(offer.snapshot(), from));
    }
    ask(from, out);
  }

  void piece(ReplicaId from, Message.SnapshotPiece piece, Outbox out) {
    boolean expected = isIncoming(piece.snapshot()) && piece.offset() == snapshots().received();
    if (!expected || !isMissingPieces()) {
      return;
    }
    if (piece.bytes().size() == 0) {
      hasNone(from, out);
      return;
    }
    snapshots().append(piece.bytes());
    source = Optional.of(from);
    without.clear();
    lastPiece = now;
    unanswered = 0;
    if (isMissingPieces()) {
      ask(from, out);
    }
  }

  /** The next one is asked at once, and nobody any more if all have none. */
  private void hasNone(ReplicaId peer, Outbox out) {
    source = source.filter(sender -> !sender.equals(peer));
    if (without.add(peer)) {
      lastPiece = now - settings.fetchMs();
    }
    if (without.size() >= peers.size() - 1) {
      abandon(out);
    }
  }

  /** Returns whether the state has been replaced. */
  boolean tick(long time, Outbox out) {
    now = time;
    Optional<Snapshot> incoming = snapshots().incoming();
    return incoming.isPresent() && tick(incoming.get(), out);
  }

  private boolean tick(Snapshot incoming, Outbox out) {
    Snapshots.Stage stage = snapshots().stage();
    if (incoming.slot() <= machine.applied()) {
      abandon(out);
    } else if (stage == Snapshots.Stage.SOUND) {
      machine.install();
      out.emit(new Event.SnapshotInstalled(incoming.slot(), incoming.bytes()));
      return true;
    } else if (stage == Snapshots.Stage.DAMAGED) {
      out.emit(new Event.SnapshotDamaged(incoming));
      abandon(out);
    } else if (now - lastPiece >= settings.fetchMs()) {
      askAgain(stage, out);
    }
    return false;
  }

  /** While it is being checked the sender is asked too, which keeps the log for one that asks. */
  private void askAgain(Snapshots.Stage stage, Outbox out) {
    if (stage == Snapshots.Stage.RECEIVING) {
      askAgain(out);
    } else {
      lastPiece = now;
      source.ifPresent(sender -> ask(sender, out));
    }
  }

  private void askAgain(Outbox out) {
    unanswered++;
    lastPiece = now;
    if (unanswered > PATIENCE * peers.size()) {
      abandon(out);
    } else {
      ask(source.filter(s -> unanswered < PATIENCE).orElseGet(() -> peers.next(out.self())), out);
    }
  }

  private void ask(ReplicaId from, Outbox out) {
    snapshots()
        .incoming()
        .ifPresent(
            snapshot ->
                out.send(from, new Message.FetchSnapshot(snapshot, snapshots().received())));
  }

  private void abandon(Outbox out) {
    snapshots().incoming().ifPresent(gone -> out.emit(new Event.SnapshotAbandoned(gone)));
    snapshots().abandon();
    without.clear();
    source = Optional.empty();
    unanswered = 0;
  }

  private boolean isIncoming(Snapshot snapshot) {
    return snapshots().incoming().equals(Optional.of(snapshot));
  }

  private boolean isMissingPieces() {
    return snapshots().stage() == Snapshots.Stage.RECEIVING;
  }

  /**
   * Another one is not while one is on its way, however slowly: of several that were asked each
   * offers its own, and what is here of one is of no use for another.
   */
  private boolean isWanted(Snapshot snapshot) {
    boolean stuck = isIncoming(snapshot) && unanswered > 0;
    return stuck || !underWay();
  }

  private Snapshots snapshots() {
    return machine.snapshots();
  }
}
