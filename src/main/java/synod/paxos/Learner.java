package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learns which batch was chosen in each slot, and applies them in order.
 *
 * <p>A slot is known to be chosen in one of three ways: this learner counted a quorum at one ballot
 * (it is the leader's); the leader at ballot b announced a prefix, and what was accepted here, or
 * heard of, in the slot was proposed at that same b; a peer that has applied the slot says so.
 *
 * <ol>
 *   <li>What was accepted at another ballot than the announced one proves nothing: it is fetched.
 *   <li>Slots are applied in order, each once; the applied slot changes together with the state
 *       (I6).
 *   <li>What it holds in memory is at most {@code 4 * window} slots beyond the applied one; the
 *       journal and the peers hold the rest.
 *   <li>A snapshot replaces the state only by a later one (I7).
 * </ol>
 */
public final class Learner implements Role<Message.ToLearner> {
  /** Bytes of batches in an answer to a fetch, unless a single one is larger. */
  static final int PIECE_BYTES = 128 * 1024;

  /** Who lags by more than this many windows is behind. */
  static final int MANY_WINDOWS = 64;

  /** For so many times {@code fetchMs} the log waits for one that has been silent. */
  private static final int PATIENCE = 60;

  private final JournalView journal;
  private final StateMachine machine;
  private final LearnerSettings settings;
  private final AcceptanceCount count;
  private final SnapshotTransfer transfer;
  private final Retention retention;
  private final Peers peers;
  private final TreeMap<Long, Acceptance> journaled = new TreeMap<>();

  /** Not held by the journal: what is chosen of it is kept with the state. */
  private final TreeMap<Long, Acceptance> proposed = new TreeMap<>();

  private final TreeMap<Long, Ballot> counted = new TreeMap<>();

  private Optional<ReplicaId> helper = Optional.empty();
  private long lastHelp;

  private Ballot announcedBy = Ballot.NONE;
  private long announced;
  private long known;

  private long now;
  private long lastNews;
  private long appliedAtTick;
  private long toldProgress = -1;
  private long lastTold;
  private boolean toldBehind;

  public Learner(JournalView journal, StateMachine machine, LearnerSettings settings) {
    this.journal = journal;
    this.machine = machine;
    this.settings = settings;
    this.count = new AcceptanceCount(settings.quorums(), settings.window());
    this.transfer = new SnapshotTransfer(journal, machine, settings);
    this.retention = new Retention(journal, machine, settings.retain());
    this.peers = new Peers(settings.replicas());
    this.known = machine.applied();
  }

  @Override
  public void start(long time, Outbox out) {
    now = time;
    lastNews = time;
    transfer.start(time, out);
    appliedAtTick = machine.applied();
    out.emit(new Event.Applied(machine.applied(), 0));
    tellProgress(out);
  }

  @Override
  public void receive(Envelope<Message.ToLearner> envelope, Outbox out) {
    ReplicaId from = envelope.from();
    Message.ToLearner message = envelope.message();
    if (message instanceof Message.Accepted accepted) {
      accepted(from, accepted, out);
    } else if (message instanceof Message.Journaled onDisk) {
      take(
          new Acceptance(onDisk.slot(), onDisk.ballot(), onDisk.batch()),
          journaled,
          onDisk.chosen(),
          out);
    } else if (message instanceof Message.Proposed heard) {
      take(
          new Acceptance(heard.slot(), heard.ballot(), heard.batch()),
          proposed,
          heard.chosen(),
          out);
    } else if (message instanceof Message.Chosen chosen) {
      announced(chosen.ballot(), chosen.chosen());
      applyWhatIsChosen(out);
    } else if (message instanceof Message.Fetch fetch) {
      serve(from, fetch, out);
    } else if (message instanceof Message.Learned learned) {
      learned(from, learned, out);
    } else if (message instanceof Message.SnapshotOffer offer) {
      transfer.offered(from, offer, out);
    } else if (message instanceof Message.FetchSnapshot fetch) {
      serve(from, fetch, out);
    } else if (message instanceof Message.SnapshotPiece piece) {
      transfer.piece(from, piece, out);
    }
  }

  @Override
  public void tick(long time, Outbox out) {
    now = time;
    if (transfer.tick(time, out)) {
      installed(out);
    } else if (!transfer.underWay()) {
      catchUp(out);
    }
    appliedAtTick = machine.applied();
    retention.tick(now, out);
    tellProgress(out);
  }

  private void catchUp(Outbox out) {
    if (known > machine.applied() && machine.applied() == appliedAtTick) {
      findWhatIsMissing(out);
    } else if (now - lastNews >= settings.fetchMs()) {
      fetch(next(out), out);
    }
  }

  // ---------------------------------------------------------------- learning

  private void accepted(ReplicaId acceptor, Message.Accepted accepted, Outbox out) {
    if (!count.add(acceptor, accepted)) {
      return;
    }
    List<ReplicaId> quorum = count.acceptors(accepted.slot());
    out.emit(new Event.SlotChosen(accepted.ballot(), accepted.slot(), quorum));
    out.sendSelf(new Message.SlotChosen(accepted.ballot(), accepted.slot()));
    if (isWithinReach(accepted.slot())) {
      hold(counted, accepted.slot(), accepted.ballot());
      applyWhatIsChosen(out);
    }
  }

  private void take(Acceptance heard, Map<Long, Acceptance> among, long chosen, Outbox out) {
    if (isWithinReach(heard.slot())) {
      hold(among, heard.slot(), heard);
    }
    announced(heard.ballot(), chosen);
    applyWhatIsChosen(out);
  }

  private boolean isWithinReach(long slot) {
    return slot > machine.applied() && slot <= machine.applied() + reach();
  }

  private long reach() {
    return 4L * settings.window();
  }

  private <T> void hold(Map<Long, T> slots, long slot, T what) {
    slots.put(slot, what);
    Invariant.check(slots.size() <= reach(), "%s slots are held in memory", slots.size());
  }

  /** Of several leaders' announcements the one of the highest ballot counts. */
  private void announced(Ballot ballot, long chosen) {
    if (ballot.isAbove(announcedBy)) {
      announcedBy = ballot;
      announced = chosen;
    } else if (ballot.equals(announcedBy)) {
      announced = Math.max(announced, chosen);
    }
    known = Math.max(known, chosen);
    lastNews = now;
  }

  private void applyWhatIsChosen(Outbox out) {
    while (applyNext(out)) {
      // each pass applies one slot
    }
  }

  private boolean applyNext(Outbox out) {
    long slot = machine.applied() + 1;
    return applyIfChosen(journaled.get(slot), false, out)
        || applyIfChosen(proposed.get(slot), true, out);
  }

  private boolean applyIfChosen(@Nullable Acceptance heard, boolean keep, Outbox out) {
    if (heard == null || !isChosen(heard)) {
      return false;
    }
    apply(heard.slot(), heard.batch(), keep, out);
    return true;
  }

  /**
   * The leader at ballot b says "chosen" of what it proposed at b. Another ballot's batch in the
   * same slot may be another batch, and applying it would end agreement.
   */
  private boolean isChosen(Acceptance heard) {
    return heard.ballot().equals(counted.get(heard.slot()))
        || (heard.slot() <= announced && heard.ballot().equals(announcedBy));
  }

  private void apply(long slot, Batch batch, boolean keep, Outbox out) {
    List<Reply> replies = machine.apply(slot, batch, keep);
    retention.applied(slot, batch);
    passed(slot, replies, out);
  }

  /** What the journal holds before the snapshot may have holes, and is in the state. */
  private void installed(Outbox out) {
    long slot = machine.applied();
    out.sendSelf(new Message.Durable(slot));
    out.sendSelf(new Message.Truncate(slot));
    passed(slot, List.of(), out);
    applyWhatIsChosen(out);
    transfer.source().ifPresent(sender -> helped(sender, out));
  }

  private void passed(long slot, List<Reply> replies, Outbox out) {
    journaled.headMap(slot, true).clear();
    proposed.headMap(slot, true).clear();
    counted.headMap(slot, true).clear();
    known = Math.max(known, slot);
    out.emit(new Event.Applied(slot, replies.size()));
    out.sendSelf(new Message.Applied(slot, replies));
  }

  // ---------------------------------------------------------------- catching up

  /**
   * A life's memory is empty at first, but the journal may hold what the leader announced. That may
   * not be synced yet, and be lost in a crash that the state survives: so the batch is kept.
   */
  private void findWhatIsMissing(Outbox out) {
    journal
        .accepted(machine.applied() + 1)
        .filter(this::isChosen)
        .ifPresent(own -> apply(own.slot(), own.batch(), true, out));
    applyWhatIsChosen(out);
    if (known > machine.applied()) {
      fetch(next(out), out);
    }
  }

  /** Whoever has had what was missing has what follows, which the others may not have any more. */
  private void helped(ReplicaId peer, Outbox out) {
    helper = Optional.of(peer);
    lastHelp = now;
    fetch(peer, out);
  }

  private ReplicaId next(Outbox out) {
    return helper
        .filter(peer -> now - lastHelp < settings.fetchMs())
        .orElseGet(() -> peers.next(out.self()));
  }

  private void fetch(ReplicaId peer, Outbox out) {
    lastNews = now;
    if (!peer.equals(out.self())) {
      out.send(peer, new Message.Fetch(machine.applied() + 1));
    }
  }

  private void serve(ReplicaId from, Message.FetchSnapshot fetch, Outbox out) {
    if (transfer.serve(from, fetch, out)) {
      retention.takes(from, fetch.snapshot(), patientUntil());
    }
  }

  private void serve(ReplicaId from, Message.Fetch fetch, Outbox out) {
    retention.fetches(from, fetch.from(), patientUntil());
    List<Batch> piece = new ArrayList<>();
    int bytes = 0;
    for (long slot = fetch.from(); slot <= machine.applied() && bytes < PIECE_BYTES; slot++) {
      Optional<Batch> batch = chosenAt(slot);
      if (batch.isEmpty()) {
        break;
      }
      piece.add(batch.get());
      bytes += batch.get().size();
    }
    if (piece.isEmpty() && fetch.from() <= machine.applied()) {
      transfer
          .offer(from, fetch.from(), out)
          .ifPresent(snapshot -> retention.takes(from, snapshot, patientUntil()));
    } else {
      out.send(from, new Message.Learned(fetch.from(), piece, machine.applied()));
    }
  }

  private long patientUntil() {
    return now + PATIENCE * settings.fetchMs();
  }

  /** What the own acceptor holds in an applied slot is what was applied, unless it was fetched. */
  private Optional<Batch> chosenAt(long slot) {
    return machine.kept(slot).or(() -> journal.accepted(slot).map(Acceptance::batch));
  }

  private void learned(ReplicaId from, Message.Learned learned, Outbox out) {
    known = Math.max(known, learned.chosen());
    long before = machine.applied();
    long slot = learned.from();
    for (Batch batch : learned.batches()) {
      if (slot == machine.applied() + 1) {
        apply(slot, batch, true, out);
      }
      slot++;
    }
    applyWhatIsChosen(out);
    if (machine.applied() > before && known > machine.applied()) {
      helped(from, out);
    }
  }

  /** A lag that comes and goes under load is none; once it is one, it is so until it is gone. */
  private boolean isBehind(long applied) {
    long allowed = toldBehind ? settings.window() : (long) MANY_WINDOWS * settings.window();
    return known - applied > allowed;
  }

  /** Again and again: an elector or an acceptor that lives anew has to hear it. */
  private void tellProgress(Outbox out) {
    long applied = machine.applied();
    boolean behind = isBehind(applied);
    boolean news = applied != toldProgress || behind != toldBehind;
    if (!news && now - lastTold < settings.fetchMs()) {
      return;
    }
    lastTold = now;
    if (behind != toldBehind) {
      out.emit(behind ? new Event.FellBehind(applied, known) : new Event.CaughtUp(applied));
    }
    out.sendSelf(new Message.Progress(applied, behind));
    out.sendSelf(new Message.Known(applied));
    out.sendSelf(new Message.Durable(machine.durable()));
    toldProgress = applied;
    toldBehind = behind;
  }
}
