package synod.trace;

import synod.paxos.Ballot;
import synod.paxos.Event;

/** Events, each in the lane of its role. */
final class Happening {
  private Happening() {}

  static Fact.Happened of(Event event) {
    if (event instanceof Event.RoleStarted e) {
      return happened(event, e.role(), Ballot.NONE, 0);
    }
    if (event instanceof Event.RoleCrashed e) {
      return happened(event, e.role(), Ballot.NONE, 0);
    }
    return ofProposer(event);
  }

  private static Fact.Happened ofProposer(Event event) {
    String role = "proposer";
    if (event instanceof Event.BallotMade e) {
      return happened(event, role, e.ballot(), 0);
    }
    if (event instanceof Event.Prepared e) {
      return happened(event, role, e.ballot(), e.from());
    }
    if (event instanceof Event.Recovered e) {
      return happened(event, role, e.ballot(), e.from());
    }
    if (event instanceof Event.Proposed e) {
      return happened(event, role, e.ballot(), e.slot());
    }
    if (event instanceof Event.Adopted e) {
      return happened(event, role, e.ballot(), e.slot());
    }
    if (event instanceof Event.Retransmitted e) {
      return happened(event, role, e.ballot(), e.slot());
    }
    if (event instanceof Event.Led e) {
      return happened(event, role, e.ballot(), e.slot());
    }
    if (event instanceof Event.StoodDown e) {
      return happened(event, role, e.ballot(), 0);
    }
    if (event instanceof Event.ReadRound e) {
      return happened(event, role, e.ballot(), 0);
    }
    if (event instanceof Event.ReadsRide e) {
      return happened(event, role, e.ballot(), e.slot());
    }
    return event instanceof Event.Leased e
        ? happened(event, role, e.ballot(), 0)
        : ofAcceptor(event);
  }

  private static Fact.Happened ofAcceptor(Event event) {
    String role = "acceptor";
    if (event instanceof Event.Promised e) {
      return happened(event, role, e.ballot(), 0);
    }
    if (event instanceof Event.Accepted e) {
      return happened(event, role, e.ballot(), e.slot());
    }
    if (event instanceof Event.Rejected e) {
      return happened(event, role, e.ballot(), 0);
    }
    if (event instanceof Event.HeldBack e) {
      return happened(event, role, e.ballot(), 0);
    }
    if (event instanceof Event.Truncated e) {
      return happened(event, role, Ballot.NONE, e.slot());
    }
    boolean enrols =
        event instanceof Event.Stands
            || event instanceof Event.Distrusted
            || event instanceof Event.AwaitsBounds;
    return enrols ? happened(event, role, Ballot.NONE, 0) : ofLearner(event);
  }

  private static Fact.Happened ofLearner(Event event) {
    String role = "learner";
    if (event instanceof Event.SlotChosen e) {
      return happened(event, role, e.ballot(), e.slot());
    }
    if (event instanceof Event.Applied e) {
      return happened(event, role, Ballot.NONE, e.slot());
    }
    if (event instanceof Event.FellBehind e) {
      return happened(event, role, Ballot.NONE, e.applied());
    }
    if (event instanceof Event.CaughtUp e) {
      return happened(event, role, Ballot.NONE, e.applied());
    }
    return ofSnapshot(event, role);
  }

  private static Fact.Happened ofSnapshot(Event event, String role) {
    if (event instanceof Event.SnapshotBegun e) {
      return happened(event, role, Ballot.NONE, e.snapshot().slot());
    }
    if (event instanceof Event.SnapshotResumed e) {
      return happened(event, role, Ballot.NONE, e.snapshot().slot());
    }
    if (event instanceof Event.SnapshotAbandoned e) {
      return happened(event, role, Ballot.NONE, e.snapshot().slot());
    }
    if (event instanceof Event.SnapshotDamaged e) {
      return happened(event, role, Ballot.NONE, e.snapshot().slot());
    }
    return event instanceof Event.SnapshotInstalled e
        ? happened(event, role, Ballot.NONE, e.slot())
        : ofElector(event);
  }

  private static Fact.Happened ofElector(Event event) {
    Ballot ballot =
        event instanceof Event.LeaderChanged e
            ? e.ballot()
            : event instanceof Event.Suspected e ? e.leader() : Ballot.NONE;
    return happened(event, "elector", ballot, 0);
  }

  private static Fact.Happened happened(Event event, String role, Ballot ballot, long slot) {
    return new Fact.Happened(
        role, event.getClass().getSimpleName(), Words.text(ballot), slot, EventText.of(event));
  }
}
