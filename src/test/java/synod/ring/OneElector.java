package synod.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import synod.paxos.Ballot;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.Message.TokenEntry;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;

/** The words of tests of one elector, of replica 2 of three: what it hears, and what it says. */
abstract class OneElector {
  static final ReplicaId ONE = new ReplicaId(1);
  static final ReplicaId SELF = new ReplicaId(2);
  static final ReplicaId THREE = new ReplicaId(3);
  static final List<ReplicaId> ALL = List.of(ONE, SELF, THREE);

  /** Whatever is going to happen has happened by then, in ms. */
  private static final long MANY = 60_000;

  static final Ballot OURS = new Ballot(4, SELF);
  static final Ballot THEIRS = new Ballot(5, THREE);

  final List<Message> said = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final Outbox outbox =
      Outbox.speaking(
          new Outbox.Owner(
              SELF, new NoJournal(), envelope -> said.add(envelope.message()), events::add));
  Elector elector = started(Ballot.NONE, 1);
  long now;

  Elector started(Ballot promised, long seed) {
    var origin = new Elector.Origin(SELF, promised);
    elector =
        new Elector(origin, Ring.of(ALL), ElectorSettings.DEFAULTS, new SplittableRandom(seed));
    elector.start(0, outbox);
    return elector;
  }

  void run(long from, long to) {
    for (now = from; now <= to; now += 10) {
      elector.tick(now, outbox);
      outbox.release();
    }
    now = to;
  }

  void runUntilToken() {
    while (said(Message.Token.class).isEmpty() && now < MANY) {
      pong(now);
      run(now + 10, now + 10);
    }
  }

  /** Nobody takes its tokens: it fails again and again, until it asks everyone directly. */
  long runUntilItAsks() {
    while (said(Message.AskSuspicion.class).isEmpty() && now < MANY) {
      pong(now);
      run(now + 10, now + 10);
    }
    return said(Message.AskSuspicion.class).get(0).round();
  }

  void pong(long at) {
    receive(ONE, new Message.Pong(at));
    receive(THREE, new Message.Pong(at));
  }

  void hear(Ballot ballot) {
    receive(new Message.Heard(ballot, ballot));
  }

  void receive(Message.ToElector message) {
    receive(SELF, message);
  }

  void receive(ReplicaId from, Message.ToElector message) {
    elector.receive(new Envelope<>(from, SELF, message), outbox);
    outbox.release();
  }

  TokenEntry entryFor(long round) {
    said.clear();
    receive(ONE, new Message.AskSuspicion(round));
    return said(Message.Suspicion.class).get(0).entry();
  }

  static Message.Token token(long round, ReplicaId initiator) {
    return new Message.Token(round, initiator, List.of(entry(initiator, true)), false);
  }

  static Message.Coordinator coordinator(long round, ReplicaId winner) {
    return new Message.Coordinator(round, ONE, winner, List.of(entryAt(new Ballot(3, ONE))));
  }

  static TokenEntry entry(ReplicaId replica, boolean suspects) {
    return new TokenEntry(replica, suspects, Ballot.NONE, 0, true, ALL);
  }

  static TokenEntry entryAt(Ballot promised) {
    return new TokenEntry(ONE, true, promised, 0, true, ALL);
  }

  static List<Boolean> suspicions(Message.Token token) {
    return token.path().stream().map(TokenEntry::suspects).toList();
  }

  <E extends Event> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <M> List<M> said(Class<M> type) {
    return said.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
