package synod.top;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a replica said of itself at one moment.
 *
 * @param status the fields of {@code SYNOD STATUS}; none if it did not answer
 * @param atNs of the clock of whoever asked
 */
public record Glance(Presence presence, Map<String, String> status, long atNs) {

  /** What became of the question. */
  public enum Presence {
    UP,
    /** Nobody listens: the process has ended. */
    DOWN,
    /** Nobody answers within the patience: it is paused or hangs, or the network does. */
    SILENT
  }

  public Glance {
    status = new TreeMap<>(status);
  }

  /** It said this. */
  public static Glance up(Map<String, String> status, long atNs) {
    return new Glance(Presence.UP, status, atNs);
  }

  /** It did not answer. */
  public static Glance without(Presence why, long atNs) {
    return new Glance(why, Map.of(), atNs);
  }

  String field(String name) {
    return status.getOrDefault(name, "");
  }

  /** The whole number at the beginning: of a ballot, its round. */
  long number(String name) {
    String digits = field(name).replaceAll("[^0-9].*", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  /** How often supervision has restarted that role. */
  int restarts(String role) {
    String count = part("role." + role, "restarts");
    return count.isEmpty() ? 0 : Integer.parseInt(count);
  }

  String state(String role) {
    return field("role." + role).replaceFirst(" .*", "");
  }

  boolean reaches(int peer) {
    return !part("peer." + peer, "reachable").equals("no");
  }

  /** What Akka Cluster says of that peer. */
  String member(int peer) {
    return part("peer." + peer, "member");
  }

  private String part(String field, String name) {
    for (String part : field(field).split(" ", -1)) {
      if (part.startsWith(name + "=")) {
        return part.substring(name.length() + 1);
      }
    }
    return "";
  }
}
