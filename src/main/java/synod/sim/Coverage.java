package synod.sim;

import java.util.Map;
import java.util.TreeMap;
import synod.paxos.Event;

/** How often each kind of event has happened: what never happens was not tested. */
final class Coverage implements Observer {
  private final TreeMap<String, Long> counts = new TreeMap<>();

  @Override
  public void happened(WholeReplica at, Event event) {
    String name = event.getClass().getSimpleName();
    counts.merge(
        event instanceof Event.Stands stands ? name + " " + stands.standing().kind() : name,
        1L,
        Long::sum);
  }

  Map<String, Long> counts() {
    return counts;
  }
}
