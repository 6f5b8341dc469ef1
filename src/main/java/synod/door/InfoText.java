package synod.door;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import synod.replica.Replica;
import synod.replica.Status;

/** The text of INFO: sections of {@code name:value} lines in the form of Redis. */
final class InfoText {
  /** The Redis whose dialect is spoken; clients choose by it what they send. */
  static final String DIALECT = "7.2.0";

  static final String VERSION = "0.1.0";

  private final Hall hall;
  private final Map<String, Supplier<Map<String, Object>>> sections = new LinkedHashMap<>();

  InfoText(Hall hall) {
    this.hall = hall;
    sections.put("Server", this::server);
    sections.put("Clients", this::clients);
    sections.put("Memory", this::memory);
    sections.put("Stats", this::stats);
    sections.put("Replication", this::replication);
    sections.put("Paxos", this::paxos);
    sections.put("Keyspace", this::keyspace);
  }

  /** The named sections, in lower case; all of them if none is named. */
  String of(List<String> names) {
    boolean all =
        names.isEmpty()
            || names.stream().anyMatch(List.of("all", "everything", "default")::contains);
    return sections.entrySet().stream()
        .filter(each -> all || names.stream().anyMatch(each.getKey()::equalsIgnoreCase))
        .map(each -> section(each.getKey(), each.getValue().get()))
        .collect(Collectors.joining("\r\n"));
  }

  private static String section(String name, Map<String, Object> lines) {
    return lines.entrySet().stream()
        .map(line -> line.getKey() + ":" + line.getValue() + "\r\n")
        .collect(Collectors.joining("", "# " + name + "\r\n", ""));
  }

  private Map<String, Object> server() {
    Status status = replica().status();
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("redis_version", DIALECT);
    lines.put("redis_mode", "standalone");
    lines.put("synod_version", VERSION);
    lines.put("process_id", ProcessHandle.current().pid());
    lines.put("replica_id", status.self());
    lines.put("incarnation", status.incarnation());
    lines.put("uptime_in_seconds", status.uptimeMs() / 1000);
    return lines;
  }

  private Map<String, Object> clients() {
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("connected_clients", hall.connections().size());
    lines.put("maxclients", hall.limits().maxConnections());
    return lines;
  }

  private Map<String, Object> memory() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("used_memory", runtime.totalMemory() - runtime.freeMemory());
    lines.put("maxmemory", runtime.maxMemory());
    lines.put("door_memory", hall.budget().used());
    lines.put("door_maxmemory", hall.limits().maxMemoryBytes());
    return lines;
  }

  private Map<String, Object> stats() {
    Counters counters = hall.counters();
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("total_connections_received", counters.connections);
    lines.put("rejected_connections", counters.rejectedConnections);
    lines.put("stalled_connections_closed", counters.stalled);
    lines.put("total_commands_processed", counters.commands);
    lines.put("protocol_errors", counters.protocolErrors);
    lines.put("events_dropped", counters.eventsDropped);
    return lines;
  }

  /** Every replica takes writes: to a Redis client each one is a master without slaves. */
  private Map<String, Object> replication() {
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("role", "master");
    lines.put("connected_slaves", 0);
    lines.put("leader", replica().leader().map(Object::toString).orElse(""));
    lines.put("replicas", replica().status().ring().size());
    return lines;
  }

  private Map<String, Object> paxos() {
    Map<String, Object> lines = new LinkedHashMap<>();
    StatusFields.of(replica().status())
        .forEach((name, value) -> lines.put(name.replace('.', '_'), value));
    return lines;
  }

  private Map<String, Object> keyspace() {
    long keys = replica().status().keys();
    return keys == 0 ? Map.of() : Map.of("db0", "keys=" + keys + ",expires=0,avg_ttl=0");
  }

  private Replica replica() {
    return hall.replica();
  }
}
