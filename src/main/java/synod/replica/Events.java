package synod.replica;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.Standing;
import synod.trace.EventText;
import synod.trace.Fact;
import synod.trace.Saying;

/**
 * Where the one stream of events goes: to the status, to whoever follows it, and what tells of
 * elections and crashes to the log. Called from every role's thread.
 */
final class Events implements Consumer<Event> {
  private final StatusBoard board;
  private final Chronicle chronicle;
  private final List<Consumer<String>> followers = new CopyOnWriteArrayList<>();

  /** Of which the log says that this replica leads by it. */
  private volatile Ballot led = Ballot.NONE;

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

  /** A logger a role: a line says whose it is, and its level can be set on its own. */
  private void log(Event event) {
    Weight weight = weight(event);
    if (weight == Weight.USUAL) {
      return;
    }
    Fact.Happened happened = Saying.happened(event);
    Logger log = LoggerFactory.getLogger("synod." + happened.role());
    if (weight == Weight.ALARMING) {
      log.warn(happened.text());
    } else {
      log.info(happened.text());
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

  /** Nobody outbid it: what it needs does not work. */
  private static boolean isTrouble(Event.StoodDown event) {
    return event.rejectedBy().equals(Ballot.NONE);
  }

  /**
   * Whether the line before has said it: that of the suspicion or of standing down, that nobody
   * leads; that of the proposer, that this replica does.
   */
  private boolean isSaid(Event.LeaderChanged event) {
    return event.ballot().equals(Ballot.NONE) || event.ballot().equals(led);
  }

  private Weight weight(Event event) {
    if (event instanceof Event.LeaderChanged e) {
      return isSaid(e) ? Weight.USUAL : Weight.NOTABLE;
    }
    if (event instanceof Event.Led e) {
      led = e.ballot();
    }
    if (event instanceof Event.RoleCrashed
        || (event instanceof Event.StoodDown s && isTrouble(s))
        || event instanceof Event.Distrusted
        || event instanceof Event.AwaitsBounds
        || event instanceof Event.SnapshotDamaged
        || (event instanceof Event.Stands e && isLost(e.standing()))) {
      return Weight.ALARMING;
    }
    return event instanceof Event.RoleStarted
            || event instanceof Event.StoodDown
            || event instanceof Event.Prepared
            || event instanceof Event.Recovered
            || event instanceof Event.Led
            || event instanceof Event.FellBehind
            || event instanceof Event.CaughtUp
            || event instanceof Event.SnapshotBegun
            || event instanceof Event.SnapshotResumed
            || event instanceof Event.SnapshotAbandoned
            || event instanceof Event.SnapshotInstalled
            || event instanceof Event.Stands
            || event instanceof Event.Suspected
            || event instanceof Event.Elected
            || event instanceof Event.ElectionAborted
        ? Weight.NOTABLE
        : Weight.USUAL;
  }
}
