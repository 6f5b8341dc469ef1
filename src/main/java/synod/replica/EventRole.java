package synod.replica;

import java.util.Map;
import java.util.Set;
import synod.paxos.Event;

/** Which role an event is of: a line of the log begins with it. */
final class EventRole {
  private static final Map<RoleName, Set<Class<? extends Event>>> EVENTS =
      Map.of(
          RoleName.PROPOSER,
          Set.of(
              Event.BallotMade.class,
              Event.Prepared.class,
              Event.Recovered.class,
              Event.Adopted.class,
              Event.Proposed.class,
              Event.Retransmitted.class,
              Event.Led.class,
              Event.StoodDown.class,
              Event.ReadRound.class,
              Event.Leased.class),
          RoleName.ACCEPTOR,
          Set.of(
              Event.Promised.class,
              Event.Accepted.class,
              Event.Rejected.class,
              Event.HeldBack.class,
              Event.Stands.class,
              Event.Distrusted.class,
              Event.AwaitsBounds.class,
              Event.Truncated.class),
          RoleName.LEARNER,
          Set.of(
              Event.SlotChosen.class,
              Event.Applied.class,
              Event.FellBehind.class,
              Event.CaughtUp.class,
              Event.SnapshotBegun.class,
              Event.SnapshotResumed.class,
              Event.SnapshotAbandoned.class,
              Event.SnapshotDamaged.class,
              Event.SnapshotInstalled.class),
          RoleName.ELECTOR,
          Set.of(
              Event.LeaderChanged.class,
              Event.Suspected.class,
              Event.TokenStarted.class,
              Event.TokenForwarded.class,
              Event.HopSkipped.class,
              Event.PeersAsked.class,
              Event.RingClosed.class,
              Event.Elected.class,
              Event.ElectionAborted.class,
              Event.ReachChanged.class));

  /** Of an event that no role has. */
  static final String NONE = "replica";

  private EventRole() {}

  static String of(Event event) {
    if (event instanceof Event.RoleStarted e) {
      return e.role();
    }
    if (event instanceof Event.RoleCrashed e) {
      return e.role();
    }
    return EVENTS.entrySet().stream()
        .filter(role -> role.getValue().contains(event.getClass()))
        .map(role -> role.getKey().toString())
        .findFirst()
        .orElse(NONE);
  }
}
