package synod.replica;

import synod.paxos.Ballot;
import synod.paxos.Event;

/** Events as a person reads them in a log. */
final class EventText {
  private EventText() {}

  static String of(Event event) {
    if (event instanceof Event.LeaderChanged e) {
      return e.ballot().equals(Ballot.NONE)
          ? "nobody is known to lead"
          : "replica " + e.ballot().replica() + " leads at ballot " + e.ballot();
    }
    if (event instanceof Event.Suspected e) {
      return "suspects the leader at ballot " + e.leader() + ": silent for " + e.silentMs() + " ms";
    }
    if (event instanceof Event.RoleCrashed e) {
      return e.role() + " crashed: " + e.why();
    }
    if (event instanceof Event.RoleStarted e) {
      return e.role()
          + (e.restarts() == 0 ? " started" : " restarted, the " + nth(e.restarts()) + " time");
    }
    if (event instanceof Event.StoodDown e) {
      return "stood down from ballot " + e.ballot() + ": " + e.why() + rejectedBy(e.rejectedBy());
    }
    if (event instanceof Event.Led e) {
      return "leads at ballot " + e.ballot() + ": its no-op in slot " + e.slot() + " is chosen";
    }
    if (event instanceof Event.Recovered e) {
      return "phase 1 is done at ballot "
          + e.ballot()
          + ": proposes from slot "
          + e.from()
          + ", "
          + e.adopted()
          + " adopted, "
          + e.gaps()
          + " gaps";
    }
    return String.valueOf(event);
  }

  private static String rejectedBy(Ballot ballot) {
    return ballot.equals(Ballot.NONE) ? "" : " (" + ballot + ")";
  }

  private static String nth(int n) {
    return switch (n) {
      case 1 -> "1st";
      case 2 -> "2nd";
      case 3 -> "3rd";
      default -> n + "th";
    };
  }
}
