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
 * this life of it may have answered: they have met it. So of a life that has, {@code n / 2} others
 * know.
 *
 * <ol>
 *   <li>A new disk may answer when {@code n - n / 2} others have never met its replica: each such
 *       set meets each set of {@code n / 2}, so none of its lives has answered before. It listens
 *       to all for a while, since some of them may be new themselves.
 *   <li>A disk that has answered before may do so again when {@code n / 2} others trust it: its
 *       life follows the one that they have met ({@link Lineage#follows}). From then on they have
 *       met this one. If its journal has lost something, its fence knows bounds as in 3, and its
 *       state has to hold all slots up to there first.
 *   <li>Whoever was distrusted by one stays in quarantine until a person says {@code readmit}. Then
 *       bounds are asked for of <em>all</em> others: no earlier life has promised a ballot above
 *       the highest one that they have made or promised, nor accepted anything beyond {@link
 *       ProposerSettings#MOST_OPEN} slots above the highest that they have accepted. Whoever tells
 *       bounds has met the life that asks, in place of what it had met: so no disk that is put back
 *       meanwhile is trusted, and says more than the bounds allow. The acceptor votes again once
 *       its state holds all slots up to there, and with that promise, if its life follows that one.
 * </ol>
 *
 * <p>Why an old disk that is put back is not trusted by anybody who knows better. A life has
 * <em>come from</em> those before it on its directory, up to where a copy was taken, and knows all
 * that they have said; one that was readmitted, also from all that any other had met before it told
 * bounds. Suppose that V and then L answered as acceptors, that L has not come from V, that this
 * happens for the first time, and that somebody who had met V trusted L. Of the lives that it has
 * met from V on, up to L, let S be the first that has not come from V, and M the one before S. S
 * follows M, but has not come from it. So M is not named in the lineage of S, but is below the
 * first life F that is; and F has answered, before L did. Has F come from V? Then so has S, which
 * comes from F. Did V answer before F? Then this was not the first time. Did V answer after F? Then
 * V has come from F, since this is the first time, and so has M, which comes from V: but M is below
 * F, and incarnations rise, on a directory always, and over a readmission by the clock.
 *
 * <p>Why no disk is distrusted but an old one. Whatever others have met of a directory of which no
 * copy was put back has come before on it: it is named, or is below the first that is; unless it is
 * one of those that were dropped, since more than {@link Lineage#MOST} processes in a row have not
 * voted.
 *
 * <p>What is not recognised: an old disk that {@code n / 2} others trust before one who knows has
 * answered, since all who know are away; and a copy that was taken in the midst of a life, if no
 * later life was met before it is put back. Two processes of one replica must never run at a time.
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
  private final TreeMap<ReplicaId, Life> lastMet = new TreeMap<>();
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
        out.send(replica, new Message.Hello(journal.lineage(), as));
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
    others(out.self()).forEach(replica -> askBounds(replica, out));
  }

  private void askBounds(ReplicaId replica, Outbox out) {
    Life life = journal.life();
    out.send(replica, new Message.AskBounds(life, lastMet.getOrDefault(replica, life)));
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

  void hasMet(ReplicaId from, Message.HasMet answer, Outbox out) {
    if (isToBeReadmitted(answer.life())) {
      lastMet.put(from, answer.met());
      askBounds(from, out);
    }
  }

  private boolean isToBeReadmitted(Life life) {
    return readmit && journal.standing().is(Kind.QUARANTINED) && life.equals(journal.life());
  }

  void bounds(ReplicaId from, Message.Bounds answer, Outbox out) {
    if (!isToBeReadmitted(answer.life())) {
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
    Life life = hello.lineage().life();
    Optional<Life> met = journal.met(from);
    boolean trusted =
        switch (hello.as()) {
          case FRESH -> met.isEmpty();
          case RETURNING, REPAIRING, READMITTING -> met.map(hello.lineage()::follows).orElse(true);
          case VOTING, QUARANTINED -> false;
        };
    if (journal.standing().is(Kind.VOTING) && !met.equals(Optional.of(life))) {
      out.send(from, new Message.Hello(journal.lineage(), Kind.RETURNING));
    }
    if (trusted && hello.as() != Kind.FRESH) {
      meet(from, life, out);
    }
    if (!trusted && met.isPresent()) {
      out.emit(new Event.Distrusted(from, life, met.get()));
    }
    out.send(from, new Message.Met(life, hello.as(), trusted));
  }

  /**
   * Whoever is told bounds is met in place of the life that it names, and of no other: a question
   * that was delayed over a restart must not bring back what has been replaced since.
   */
  void askedForBounds(ReplicaId from, Message.AskBounds ask, Outbox out) {
    Life met = journal.met(from).orElse(ask.met());
    if (met.equals(ask.met()) || met.equals(ask.life())) {
      meet(from, ask.life(), out);
      tellBounds(from, ask.life(), out);
    } else {
      out.send(from, new Message.HasMet(ask.life(), met));
    }
  }

  private void meet(ReplicaId replica, Life life, Outbox out) {
    if (!journal.met(replica).equals(Optional.of(life))) {
      out.meet(replica, life);
    }
  }

  private void tellBounds(ReplicaId to, Life life, Outbox out) {
    Ballot promised = journal.promised();
    Ballot own = journal.ownBallot();
    out.send(
        to,
        new Message.Bounds(
            life,
            own.isAbove(promised) ? own : promised,
            journal.highest(),
            journal.standing().is(Kind.VOTING)));
  }
}
