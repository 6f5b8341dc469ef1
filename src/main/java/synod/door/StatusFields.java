package synod.door;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import synod.paxos.Ballot;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;
import synod.replica.RoleName;
import synod.replica.Status;

/**
 * The answer to {@code SYNOD STATUS}, both sides of it: a flat array (RESP2) or a map (RESP3) of
 * names and values, every one a bulk string, in this order.
 *
 * <pre>
 *   id             2
 *   leader         1                            empty while nobody is known to lead
 *   ballot         7.1                          round.replica; 0.0 is none
 *   promised       7.1
 *   chosen         120
 *   applied        120
 *   open_slots     0
 *   chain          00000000deadbeef             16 digits of hex
 *   keys           42
 *   digest         0123456789abcdef             16 digits of hex
 *   incarnation    28324765390                  ms from 2026 on to its start
 *   uptime_ms      12345
 *   commands       99                           applied since the process began
 *   quorums        3 3                          of phase 1 and of phase 2
 *   cut            3 5                          whom it is cut off from; empty: nobody
 *   role.proposer  idle restarts=0              one line a role: proposer acceptor learner elector
 *   peer.2         host=127.0.0.1 door=7002 reachable=yes member=up
 *                                               one line a replica, in the order of the ring
 * </pre>
 *
 * A state or a member's state is one word. More fields may come between {@code uptime_ms} and the
 * roles; a reader passes over names that it does not know.
 */
public final class StatusFields {
  private static final String ROLE = "role.";
  private static final String PEER = "peer.";

  private final Map<String, String> fields;

  private StatusFields(Map<String, String> fields) {
    this.fields = fields;
  }

  /** Writes a status; the map's order is the order of the answer. */
  public static Map<String, String> of(Status status) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("id", status.self().toString());
    fields.put("leader", status.leader().map(ReplicaId::toString).orElse(""));
    fields.put("ballot", status.ballot().toString());
    fields.put("promised", status.promised().toString());
    fields.put("chosen", Long.toString(status.chosen()));
    fields.put("applied", Long.toString(status.applied()));
    fields.put("open_slots", Integer.toString(status.openSlots()));
    fields.put("chain", hex(status.chain()));
    fields.put("keys", Long.toString(status.keys()));
    fields.put("digest", hex(status.digest()));
    fields.put("incarnation", Long.toString(status.incarnation()));
    fields.put("uptime_ms", Long.toString(status.uptimeMs()));
    fields.put("commands", Long.toString(status.commands()));
    fields.put("quorums", status.quorums().phase1() + " " + status.quorums().phase2());
    fields.put(
        "cut", status.cut().stream().map(ReplicaId::toString).collect(Collectors.joining(" ")));
    status.roles().forEach(role -> fields.put(ROLE + role.name(), line(role)));
    status.ring().forEach(peer -> fields.put(PEER + peer.id(), line(peer)));
    return fields;
  }

  private static String line(Status.Role role) {
    return role.state() + " restarts=" + role.restarts();
  }

  private static String line(Status.Peer peer) {
    return String.format(
        "host=%s door=%d reachable=%s member=%s",
        peer.host(), peer.doorPort(), peer.reachable() ? "yes" : "no", peer.member());
  }

  private static String hex(long value) {
    return String.format("%016x", value);
  }

  /**
   * Reads a status from the names and values of an answer.
   *
   * @throws IllegalArgumentException if a field is missing or is no number where it should be one
   */
  public static Status parse(Map<String, String> fields) {
    return new StatusFields(fields).status();
  }

  private Status status() {
    return new Status(
        id(value("id")),
        value("leader").isEmpty() ? Optional.empty() : Optional.of(id(value("leader"))),
        ballot(value("ballot")),
        named(ROLE).stream().map(this::role).collect(Collectors.toList()),
        ballot(value("promised")),
        number("chosen"),
        number("applied"),
        (int) number("open_slots"),
        Long.parseUnsignedLong(value("chain"), 16),
        number("keys"),
        Long.parseUnsignedLong(value("digest"), 16),
        named(PEER).stream().map(this::peer).collect(Collectors.toList()),
        number("incarnation"),
        number("uptime_ms"),
        number("commands"),
        quorums(),
        cut());
  }

  private List<String> named(String prefix) {
    return fields.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toList());
  }

  private Status.Role role(String name) {
    String line = value(ROLE + name);
    String state = line.substring(0, Math.max(0, line.indexOf(' ')));
    return new Status.Role(
        RoleName.of(name.toUpperCase(Locale.ROOT))
            .orElseThrow(() -> new IllegalArgumentException("no such role: " + name)),
        state,
        Integer.parseInt(part(line, "restarts")));
  }

  private Status.Peer peer(String id) {
    String line = value(PEER + id);
    return new Status.Peer(
        id(id),
        part(line, "host"),
        Integer.parseInt(part(line, "door")),
        part(line, "reachable").equals("yes"),
        part(line, "member"));
  }

  private Quorums quorums() {
    String[] sizes = value("quorums").split(" ", -1);
    return new Quorums(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[sizes.length - 1]));
  }

  private List<ReplicaId> cut() {
    return Stream.of(value("cut").split(" ", -1))
        .filter(id -> !id.isEmpty())
        .map(StatusFields::id)
        .collect(Collectors.toList());
  }

  private static String part(String line, String name) {
    for (String part : line.split(" ", -1)) {
      if (part.startsWith(name + "=")) {
        return part.substring(name.length() + 1);
      }
    }
    throw new IllegalArgumentException("no " + name + " in '" + line + "'");
  }

  private String value(String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the status has no field '" + name + "'");
    }
    return value;
  }

  private long number(String name) {
    return Long.parseLong(value(name));
  }

  private static ReplicaId id(String text) {
    return new ReplicaId(Integer.parseInt(text));
  }

  private static Ballot ballot(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      throw new IllegalArgumentException("no ballot: '" + text + "'");
    }
    return new Ballot(Long.parseLong(text.substring(0, dot)), id(text.substring(dot + 1)));
  }
}
