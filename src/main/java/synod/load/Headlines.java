package synod.load;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Of all that the replicas tell, what explains a picture: another leader, a role that crashed, a
 * process that ended or came back. State: the marks so far, who leads, and who is down.
 */
public final class Headlines {
  private static final String DOWN = "is down";
  private static final String SILENT = "tells no more";
  private static final String LEADS = "leads at ballot ";
  private static final String CRASHED = " crashed: ";

  private final List<Mark> marks = new ArrayList<>();
  private final Set<Integer> down = new HashSet<>();
  private int leader;

  /** With who leads at the beginning; 0 if nobody does. */
  public Headlines(int leader) {
    this.leader = leader;
  }

  /** A replica tells something, or has stopped to. Most of it is routine, so this is quick. */
  public synchronized void hear(int replica, String event, long nowNs) {
    if (event.equals(DOWN) || event.startsWith(SILENT)) {
      if (down.add(replica)) {
        mark(nowNs, "replica " + replica + (event.equals(DOWN) ? " is down" : " ended"));
      }
      return;
    }
    if (down.remove(replica)) {
      mark(nowNs, "replica " + replica + " is back");
    }
    int crashed = event.indexOf(CRASHED);
    if (crashed > 0) {
      mark(nowNs, event.substring(0, crashed) + " of " + replica + " crashed");
    } else if (replica != leader && event.startsWith(LEADS)) {
      leader = replica;
      mark(nowNs, "leader " + replica);
    }
  }

  private void mark(long nowNs, String label) {
    marks.add(new Mark(nowNs, label));
  }

  /** In the order in which they were heard. */
  public synchronized List<Mark> marks() {
    return List.copyOf(marks);
  }
}
