package synod.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import synod.svg.Point;
import synod.svg.Svg;

/**
 * What lies behind the arrows: the lanes with their names, who led and who was dead meanwhile.
 * State: since when each leads or is dead, and the stretches found.
 */
final class Backdrop {
  private final Lanes lanes;
  private final double top;
  private final TreeMap<Integer, Double> leads = new TreeMap<>();
  private final TreeMap<Integer, Double> dead = new TreeMap<>();
  private final TreeMap<Integer, Boolean> seen = new TreeMap<>();
  private final List<Stretch> stretches = new ArrayList<>();

  private record Stretch(int replica, double from, double to, String kind) {}

  Backdrop(Lanes lanes, double top) {
    this.lanes = lanes;
    this.top = top;
  }

  void read(Entry entry, double y) {
    int replica = entry.replica();
    if (entry.fact() instanceof Fact.Happened happened) {
      read(replica, happened.name(), happened.role(), y);
    } else if (entry.fact() instanceof Fact.Sent sent
        && sent.said().kind().equals("accept")
        && !seen.containsKey(replica)) {
      leads.putIfAbsent(replica, top);
      seen.put(replica, true);
    }
  }

  /** Who proposes before the trace has seen it win has led before. */
  private void read(int replica, String name, String role, double y) {
    switch (name) {
      case "Led" -> leads.put(replica, y);
      case "StoodDown" -> end(leads, replica, y, "leads");
      case "RoleCrashed" -> {
        if (role.equals("proposer")) {
          end(leads, replica, y, "leads");
        }
      }
      case "Ended" -> {
        end(leads, replica, y, "leads");
        dead.put(replica, y);
      }
      case "Began" -> {
        dead.putIfAbsent(replica, top);
        end(dead, replica, y, "dead");
      }
      default -> {}
    }
    if (role.equals("proposer") || role.equals("process")) {
      seen.put(replica, true);
    }
  }

  private void end(Map<Integer, Double> since, int replica, double y, String kind) {
    Double from = since.remove(replica);
    if (from != null) {
      stretches.add(new Stretch(replica, from, y, kind));
    }
  }

  void draw(Svg svg, double bottom) {
    List.copyOf(leads.keySet()).forEach(replica -> end(leads, replica, bottom, "leads"));
    List.copyOf(dead.keySet()).forEach(replica -> end(dead, replica, bottom, "dead"));
    for (int replica : lanes.replicas()) {
      box(svg, new Stretch(replica, top, bottom, "lane"));
    }
    stretches.stream().filter(it -> it.kind().equals("leads")).forEach(it -> box(svg, it));
    for (int replica : lanes.replicas()) {
      for (String role : lanes.roles()) {
        double x = lanes.x(replica, role);
        svg.line(new Point(x, top), new Point(x, bottom), "role");
      }
    }
    stretches.stream().filter(it -> it.kind().equals("dead")).forEach(it -> box(svg, it));
  }

  private void box(Svg svg, Stretch it) {
    svg.box(
        new Point(lanes.left(it.replica()), it.from()),
        new Point(lanes.right(it.replica()), it.to()),
        it.kind());
  }

  /** The names of the replicas, on that baseline. */
  void names(Svg svg, double y) {
    for (int replica : lanes.replicas()) {
      svg.text(new Point(lanes.middle(replica), y), "replica " + replica, "name");
    }
  }

  /** The names of the roles, each over its line. */
  void roles(Svg svg, double y) {
    for (int replica : lanes.replicas()) {
      for (String role : lanes.roles()) {
        svg.uprightText(new Point(lanes.x(replica, role) + 3, y), role, "role");
      }
    }
  }
}
