package synod.trace;

import java.util.List;
import java.util.stream.Collectors;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;

/** Events as a person reads them: one line each, in the words of the protocol. */
public final class EventText {
  private EventText() {}

  public static String of(Event event) {
    if (event instanceof Event.Accepted e) {
      return "accepted slot " + e.slot() + " at ballot " + e.ballot();
    }
    if (event instanceof Event.Applied e) {
      return "applied slot " + e.slot() + ", " + e.commands() + " commands";
    }
    if (event instanceof Event.RoleStarted e) {
      return e.role() + (e.restarts() == 0 ? " started" : " restarted (" + e.restarts() + ")");
    }
    if (event instanceof Event.RoleCrashed e) {
      return e.role() + " crashed: " + e.why();
    }
    return ofProposer(event);
  }

  private static String ofProposer(Event event) {
    if (event instanceof Event.Proposed e) {
      return "proposed slot " + e.slot() + " at ballot " + e.ballot() + ", " + e.bytes() + " bytes";
    }
    if (event instanceof Event.Adopted e) {
      return String.format(
          "adopts for slot %d what was accepted at ballot %s, at ballot %s",
          e.slot(), e.from(), e.ballot());
    }
    if (event instanceof Event.Retransmitted e) {
      return "sent the accept of slot " + e.slot() + " at ballot " + e.ballot() + " again";
    }
    if (event instanceof Event.BallotMade e) {
      return "made ballot " + e.ballot();
    }
    if (event instanceof Event.Prepared e) {
      return "sent prepare at ballot " + e.ballot() + " for all slots from " + e.from();
    }
    if (event instanceof Event.Recovered e) {
      return String.format(
          "a quorum promised ballot %s: proposes from slot %d, %d adopted, %d gaps",
          e.ballot(), e.from(), e.adopted(), e.gaps());
    }
    if (event instanceof Event.Led e) {
      return "leads at ballot " + e.ballot() + ": its no-op is chosen in slot " + e.slot();
    }
    if (event instanceof Event.StoodDown e) {
      return "stood down from ballot " + e.ballot() + ": " + e.why() + rejectedBy(e.rejectedBy());
    }
    if (event instanceof Event.ReadRound e) {
      return "read round " + e.round() + " at ballot " + e.ballot() + " for " + e.reads();
    }
    if (event instanceof Event.ReadsRide e) {
      return e.reads() + " reads ride on slot " + e.slot() + " at ballot " + e.ballot();
    }
    if (event instanceof Event.Leased e) {
      return "reads without a round at ballot " + e.ballot() + " for " + e.ms() + " ms";
    }
    return ofAcceptorOrLearner(event);
  }

  private static String ofAcceptorOrLearner(Event event) {
    if (event instanceof Event.Promised e) {
      return "promised ballot " + e.ballot();
    }
    if (event instanceof Event.Rejected e) {
      return "rejected ballot " + e.ballot() + ": promised " + e.promised();
    }
    if (event instanceof Event.HeldBack e) {
      return "holds ballot " + e.ballot() + " back: a lease is not over";
    }
    if (event instanceof Event.Stands e) {
      return standing(e.standing());
    }
    if (event instanceof Event.Distrusted e) {
      return String.format(
          "distrusts the disk of replica %s: it is %s, and does not follow %s, which was met before",
          e.replica(), e.life(), e.met());
    }
    if (event instanceof Event.AwaitsBounds e) {
      return "is to be readmitted: waits for the bounds of " + ids(e.missing());
    }
    if (event instanceof Event.Truncated e) {
      return "truncated the log up to slot " + e.slot();
    }
    return ofLearner(event);
  }

