package synod.paxos;

import java.util.List;

/**
 * What a leader does about reads: it answers them under its {@link Lease} if it holds one, has them
 * ride on the next slot while slots are open ({@link ReadRides}), and else holds a round ({@link
 * ReadRounds}).
 *
 * <p>Where slots are open a round would bring a read nothing sooner: it waits for those slots, and
 * the disks that write them have the same threads as the round. When they are chosen and none
 * follows, a round begins. But rounds alone earn a lease, so with leases they begin at once.
 *
 * <p>Reads renew the lease: one that is answered when a third of the lease is over begins a round
 * beside. So does each round that keeps an idle leader alive.
 */
final class Reads {
  private final ProposerSettings settings;
  private final Thrift thrift;
  private final ReadRounds rounds = new ReadRounds();
  private final ReadRides rides = new ReadRides();
  private final Lease lease;
  private final boolean leases;

  /**
   * Where a leader is.
   *
   * @param lastProposed the last slot proposed at the ballot
   * @param isBusy whether slots are open
   * @param now as of the last tick
   */
  record At(Ballot ballot, long lastProposed, boolean isBusy, long now) {}

  Reads(ProposerSettings settings, Thrift thrift, LeaseSettings leases) {
    this.settings = settings;
    this.thrift = thrift;
    this.lease = new Lease(leases);
    this.leases = leases.areOn();
  }

  /** A read waits from now on. Whether there was room. */
  boolean add(ReplicaId gateway, long id) {
    return rounds.add(gateway, id);
  }

  /** Does what can be done for the reads that wait, once the own no-op is chosen. */
  void serve(At at, Outbox out) {
    boolean renews = false;
    if (rounds.hasWaiting() && lease.holds()) {
      answer(rounds.takeWaiting(), at.lastProposed(), out);
      renews = !rounds.isOpen() && lease.isAgeing();
    }
    if (renews || (rounds.canBegin() && (leases || !at.isBusy()))) {
      begin(at, out);
    }
  }

  /** The last slot is being proposed: those who wait ride on it, whatever is in it. */
  void ride(At at, Outbox out) {
    if (rounds.hasWaiting()) {
      List<ReadRounds.Waiting> reads = rounds.takeWaiting();
      rides.board(at.lastProposed(), reads);
      out.emit(new Event.ReadsRide(at.ballot(), at.lastProposed(), reads.size()));
    }
  }

  /** A slot is chosen at the ballot. */
  void chosen(long slot, Outbox out) {
    rides.arrived(slot).forEach(ride -> answer(ride.reads(), ride.slot(), out));
  }

  private void begin(At at, Outbox out) {
    long round = open(at);
    out.emit(new Event.ReadRound(at.ballot(), round, rounds.reads()));
    out.sendAll(thrift.pressed(out.self(), at.now()), new Message.Confirm(at.ballot(), round));
  }

  private long open(At at) {
    lease.roundBegins();
    return rounds.begin(at.lastProposed(), at.now());
  }

  /** Has all confirm the ballot, whether reads wait or not. */
  void confirm(At at, Outbox out) {
    if (!rounds.isOpen()) {
      open(at);
    }
    press(at, out);
  }

  /** All are pressed from now on. */
  void press(At at, Outbox out) {
    if (rounds.isOpen()) {
      out.sendAll(
          settings.replicas(), new Message.Confirm(at.ballot(), rounds.sendAgain(at.now())));
    }
  }

  /** Whether a round has been open for too long for the quorum that was asked. */
  boolean isOverdue(At at) {
    return rounds.isOpen() && thrift.isOverdue(rounds.sentAt(), at.now());
  }

  /** Whether that makes a quorum. */
  boolean confirmed(ReplicaId acceptor, Message.Confirmed confirmed, At at, Outbox out) {
    if (!rounds.confirm(acceptor, confirmed.round())) {
      return false;
    }
    lease.granted(confirmed.leaseMs());
    if (rounds.confirmedBy(settings.quorums())) {
      if (lease.roundEnds()) {
        out.emit(new Event.Leased(at.ballot(), lease.began(), lease.lasts()));
      }
      answer(rounds.finish(), rounds.index(), out);
      serve(at, out);
      return true;
    }
    return false;
  }

  private static void answer(List<ReadRounds.Waiting> reads, long index, Outbox out) {
    for (ReadRounds.Waiting read : reads) {
      out.send(read.gateway(), new Message.ReadIndex(read.id(), index));
    }
  }

  /** Asks those again who may not have heard. */
  void askAgain(At at, Outbox out) {
    if (rounds.unansweredSince(at.now() - settings.timing().retransmitMs())) {
      out.sendAll(
          settings.replicas(), new Message.Confirm(at.ballot(), rounds.sendAgain(at.now())));
    }
  }

  /** The ballot is over: whoever asks now asks another. */
  void clear() {
    rounds.clear();
    rides.clear();
    lease.end();
  }
}
