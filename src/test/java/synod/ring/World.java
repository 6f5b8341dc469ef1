package synod.ring;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import synod.paxos.Ballot;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.Network;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;

/** Replicas, a clock, and a network that does what the test says. The same seed, the same run. */
final class World {
  static final long TICK = 10;

  private final Ring ring;
  private final ElectorSettings settings;
  private final SplittableRandom random;
  private final Consumer<String> transcript;
  private final Map<ReplicaId, StandIn> standIns = new TreeMap<>();
  private final Map<ReplicaId, Elector> electors = new TreeMap<>();
  private final Map<ReplicaId, Outbox> outboxes = new TreeMap<>();
  private final Map<ReplicaId, Ballot> gateways = new TreeMap<>();
  private final PriorityQueue<Flight> flights = new PriorityQueue<>();
  private final Set<String> cuts = new LinkedHashSet<>();
  private final List<Trap> traps = new ArrayList<>();
  private final List<Ballot> leaders = new ArrayList<>();
  private long now;
  private long sent;
  private long doubledBy;
  private boolean alike;

  World(Ring ring, ElectorSettings settings, long seed, Consumer<String> transcript) {
    this.ring = ring;
    this.settings = settings;
    this.random = new SplittableRandom(seed);
    this.transcript = transcript;
    for (ReplicaId replica : ring.replicas()) {
      standIns.put(replica, makeStandIn(replica));
      gateways.put(replica, Ballot.NONE);
    }
  }

  /** A message under way; among those of one moment the one that was sent first arrives first. */
  private record Flight(long at, long number, Envelope<?> envelope) implements Comparable<Flight> {
    @Override
    public int compareTo(Flight that) {
      return at != that.at ? Long.compare(at, that.at) : Long.compare(number, that.number);
    }
  }

  /** What happens to a replica when it is about to send or to receive such a message. */
  record Trap(ReplicaId replica, boolean sending, String message, boolean process) {
    private boolean matches(ReplicaId replica, boolean sending, Message message) {
      return this.replica.equals(replica)
          && this.sending == sending
          && this.message.equals(message.getClass().getSimpleName());
    }
  }

  private StandIn makeStandIn(ReplicaId replica) {
    StandIn.Mouth mouth =
        new StandIn.Mouth() {
          @Override
          public void say(ReplicaId to, Message message) {
            post(new Envelope<>(replica, to, message));
          }

          @Override
          public void sayAll(Message message) {
            ring.replicas().forEach(to -> say(to, message));
          }
        };
    return new StandIn(replica, ring.size() / 2 + 1, mouth, leaders::add);
  }

  // ---------------------------------------------------------------- what a test does

  void start(ReplicaId replica) {
    note(replica, "starts");
    startElector(replica);
    post(new Envelope<>(replica, replica, new Message.ProposerStarted()));
  }

  private void startElector(ReplicaId replica) {
    StandIn standIn = standIn(replica);
    var origin = new Elector.Origin(replica, standIn.promised());
    Elector elector =
        new Elector(origin, ring, settings, alike ? new SplittableRandom(1) : random.split());
    electors.put(replica, elector);
    Network network = envelope -> postOf(elector, envelope);
    var owner = new Outbox.Owner(replica, new NoJournal(), network, event -> note(replica, event));
    outboxes.put(replica, Outbox.speaking(owner));
    step(replica, outbox -> elector.start(now, outbox));
  }

  void kill(ReplicaId replica) {
    note(replica, "dies");
    electors.remove(replica);
    standIn(replica).crash();
    gateways.put(replica, Ballot.NONE);
  }

  void crashElector(ReplicaId replica) {
    note(replica, "its elector crashes");
    startElector(replica);
  }

  void crashProposer(ReplicaId replica) {
    note(replica, "its proposer crashes");
    standIn(replica).crash();
    post(new Envelope<>(replica, replica, new Message.ProposerStarted()));
  }

  /** {@code process}: the replica dies; otherwise its elector alone crashes. */
  void set(Trap trap) {
    traps.add(trap);
  }

  void disarm() {
    traps.clear();
  }

  void cut(ReplicaId from, ReplicaId to) {
    cuts.add(from + ">" + to);
  }

  void heal() {
    cuts.clear();
  }

  /** From now on each token and announcement comes twice, the second so many ms later. */
  void doubleTokens(long laterMs) {
    doubledBy = laterMs;
  }

  /** All electors that start from now on draw the same timeouts. */
  void makeAlike() {
    alike = true;
  }

  void tell(ReplicaId replica, Message.ToElector message) {
    tell(replica, replica, message);
  }

