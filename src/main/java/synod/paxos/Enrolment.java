package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.paxos.Standing.Kind;

/**
 * Finds out whether this replica's disk knows all that its acceptor has ever said, before the
 * acceptor says anything. Disks are wiped, and old ones are put back: an acceptor that has
 * forgotten a promise or an acceptance ends agreement.
 *
 * <p>Of n replicas, an acceptor answers only after {@code n / 2} others have it on their disks that
 * this life of it may have answered. So of a life that has, {@code n / 2} others know.
 *
 * <ol>
 *   <li>A new disk may answer when {@code n - n / 2} others have never met its replica: each such
 *       set meets each set of {@code n / 2}, so none of its lives has answered before. It listens
 *       to all for a while, since some of them may be new themselves.
 *   <li>A disk that has answered before may do so again when {@code n / 2} others know of no later
 *       life, and of no other disk. If its journal has lost something, its fence knows bounds as in
 *       3, and its state has to hold all slots up to there first. (Others may know of one: if all
 *       of those are away, an old disk that was put back is not recognised.)
 *   <li>Whoever was distrusted by one stays in quarantine until a person says {@code readmit}. Then
 *       bounds are asked for of <em>all</em> others: no earlier life has promised a ballot above
 *       the highest one that they have made or promised, nor accepted anything beyond {@link
 *       ProposerSettings#MOST_OPEN} slots above the highest that they have accepted. The acceptor
 *       votes again once its state holds all slots up to there, and with that promise.
 * </ol>
 *
 * <p>Why the bounds hold. A ballot that was promised by an earlier life here either had its phase 1
 * completed, and then each set of {@code n - phase1 + 1} others has somebody who promised it too;
 * or its proposer still waits for promises, and then it is one of the others, and has the ballot on
 * its disk; or its proposer is dead, and nobody will propose at it. A slot that was accepted by an
 * earlier life was proposed while all slots {@link ProposerSettings#MOST_OPEN} before it were known
 * to be chosen, so each set of {@code n - phase2 + 1} others has somebody who accepted that one.
 */
final class Enrolment {
  /** A new disk asks that often before it does without the answers of some. */
  private static final int PATIENCE = 3;

  private final JournalView journal;
  private final AcceptorSettings settings;
  private final Set<ReplicaId> trusting = new TreeSet<>();
  private final TreeMap<ReplicaId, Message.Bounds> bounds = new TreeMap<>();
  private Optional<Kind> asked = Optional.empty();
  private boolean readmit;
  private List<ReplicaId> told = List.of();
  private long askedAt;
  private long patientUntil;

  Enrolment(JournalView journal, AcceptorSettings settings) {
    this.journal = journal;
    this.settings = settings;
  }

  // ---------------------------------------------------------------- asking

  /** Asks the others what has to be asked; {@code durable} as {@link Message.Durable} tells it. */
  void tick(long now, long durable, Outbox out) {
    Kind kind = journal.standing().kind();
    if (asked.equals(Optional.of(kind)) && now - askedAt < settings.askMs()) {
      return;
    }
    if (journal.standing().isBounded() && durable < journal.standing().slot()) {
      return;
    }
    if (!asked.equals(Optional.of(kind))) {
      asked = Optional.of(kind);
      patientUntil = now + PATIENCE * settings.askMs();
    }
    askedAt = now;
    ask(kind, out);
    conclude(kind, now >= patientUntil, out);
  }

  /** Whoever votes goes on telling those who do not know it yet: they may be asked one day. */
  private void ask(Kind kind, Outbox out) {
    if (kind == Kind.QUARANTINED) {
      askBounds(out);
      return;
    }
    Kind as = kind == Kind.VOTING ? Kind.RETURNING : kind;
    for (ReplicaId replica : others(out.self())) {
      if (!trusting.contains(replica)) {
        out.send(replica, new Message.Hello(journal.life(), as));
      }
    }
  }

  private void askBounds(Outbox out) {
    if (!readmit) {
      return;
    }
    List<ReplicaId> missing = others(out.self());
    missing.removeAll(bounds.keySet());
    if (!missing.equals(told)) {
      told = missing;
      out.emit(new Event.AwaitsBounds(missing));
    }
    out.sendAll(others(out.self()), new Message.AskBounds(journal.life()));
  }

