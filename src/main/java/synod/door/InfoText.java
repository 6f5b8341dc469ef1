package synod.door;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import synod.replica.Replica;
import synod.replica.RoleName;
import synod.replica.Status;

/** The text of INFO: sections of {@code name:value} lines in the form of Redis. */
final class InfoText {
  /** The Redis whose dialect is spoken; clients choose by it what they send. */
  static final String DIALECT = "7.2.0";

  static final String VERSION = "0.1.0";

  /** As in Redis, what has a line for each command is told to whoever asks for it. */
  private static final List<String> LONG = List.of("commandstats", "latencystats");

  private final Hall hall;
  private final Resident resident = new Resident();
  private final Map<String, Supplier<Map<String, Object>>> sections = new LinkedHashMap<>();

  InfoText(Hall hall) {
    this.hall = hall;
    InfoFigures figures = new InfoFigures(hall);
    sections.put("Server", this::server);
    sections.put("Clients", this::clients);
    sections.put("Memory", this::memory);
    sections.put("Persistence", InfoText::persistence);
    sections.put("Stats", this::stats);
    sections.put("Replication", this::replication);
    sections.put("Paxos", this::paxos);
    sections.put("Elector", this::elector);
    sections.put("Commandstats", figures::commands);
    sections.put("Latencystats", figures::latencies);
    sections.put("Errorstats", figures::errors);
    sections.put("Keyspace", this::keyspace);
  }

  /** The named sections, in lower case; those of {@code default} if none is named. */
  String of(List<String> names) {
    boolean all = names.contains("all") || names.contains("everything");
    boolean usual = names.isEmpty() || names.contains("default");
    return sections.entrySet().stream()
        .filter(each -> all || isAsked(each.getKey().toLowerCase(Locale.ROOT), names, usual))
        .map(each -> section(each.getKey(), each.getValue().get()))
        .collect(Collectors.joining("\r\n"));
  }

  private static boolean isAsked(String section, List<String> names, boolean usual) {
    return names.contains(section) || (usual && !LONG.contains(section));
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
    lines.put("uptime_in_days", status.uptimeMs() / 86_400_000);
    return lines;
  }

  private Map<String, Object> clients() {
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("connected_clients", hall.connections().size());
    lines.put("maxclients", hall.limits().maxConnections());
    lines.put("blocked_clients", 0);
    return lines;
  }

  private Map<String, Object> memory() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("used_memory", runtime.totalMemory() - runtime.freeMemory());
    resident.bytes().ifPresent(bytes -> lines.put("used_memory_rss", bytes));
    lines.put("maxmemory", runtime.maxMemory());
    lines.put("maxmemory_policy", "noeviction");
    lines.put("door_memory", hall.budget().used());
    lines.put("door_maxmemory", hall.limits().maxMemoryBytes());
    return lines;
  }

  /**
   * A door is open once its data is loaded; what is acknowledged has been synced to a log. A disk
   * that fails ends the process: who answers has written well.
   */
  private static Map<String, Object> persistence() {
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("loading", 0);
    lines.put("aof_enabled", 1);
    lines.put("aof_last_write_status", "ok");
    return lines;
  }

  private Map<String, Object> stats() {
    Counters counters = hall.counters();
    Map<String, Object> lines = new LinkedHashMap<>();
    lines.put("total_connections_received", counters.connections);
    lines.put("rejected_connections", counters.rejectedConnections);
    lines.put("stalled_connections_closed", counters.stalled);
    lines.put("total_commands_processed", counters.commands);
    lines.put("instantaneous_ops_per_sec", hall.rates().commands.perSecond());
    lines.put("total_net_input_bytes", counters.bytesIn);
    lines.put("total_net_output_bytes", counters.bytesOut);
    lines.put("instantaneous_input_kbps", kib(hall.rates().bytesIn));
    lines.put("instantaneous_output_kbps", kib(hall.rates().bytesOut));
    lines.put("keyspace_hits", counters.hits);
    lines.put("keyspace_misses", counters.misses);
    lines.put("evicted_keys", 0);
    lines.put(
        "total_error_replies", hall.counters().errors().values().stream().mapToLong(n -> n).sum());
    lines.put("protocol_errors", counters.protocolErrors);
    lines.put("monitor_dropped", counters.monitorDropped);
    lines.put("events_dropped", counters.eventsDropped);
    return lines;
  }

  private static String kib(Rate bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes.perSecond() / 1024.0);
  }

  private Map<String, Object> elector() {
    Status status = replica().status();
    Map<String, Object> lines = new LinkedHashMap<>();
    status.roles().stream()
        .filter(role -> role.name() == RoleName.ELECTOR)
        .forEach(
            role -> {
              lines.put("elector_state", role.state());
              lines.put("elector_restarts", role.restarts());
            });
    lines.put("elector_reachable", status.ring().stream().filter(Status.Peer::reachable).count());
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