  /** Delivered as it is, whatever the links do. */
  void tell(ReplicaId from, ReplicaId to, Message.ToElector message) {
    flights.add(new Flight(now, sent++, new Envelope<>(from, to, message)));
  }

  /** Lets time pass. */
  void run(long ms) {
    long end = now + ms;
    while (now < end) {
      now += 1;
      while (!flights.isEmpty() && flights.peek().at() <= now) {
        deliver(flights.remove().envelope());
      }
      if (now % TICK == 0) {
        List.copyOf(electors.keySet()).forEach(this::tick);
      }
    }
  }

  // ---------------------------------------------------------------- what a test sees

  long now() {
    return now;
  }

  List<ReplicaId> alive() {
    return List.copyOf(electors.keySet());
  }

  Elector elector(ReplicaId replica) {
    return Optional.ofNullable(electors.get(replica)).orElseThrow();
  }

  private StandIn standIn(ReplicaId replica) {
    return Optional.ofNullable(standIns.get(replica)).orElseThrow();
  }

  Ballot gateway(ReplicaId replica) {
    return gateways.getOrDefault(replica, Ballot.NONE);
  }

  /** All ballots that got a quorum, in order. */
  List<Ballot> leaders() {
    return List.copyOf(leaders);
  }

  /** The one leader that every gateway of a living replica knows. */
  Optional<ReplicaId> agreed() {
    List<Ballot> known = alive().stream().map(this::gateway).distinct().toList();
    boolean one = known.size() == 1 && !known.get(0).equals(Ballot.NONE);
    return one && standIn(known.get(0).replica()).leads()
        ? Optional.of(known.get(0).replica())
        : Optional.empty();
  }

  // ---------------------------------------------------------------- the machinery

  private void tick(ReplicaId replica) {
    if (electors.containsKey(replica)) {
      standIn(replica).tick(now);
    }
    if (electors.containsKey(replica)) {
      step(replica, outbox -> elector(replica).tick(now, outbox));
    }
  }

  private void step(ReplicaId replica, Consumer<Outbox> step) {
    Outbox outbox = Optional.ofNullable(outboxes.get(replica)).orElseThrow();
    step.accept(outbox);
    outbox.release();
  }

  /** Who has crashed while it spoke says no more. */
  private void postOf(Elector elector, Envelope<?> envelope) {
    if (elector.equals(electors.get(envelope.from()))) {
      post(envelope);
    }
  }

  private void post(Envelope<?> envelope) {
    if (!electors.containsKey(envelope.from()) || trapped(envelope.from(), true, envelope)) {
      return;
    }
    if (envelope.from().equals(envelope.to())) {
      flights.add(new Flight(now, sent++, envelope));
    } else if (!cuts.contains(envelope.from() + ">" + envelope.to())) {
      long arrives = now + 1 + random.nextLong(3);
      flights.add(new Flight(arrives, sent++, envelope));
      if (doubledBy > 0 && isTokenOrNews(envelope.message())) {
        flights.add(new Flight(arrives + doubledBy, sent++, envelope));
      }
    }
  }

  private static boolean isTokenOrNews(Message message) {
    return message instanceof Message.Token || message instanceof Message.Coordinator;
  }

  private void deliver(Envelope<?> envelope) {
    ReplicaId to = envelope.to();
    if (!electors.containsKey(to) || trapped(to, false, envelope)) {
      return;
    }
    if (envelope.message() instanceof Message.ToElector message) {
      Envelope<Message.ToElector> typed = new Envelope<>(envelope.from(), to, message);
      step(to, outbox -> elector(to).receive(typed, outbox));
    } else if (envelope.message() instanceof Message.Leader leader) {
      gateways.put(to, leader.ballot());
    } else {
      standIn(to).receive(envelope.from(), envelope.message(), now);
    }
  }

  /** A trap springs once; the message is lost with whoever sent or received it. */
  private boolean trapped(ReplicaId replica, boolean sending, Envelope<?> envelope) {
    Optional<Trap> sprung =
        traps.stream()
            .filter(trap -> trap.matches(replica, sending, envelope.message()))
            .findFirst();
    sprung.ifPresent(
        trap -> {
          traps.remove(trap);
          if (trap.process()) {
            kill(replica);
          } else {
            crashElector(replica);
          }
        });
    return sprung.isPresent();
  }

  private void note(ReplicaId replica, Event event) {
    Story.of(event).ifPresent(text -> note(replica, text));
  }

  private void note(ReplicaId replica, String text) {
    transcript.accept(String.format("%5d  %s %s", now, replica, text));
  }
}
