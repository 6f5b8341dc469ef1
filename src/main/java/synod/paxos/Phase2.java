package synod.paxos;

import java.util.List;

/**
 * What one ballot proposes: which slots are open, who is asked to accept them and asked again, and
 * who is told what is chosen. Of what is proposed it knows nothing.
 */
final class Phase2 {
  private final ProposerSettings settings;
  private final Thrift thrift;
  private final Informed informed;
  private final Owed owed;
  private Ballot ballot = Ballot.NONE;
  private Window window;
  private long lastProposal;

  Phase2(ProposerSettings settings, Thrift thrift) {
    this.settings = settings;
    this.thrift = thrift;
    this.informed = new Informed();
    this.owed = new Owed(settings.sizes().batchBytes());
    this.window = new Window(1, settings.sizes().window());
  }

  /** Phase 1 of this ballot is complete; this slot is the first to be proposed. */
  void begin(Ballot next, long first) {
    ballot = next;
    window = new Window(first, settings.sizes().window());
    informed.clear();
    owed.clear();
  }

  Window window() {
    return window;
  }

  /** When it proposed last, in ms. */
  long lastProposal() {
    return lastProposal;
  }

  // ---------------------------------------------------------------- accepts

  void propose(Batch batch, long now, Outbox out) {
    Window.Open open = window.propose(batch, now);
    lastProposal = now;
    out.emit(new Event.Proposed(ballot, open.slot(), batch.size()));
    send(open, now, out);
  }

  /**
   * A slot costs all replicas the same whatever it holds. So one is opened beside others only for
   * as much as the largest of them holds: a lone command waits for nobody, few commands at once go
   * in few slots, and many fill the window.
   */
  boolean isWorthASlot(int bytes) {
    return bytes >= Math.min(window.largestOpen(), settings.sizes().batchBytes());
  }

  private void send(Window.Open open, long now, Outbox out) {
    List<ReplicaId> pressed = thrift.pressed(out.self(), now);
    out.sendAll(pressed, accept(open, true));
    informed.by(pressed, window.chosen());
    for (ReplicaId spared : thrift.spared(out.self(), now)) {
      if (owed.add(spared, open) || informed.isWaiting(spared)) {
        pay(spared, out);
      }
    }
  }

  private void pay(ReplicaId spared, Outbox out) {
    for (Window.Open open : owed.take(spared)) {
      out.send(spared, accept(open, false));
    }
    informed.by(List.of(spared), window.chosen());
  }

  private Message.Accept accept(Window.Open open, boolean pressing) {
    return new Message.Accept(ballot, open.slot(), open.batch(), window.chosen(), pressing);
  }

  /** Whether a slot is open for too long for the quorum that is pressed. */
  boolean isOverdue(long now) {
    return window.open().stream().anyMatch(open -> thrift.isOverdue(open.sentAt(), now));
  }

  /** Presses those who were spared, and all from now on. */
  void press(long now, Outbox out) {
    List<ReplicaId> spared = thrift.spared(out.self(), now);
    thrift.tooSlow(now);
    for (Window.Open open : window.open()) {
      out.sendAll(spared, accept(open, true));
    }
  }

  /** Sends again what may be lost. */
  void sendAgain(long now, Outbox out) {
    long since = now - settings.timing().retransmitMs();
    for (Window.Open open : window.open().toArray(Window.Open[]::new)) {
      if (open.sentAt() <= since) {
        window.sentAgain(open, now);
        out.emit(new Event.Retransmitted(ballot, open.slot()));
        send(open, now, out);
      }
    }
  }

  // ---------------------------------------------------------------- what is chosen

  /** It has sent something, and waits for the slot in which that comes. */
  void waits(ReplicaId replica) {
    informed.waits(replica);
  }

  /** Tells those who wait, when no accept is on its way that could bear the chosen prefix. */
  void tellWaiting(Outbox out) {
    owed.replicas().stream().filter(informed::isWaiting).forEach(spared -> pay(spared, out));
    informed.ofWaiting(ballot, window.chosen(), out);
  }

  void nobodyWaits() {
    informed.nobodyWaits();
  }

  /** Once a tick: whoever waits for nothing hears what there is. */
  void tellAll(Outbox out) {
    owed.replicas().forEach(spared -> pay(spared, out));
    informed.ofAll(settings.replicas(), ballot, window.chosen(), out);
  }
}
