package synod.sim;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Invariant;
import synod.paxos.Life;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;

/**
 * I16: only an acceptor answers whose disk may, and none that has lost what it said, before it was
 * made good.
 */
final class MayAnswer implements Observer {
  /**
   * An old copy of a disk votes since nobody who knows better has answered it before it stood up to
   * vote: that nobody can help, and what comes of it is nobody's fault. The run ends.
   */
  static final class Excused extends Error {
    private static final long serialVersionUID = 1;

    Excused() {
      super("an old copy was not recognised", null, false, false);
    }
  }

  private record Knows(ReplicaId who, Life of) {}

  private final TreeSet<ReplicaId> haveAnswered = new TreeSet<>();

  /** Those whose copy lacks something that they have said. */
  private final TreeSet<ReplicaId> notInTheCopy = new TreeSet<>();

  /** Those whose disk lacks something that they have said. */
  private final TreeSet<ReplicaId> forgetful = new TreeSet<>();

  private final TreeSet<ReplicaId> madeGood = new TreeSet<>();

  /** Those on an old copy whom nobody who knows has answered yet. */
  private final TreeSet<ReplicaId> unrecognised = new TreeSet<>();

  private final Set<Knows> know = new LinkedHashSet<>();
  private final TreeMap<ReplicaId, Long> highestAccepted = new TreeMap<>();
  private Optional<World> world = Optional.empty();

  @Override
  public void opened(World opened) {
    world = Optional.of(opened);
  }

  /** An acceptor says something that another will count on. */
  void answers(WholeReplica from, Envelope<?> envelope) {
    boolean may = from.disk().standing().is(Standing.Kind.VOTING);
    Invariant.check(may, "I16: %s with %s", envelope, from.disk().standing());
    if (forgetful.contains(from.self())) {
      Invariant.check(
          madeGood.contains(from.self())
              && from.disk().truncated() >= highestAccepted.getOrDefault(from.self(), 0L),
          "I16: %s from a disk that has lost what it said",
          envelope);
      forgetful.remove(from.self());
    }
    haveAnswered.add(from.self());
    notInTheCopy.add(from.self());
  }

  /** It has said that it holds this slot. */
  void accepted(WholeReplica from, long slot) {
    highestAccepted.merge(from.self(), slot, Math::max);
  }

  @Override
  public void received(WholeReplica at, Envelope<?> envelope) {
    if (envelope.message() instanceof Message.Hello hello) {
      asksOneWhoKnows(at, envelope.from(), hello.lineage().life());
    } else if (envelope.message() instanceof Message.Met met
        && !at.disk().standing().is(Standing.Kind.VOTING)
        && know.contains(new Knows(envelope.from(), met.life()))) {
      unrecognised.remove(at.self());
    }
  }

  /** It has met a life of the asker's that has left nothing on the asker's disk. */
  private void asksOneWhoKnows(WholeReplica at, ReplicaId asker, Life life) {
    WholeReplica other = world.orElseThrow().replica(asker);
    if (at.disk().met(asker).filter(met -> !other.disk().hasSeen(met)).isPresent()) {
      know.add(new Knows(at.self(), life));
    }
  }

  @Override
  public void happened(WholeReplica at, Event event) {
    if (event instanceof Event.Stands stands) {
      stands(at, stands.standing());
    }
  }

  private void stands(WholeReplica at, Standing standing) {
    if (standing.isBounded()) {
      madeGood.add(at.self());
    } else if (standing.is(Standing.Kind.VOTING) && unrecognised.contains(at.self())) {
      throw new Excused();
    }
  }

  @Override
  public void wiped(WholeReplica at) {
    damaged(at);
  }

  @Override
  public void backedUp(WholeReplica at) {
    notInTheCopy.remove(at.self());
    if (forgetful.contains(at.self())) {
      notInTheCopy.add(at.self());
    }
  }

  @Override
  public void putBack(WholeReplica at) {
    forgetful.remove(at.self());
    if (notInTheCopy.contains(at.self())) {
      loses(at);
      unrecognised.add(at.self());
    }
  }

  @Override
  public void damaged(WholeReplica at) {
    if (haveAnswered.contains(at.self())) {
      loses(at);
    }
  }

  private void loses(WholeReplica at) {
    forgetful.add(at.self());
    unrecognised.remove(at.self());
    madeGood.remove(at.self());
  }
}