  void readmit() {
    readmit = true;
    bounds.clear();
    asked = Optional.empty();
  }

  private List<ReplicaId> others(ReplicaId self) {
    List<ReplicaId> others = new ArrayList<>(settings.replicas());
    others.remove(self);
    return others;
  }

  // ---------------------------------------------------------------- what the others say

  void met(ReplicaId from, Message.Met met, Outbox out) {
    Kind kind = journal.standing().kind();
    Kind as = kind == Kind.VOTING ? Kind.RETURNING : kind;
    boolean mine = met.life().equals(journal.life()) && asked.equals(Optional.of(kind));
    if (!mine || met.as() != as) {
      return;
    }
    if (met.trusted()) {
      trusting.add(from);
      conclude(kind, false, out);
    } else if (kind != Kind.VOTING) {
      stand(Kind.QUARANTINED, out);
    }
  }

  private void conclude(Kind kind, boolean patient, Outbox out) {
    int replicas = settings.replicas().size();
    boolean all = trusting.size() >= replicas - 1;
    if (kind == Kind.FRESH && (all || (patient && trusting.size() >= replicas - replicas / 2))) {
      stand(Kind.RETURNING, out);
    } else if (kind == Kind.RETURNING || kind == Kind.REPAIRING || kind == Kind.READMITTING) {
      if (trusting.size() >= replicas / 2) {
        out.stand(Standing.of(Kind.VOTING));
      }
    }
  }

  private void stand(Kind kind, Outbox out) {
    trusting.clear();
    asked = Optional.empty();
    out.stand(Standing.of(kind));
  }

  void bounds(ReplicaId from, Message.Bounds answer, Outbox out) {
    if (!readmit
        || !journal.standing().is(Kind.QUARANTINED)
        || !answer.life().equals(journal.life())) {
      return;
    }
    bounds.put(from, answer);
    if (bounds.keySet().containsAll(others(out.self())) && enoughOfThemVote()) {
      readmit = false;
      asked = Optional.empty();
      out.stand(Standing.readmitting(highestBallot(), highestSlot() + ProposerSettings.MOST_OPEN));
    }
  }

  private boolean enoughOfThemVote() {
    Quorums quorums = settings.quorums();
    int smallest = Math.min(quorums.phase1(), quorums.phase2());
    long voting = bounds.values().stream().filter(Message.Bounds::voting).count();
    return voting > settings.replicas().size() - smallest;
  }

  private Ballot highestBallot() {
    return bounds.values().stream()
        .map(Message.Bounds::highest)
        .max(Ballot::compareTo)
        .orElse(Ballot.NONE);
  }

  private long highestSlot() {
    return bounds.values().stream().mapToLong(Message.Bounds::slot).max().orElse(0);
  }

  // ---------------------------------------------------------------- answering others

  /**
   * A new disk is remembered only when it asks again as one that returns: it may still be none. An
   * unknown life may have forgotten this one, which tells it.
   */
  void hello(ReplicaId from, Message.Hello hello, Outbox out) {
    Optional<Life> met = journal.met(from);
    boolean trusted =
        switch (hello.as()) {
          case FRESH -> met.isEmpty();
          case RETURNING, REPAIRING -> met.map(hello.life()::continues).orElse(true);
          case READMITTING -> true;
          case VOTING, QUARANTINED -> false;
        };
    if (journal.standing().is(Kind.VOTING) && !met.equals(Optional.of(hello.life()))) {
      out.send(from, new Message.Hello(journal.life(), Kind.RETURNING));
    }
    if (trusted && hello.as() != Kind.FRESH && !met.equals(Optional.of(hello.life()))) {
      out.meet(from, hello.life());
    }
    if (!trusted && met.isPresent()) {
      out.emit(new Event.Distrusted(from, hello.life(), met.get()));
    }
    out.send(from, new Message.Met(hello.life(), hello.as(), trusted));
  }

  void askedForBounds(ReplicaId from, Message.AskBounds ask, Outbox out) {
    Ballot promised = journal.promised();
    Ballot own = journal.ownBallot();
    out.send(
        from,
        new Message.Bounds(
            ask.life(),
            own.isAbove(promised) ? own : promised,
            journal.highest(),
            journal.standing().is(Kind.VOTING)));
  }
}