  private static String ofLearner(Event event) {
    if (event instanceof Event.SnapshotBegun e) {
      return String.format(
          "receives the state at slot %d from replica %s, %d bytes",
          e.snapshot().slot(), e.from(), e.snapshot().bytes());
    }
    if (event instanceof Event.SnapshotResumed e) {
      return String.format(
          "goes on receiving the state at slot %d: has %d of %d bytes",
          e.snapshot().slot(), e.received(), e.snapshot().bytes());
    }
    if (event instanceof Event.SnapshotAbandoned e) {
      return "does without the state at slot " + e.snapshot().slot();
    }
    if (event instanceof Event.SnapshotDamaged e) {
      return "the state at slot " + e.snapshot().slot() + " arrived damaged: takes another";
    }
    if (event instanceof Event.SnapshotInstalled e) {
      return "took over the state at slot " + e.slot() + ", " + e.bytes() + " bytes";
    }
    if (event instanceof Event.SlotChosen e) {
      return "slot "
          + e.slot()
          + " is chosen at ballot "
          + e.ballot()
          + " by "
          + ids(e.acceptors());
    }
    if (event instanceof Event.FellBehind e) {
      return "is behind: applied slot " + e.applied() + ", chosen is slot " + e.chosen();
    }
    if (event instanceof Event.CaughtUp e) {
      return "has caught up at slot " + e.applied();
    }
    return ofElector(event);
  }

  private static String ofElector(Event event) {
    if (event instanceof Event.LeaderChanged e) {
      return e.ballot().equals(Ballot.NONE)
          ? "nobody is known to lead"
          : "takes replica " + e.ballot().replica() + " for the leader, at ballot " + e.ballot();
    }
    if (event instanceof Event.Suspected e) {
      return e.leader().equals(Ballot.NONE)
          ? "has heard no leader for " + e.silentMs() + " ms"
          : String.format(
              "suspects replica %s, the leader at ballot %s: silent for %d ms",
              e.leader().replica(), e.leader(), e.silentMs());
    }
    if (event instanceof Event.TokenStarted e) {
      return "starts a token, round " + e.round();
    }
    if (event instanceof Event.TokenForwarded e) {
      return token(e.round(), e.initiator()) + " goes to " + e.to() + " with " + e.entries();
    }
    if (event instanceof Event.HopSkipped e) {
      return token(e.round(), e.initiator()) + " skips " + e.skipped() + ", which is silent";
    }
    if (event instanceof Event.RingClosed e) {
      return token(e.round(), e.initiator()) + " has been at " + ids(e.path());
    }
    if (event instanceof Event.Elected e) {
      return "round " + e.round() + " names replica " + e.winner() + ": " + e.why();
    }
    if (event instanceof Event.ElectionAborted e) {
      return "round " + e.round() + " ends without a winner: " + e.why();
    }
    if (event instanceof Event.PeersAsked e) {
      return "the ring does not close: asks all, round " + e.round();
    }
    return event instanceof Event.ReachChanged e ? "reaches " + ids(e.reach()) : event.toString();
  }

  private static String standing(Standing standing) {
    return switch (standing.kind()) {
      case FRESH -> "its data directory is new: asks the others whether it has been here before";
      case RETURNING -> "asks the others whether they know of a later life of it";
      case VOTING -> "its acceptor answers from now on";
      case QUARANTINED ->
          "its disk is not the one on which it has answered: it learns, and answers as no acceptor;"
              + " if that disk is lost for good, 'readmit' in the console brings it back";
      case REPAIRING ->
          "its journal has lost what was synced to it: its acceptor answers again when slot "
              + standing.slot()
              + " is safe in its state";
      case READMITTING ->
          "its acceptor answers again when slot " + standing.slot() + " is safe in its state";
    };
  }

  private static String token(long round, ReplicaId initiator) {
    return "token " + round + " of " + initiator;
  }

  private static String ids(List<ReplicaId> replicas) {
    return replicas.stream().map(ReplicaId::toString).collect(Collectors.joining(" "));
  }

  private static String rejectedBy(Ballot ballot) {
    return ballot.equals(Ballot.NONE) ? "" : " (" + ballot + ")";
  }
}
