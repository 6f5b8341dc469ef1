package synod.replica;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.trace.EventText;

/**
 * What a person wants to hear of the last hour. State: at most {@link #MOST} entries; what repeats
 * without anything between, as elections without a winner do, is one. Safe for any thread.
 */
final class History {
  static final int MOST = 1000;
  static final long AGE_MICROS = TimeUnit.HOURS.toMicros(1);

  private final ArrayDeque<Past> entries = new ArrayDeque<>();
  private final TreeSet<ReplicaId> met = new TreeSet<>();
  private final TreeSet<ReplicaId> silent = new TreeSet<>();
  private boolean enrolled = true;

  synchronized void add(long at, Event event) {
    if (event instanceof Event.ReachChanged changed) {
      reach(at, changed);
    } else if (event instanceof Event.Stands stands) {
      stands(at, stands);
    } else if (event instanceof Event.RoleStarted started && started.restarts() == 0) {
      if (started.role().equals(RoleName.PROPOSER.toString())) {
        note(at, event, "its process began");
      }
    } else if (isTold(event)) {
      note(at, event, EventText.of(event));
    }
  }

  private static boolean isTold(Event event) {
    return event instanceof Event.RoleStarted
        || event instanceof Event.RoleCrashed
        || event instanceof Event.Led
        || event instanceof Event.StoodDown
        || event instanceof Event.Elected
        || event instanceof Event.ElectionAborted
        || event instanceof Event.Distrusted
        || event instanceof Event.AwaitsBounds
        || event instanceof Event.SnapshotBegun
        || event instanceof Event.SnapshotDamaged
        || event instanceof Event.SnapshotInstalled
        || event instanceof Event.FellBehind
        || event instanceof Event.CaughtUp
        || (event instanceof Event.LeaderChanged e && !e.ballot().equals(Ballot.NONE));
  }

  /** At a start the others come one by one, which is no news. */
  private void reach(long at, Event.ReachChanged changed) {
    TreeSet<ReplicaId> lost = new TreeSet<>(met);
    changed.reach().forEach(lost::remove);
    TreeSet<ReplicaId> back = new TreeSet<>(silent);
    back.removeAll(lost);
    TreeSet<ReplicaId> fresh = new TreeSet<>(lost);
    fresh.removeAll(silent);
    met.addAll(changed.reach());
    silent.clear();
    silent.addAll(lost);
    if (!fresh.isEmpty()) {
      note(at, changed, "hears nothing any more from " + ids(fresh));
    }
    if (!back.isEmpty()) {
      note(at, changed, "hears again from " + ids(back));
    }
  }

  private static String ids(Set<ReplicaId> replicas) {
    return replicas.stream().map(ReplicaId::toString).collect(Collectors.joining(" "));
  }

  /** That a disk is asked about at each start, and answers then, is no news either. */
  private void stands(long at, Event.Stands stands) {
    Standing standing = stands.standing();
    boolean usual = standing.is(Standing.Kind.FRESH) || standing.is(Standing.Kind.RETURNING);
    boolean over = standing.is(Standing.Kind.VOTING);
    if (!usual && !(over && enrolled)) {
      note(at, stands, EventText.of(stands));
    }
    enrolled = usual || over;
  }

  private void note(long at, Event event, String text) {
    Past before = entries.peekLast();
    boolean again = before != null && isSame(before, event, text);
    if (again) {
      entries.removeLast();
    }
    entries.add(new Past(at, event, again ? before.times() + 1 : 1, text));
    trim(at);
  }

  private static boolean isSame(Past before, Event event, String text) {
    if (before.event() instanceof Event.ElectionAborted was
        && event instanceof Event.ElectionAborted is) {
      return was.why().equals(is.why());
    }
    return before.text().equals(text);
  }

  private void trim(long now) {
    while (entries.size() > MOST
        || (!entries.isEmpty() && entries.getFirst().at() < now - AGE_MICROS)) {
      entries.removeFirst();
    }
  }

  /** The newest, the oldest of them first. */
  synchronized List<Past> last(int count, long now) {
    trim(now);
    List<Past> all = new ArrayList<>(entries);
    return all.subList(Math.max(0, all.size() - count), all.size());
  }
}
