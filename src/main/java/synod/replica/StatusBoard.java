package synod.replica;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.ReplicaId;

/**
 * What the events of a replica say of its present state. It never asks a role, so it answers while
 * a role hangs. Each field is written by the one role that it is of, and read by anyone.
 */
final class StatusBoard implements Consumer<Event> {
  private final Map<RoleName, Integer> restarts = new ConcurrentHashMap<>();
  private final Map<ReplicaId, String> members = new ConcurrentHashMap<>();
  private final LongAdder commands = new LongAdder();
  private final ReplicaId self;

  private volatile Ballot leader = Ballot.NONE;
  private volatile Ballot heard = Ballot.NONE;
  private volatile Ballot promised = Ballot.NONE;
  private volatile String proposer = "starting";
  private volatile String acceptor = "starting";
  private volatile String learner = "starting";
  private volatile String elector = "starting";
  private volatile List<ReplicaId> reach = List.of();
  private volatile boolean behind;
  private volatile long proposed;
  private volatile long chosen;

  StatusBoard(ReplicaId self) {
    this.self = self;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.Applied e) {
      chosen = Math.max(chosen, e.slot());
      commands.add(e.commands());
    } else if (event instanceof Event.Proposed e) {
      proposed = e.slot();
    } else if (event instanceof Event.Promised e) {
      promised = e.ballot();
    } else if (event instanceof Event.RoleStarted e) {
      RoleName.of(e.role()).ifPresent(role -> started(role, e.restarts()));
    } else if (event instanceof Event.RoleCrashed e) {
      RoleName.of(e.role()).ifPresent(role -> setState(role, "crashed"));
    } else {
      acceptRare(event);
    }
  }

  private void acceptRare(Event event) {
    if (event instanceof Event.LeaderChanged e) {
      leaderChanged(e.ballot());
    } else if (event instanceof Event.Stands e) {
      acceptor = e.standing().kind().name().toLowerCase(Locale.ROOT);
    } else if (event instanceof Event.SnapshotBegun || event instanceof Event.SnapshotResumed) {
      learner = "receiving";
    } else if (event instanceof Event.SnapshotInstalled
        || event instanceof Event.SnapshotAbandoned) {
      learner = behind ? "catching-up" : "following";
    } else if (event instanceof Event.BallotMade) {
      proposer = "preparing";
    } else if (event instanceof Event.Recovered e) {
      proposer = "recovering";
      proposed = e.from() - 1;
    } else if (event instanceof Event.Led) {
      proposer = "leading";
    } else if (event instanceof Event.StoodDown) {
      proposer = "idle";
    } else if (event instanceof Event.FellBehind e) {
      chosen = Math.max(chosen, e.chosen());
      behind = true;
      learner = "catching-up";
    } else if (event instanceof Event.CaughtUp) {
      behind = false;
      learner = "following";
    } else if (event instanceof Event.Suspected) {
      elector = "suspecting";
    } else if (event instanceof Event.TokenStarted) {
      elector = "electing";
    } else if (event instanceof Event.ReachChanged e) {
      reach = e.reach();
    }
  }

  private void leaderChanged(Ballot ballot) {
    leader = ballot;
    if (ballot.equals(Ballot.NONE)) {
      elector = "suspecting";
    } else {
      heard = ballot;
      elector = ballot.replica().equals(self) ? "leading" : "following";
    }
  }

  private void started(RoleName role, int times) {
    restarts.put(role, times);
    setState(role, role == RoleName.LEARNER ? "following" : times == 0 ? "starting" : "ready");
    if (role == RoleName.PROPOSER) {
      proposer = "idle";
      proposed = 0;
    }
  }

  private void setState(RoleName role, String state) {
    switch (role) {
      case PROPOSER -> proposer = state;
      case ACCEPTOR -> acceptor = state;
      case LEARNER -> learner = state;
      case ELECTOR -> elector = state;
    }
  }

  /** From Akka Cluster, for display. */
  void member(ReplicaId replica, String state) {
    members.put(replica, state);
  }

  String member(ReplicaId replica) {
    return members.getOrDefault(replica, "absent");
  }

  boolean reaches(ReplicaId replica) {
    return replica.equals(self) || reach.contains(replica);
  }

  Optional<ReplicaId> leader() {
    Ballot current = leader;
    return current.equals(Ballot.NONE) ? Optional.empty() : Optional.of(current.replica());
  }

  Ballot ballot() {
    return heard;
  }

  Ballot promised() {
    return promised;
  }

  long chosen() {
    return chosen;
  }

  long commands() {
    return commands.sum();
  }

  int openSlots() {
    boolean proposing = proposer.equals("leading") || proposer.equals("recovering");
    return proposing ? (int) Math.max(0, proposed - chosen) : 0;
  }

  List<Status.Role> roles() {
    Map<RoleName, String> states = new EnumMap<>(RoleName.class);
    states.put(RoleName.PROPOSER, proposer);
    states.put(RoleName.ACCEPTOR, acceptor);
    states.put(RoleName.LEARNER, learner);
    states.put(RoleName.ELECTOR, elector);
    List<Status.Role> roles = new ArrayList<>();
    states.forEach(
        (role, state) -> roles.add(new Status.Role(role, state, restarts.getOrDefault(role, 0))));
    return roles;
  }
}
