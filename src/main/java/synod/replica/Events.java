package synod.replica;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.paxos.Event;
import synod.paxos.Standing;
import synod.trace.EventText;

/**
 * Where the one stream of events goes: to the status, to whoever follows it, and what tells of
 * elections and crashes to the log. Called from every role's thread.
 */
final class Events implements Consumer<Event> {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  private final StatusBoard board;
  private final Chronicle chronicle;
  private final List<Consumer<String>> followers = new CopyOnWriteArrayList<>();

  Events(StatusBoard board, Chronicle chronicle) {
    this.board = board;
    this.chronicle = chronicle;
  }

  @Override
  public void accept(Event event) {
    board.accept(event);
    chronicle.accept(event);
    if (!followers.isEmpty()) {
      String text = EventText.of(event);
      followers.forEach(follower -> follower.accept(text));
    }
    log(event);
  }

  /** Whom to tell of waits for the disk. */
  DiskWatch disk() {
    return chronicle;
  }

  Replica.Subscription follow(Consumer<String> follower) {
    followers.add(follower);
    return () -> followers.remove(follower);
  }

  private static void log(Event event) {
    switch (weight(event)) {
      case ALARMING -> LOG.warn(EventText.of(event));
      case NOTABLE -> LOG.info(EventText.of(event));
      case USUAL -> {}
    }
  }

  private enum Weight {
    /** Somebody should know of it. */
    ALARMING,
    /** Part of the story of an election or a restart. */
    NOTABLE,
    /** Every slot has it. */
    USUAL
  }

  private static boolean isLost(Standing standing) {
    return standing.is(Standing.Kind.QUARANTINED) || standing.isBounded();
  }

  private static Weight weight(Event event) {
    if (event instanceof Event.RoleCrashed
        || event instanceof Event.StoodDown
        || event instanceof Event.Distrusted
        || event instanceof Event.AwaitsBounds
        || event instanceof Event.SnapshotDamaged
        || (event instanceof Event.Stands e && isLost(e.standing()))) {
      return Weight.ALARMING;
    }
    return event instanceof Event.RoleStarted
            || event instanceof Event.Recovered
            || event instanceof Event.Led
            || event instanceof Event.FellBehind
            || event instanceof Event.CaughtUp
            || event instanceof Event.SnapshotBegun
            || event instanceof Event.SnapshotResumed
            || event instanceof Event.SnapshotAbandoned
            || event instanceof Event.SnapshotInstalled
            || event instanceof Event.Stands
            || event instanceof Event.LeaderChanged
            || event instanceof Event.Suspected
            || event instanceof Event.RingClosed
            || event instanceof Event.Elected
            || event instanceof Event.ElectionAborted
        ? Weight.NOTABLE
        : Weight.USUAL;
  }
}
