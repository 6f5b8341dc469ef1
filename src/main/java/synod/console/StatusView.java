package synod.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import synod.top.Cut;
import synod.top.Glance;
import synod.top.Need;

/**
 * All replicas at one moment, each asked for its own status at the same time. State: what each
 * said, or that it was down or silent.
 */
final class StatusView {
  private static final int PATIENCE_MS = 3000;
  private static final List<String> ROLES = List.of("proposer", "acceptor", "learner", "elector");

  private final List<Address> all;
  private final Map<Integer, Glance> glances;
  private final Map<Integer, Map<String, String>> up = new TreeMap<>();

  private StatusView(List<Address> all, Map<Integer, Glance> glances) {
    this.all = all;
    this.glances = glances;
    glances.forEach(
        (id, glance) -> {
          if (glance.presence() == Glance.Presence.UP) {
            up.put(id, glance.status());
          }
        });
  }

  static StatusView of(List<Address> all) {
    return of(all, PATIENCE_MS);
  }

  static StatusView of(List<Address> all, int patienceMs) {
    return new StatusView(all, Poll.status(all, patienceMs));
  }

  /** The replicas that answered. */
  List<Integer> up() {
    return List.copyOf(up.keySet());
  }

  /** A field of a replica; empty if it did not answer or has none such. */
  String field(int id, String name) {
    return up.getOrDefault(id, Map.of()).getOrDefault(name, "");
  }

  /** Whom the replica with the highest ballot takes for the leader. */
  Optional<Integer> leader() {
    return up.keySet().stream()
        .filter(id -> !field(id, "leader").isEmpty())
        .max(Comparator.comparingLong(id -> number(id, "ballot")))
        .map(id -> Integer.parseInt(field(id, "leader")))
        .filter(up::containsKey);
  }

  boolean areAllDown() {
    return glances.values().stream().allMatch(it -> it.presence() == Glance.Presence.DOWN);
  }

  /** Somebody leads, and as many answer as make its proposals chosen. */
  boolean serves() {
    List<String> quorums = up.values().stream().map(it -> it.getOrDefault("quorums", "")).toList();
    return leader().isPresent() && up.size() >= Need.of(quorums, all.size()).serve();
  }

  /** The whole number at the beginning: of a ballot, its round. */
  long number(int id, String name) {
    String digits = field(id, name).replaceAll("[^0-9].*", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  Table table() {
    List<String> head = new ArrayList<>();
    head.addAll(List.of("id", "state", "ballot", "promised", "chosen", "applied", "lag", "keys"));
    head.addAll(ROLES);
    Table table = new Table(head.toArray(String[]::new));
    long chosen = up.keySet().stream().mapToLong(id -> number(id, "chosen")).max().orElse(0);
    all.forEach(address -> table.add(row(address.id(), chosen)));
    return table;
  }

  private List<String> row(int id, long chosen) {
    List<String> row = new ArrayList<>();
    row.add(String.valueOf(id));
    row.add(state(id));
    List.of("ballot", "promised", "chosen", "applied").forEach(name -> row.add(field(id, name)));
    row.add(up.containsKey(id) ? String.valueOf(chosen - number(id, "applied")) : "");
    row.add(field(id, "keys"));
    ROLES.forEach(role -> row.add(role(field(id, "role." + role))));
    return row;
  }

  private String state(int id) {
    boolean leads = leader().filter(leader -> leader == id).isPresent();
    return leads
        ? "up *"
        : Objects.requireNonNull(glances.get(id)).presence().toString().toLowerCase(Locale.ROOT);
  }

  /** {@code idle restarts=2} becomes {@code idle +2}. */
  private static String role(String line) {
    return line.replaceFirst(" restarts=0$", "").replaceFirst(" restarts=", " +");
  }

  /** The ring in its order, who did not answer in brackets, and who misses whom. */
  List<String> ring() {
    String order =
        all.stream()
            .map(a -> up.containsKey(a.id()) ? "" + a.id() : "(" + a.id() + ")")
            .collect(Collectors.joining(" > "));
    List<String> lines = new ArrayList<>();
    lines.add(
        "ring: "
            + order
            + " > "
            + all.get(0).id()
            + (missing().isEmpty() ? ", all reach all" : ""));
    lines.addAll(missing());
    cuts().ifPresent(lines::add);
    return lines;
  }

  private Optional<String> cuts() {
    Map<Integer, String> said = new TreeMap<>();
    up.keySet().forEach(id -> said.put(id, field(id, "cut")));
    String links = Cut.words(said);
    return links.isEmpty() ? Optional.empty() : Optional.of("cut: " + links);
  }

  private List<String> missing() {
    List<String> lines = new ArrayList<>();
    for (int id : up.keySet()) {
      List<String> unreached =
          all.stream()
              .map(peer -> String.valueOf(peer.id()))
              .filter(peer -> field(id, "peer." + peer).contains("reachable=no"))
              .toList();
      if (!unreached.isEmpty()) {
        lines.add("  " + id + " does not reach " + String.join(" ", unreached));
      }
    }
    return lines;
  }
}
