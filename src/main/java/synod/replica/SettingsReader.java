package synod.replica;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import synod.paxos.ProposerSettings;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;
import synod.replica.Settings.Door;
import synod.replica.Settings.Gateway;
import synod.replica.Settings.Links;
import synod.replica.Settings.Liveness;
import synod.replica.Settings.Log;
import synod.replica.Settings.Member;
import synod.replica.Settings.Proposing;
import synod.replica.Settings.Reads;
import synod.replica.Settings.Ring;
import synod.replica.Settings.Sessions;
import synod.replica.Settings.Store;
import synod.replica.Settings.Supervision;

/**
 * Makes {@link Settings} of one file. State: the keys read so far, and every problem found; it
 * reads on after a problem, so that a person hears of all at once.
 */
final class SettingsReader {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";
  private static final String HOST = "[A-Za-z0-9._:-]+";

  private final Path file;
  private final Config config;
  private final Map<String, String> environment;
  private final Problems problems;
  private final Keys keys;

  SettingsReader(Path file, Config config, Map<String, String> environment) {
    this.file = file;
    this.config = config;
    this.environment = environment;
    this.problems = new Problems(file);
    this.keys = new Keys("", config, problems);
  }

  Settings settings() throws BadSettings {
    String cluster = keys.text("cluster", "synod", NAME, "letters, digits, - and _");
    List<Member> replicas = replicas();
    int configured = config.hasPath("replicas") ? size(config.getValue("replicas")) : 1;
    Settings settings =
        new Settings(
            cluster,
            replicas,
            quorums(configured),
            liveness(),
            ring(),
            proposing(),
            reads(),
            gateway(),
            sessions(),
            links(),
            door(),
            supervision(),
            log(),
            store(),
            keys.effective());
    keys.refuseUnknown(List.of("replicas"));
    new CrossChecks(settings, problems, config).run();
    problems.throwIfAny();
    return settings;
  }

  private List<Member> replicas() {
    List<Member> members = new ArrayList<>();
    if (!config.hasPath("replicas")) {
      problems.add(
          config.origin().withLineNumber(-1),
          "replicas",
          "is missing",
          "a list of at least one replica");
      return members;
    }
    ConfigValue value = config.getValue("replicas");
    if (!(value instanceof ConfigList list) || list.isEmpty()) {
      problems.add(value, "replicas", Keys.shown(value), "a list of at least one replica");
      return members;
    }
    for (ConfigValue element : list) {
      replica(members.size(), element).ifPresent(members::add);
    }
    return List.copyOf(members);
  }

  private Optional<Member> replica(int at, ConfigValue element) {
    String path = "replicas[" + at + "]";
    if (!(element instanceof ConfigObject object)) {
      problems.add(
          element, path, Keys.shown(element), "{ id, host, artery-port, link-port, door-port }");
      return Optional.empty();
    }
    Keys one = new Keys(path + ".", object.toConfig(), problems);
    Member member =
        new Member(
            new ReplicaId(one.needed("id", 1, 1000)),
            one.neededText("host", HOST, "a host name or an address"),
            one.needed("artery-port", 1, 65535),
            one.needed("link-port", 1, 65535),
            one.needed("door-port", 1, 65535),
            one.count("priority", 0, 0, 1000));
    one.refuseUnknown(List.of());
    keys.include(one);
    return Optional.of(member);
  }

  private static int size(ConfigValue replicas) {
    return replicas instanceof ConfigList list ? Math.max(1, list.size()) : 1;
  }

  private Quorums quorums(int replicas) {
    int majority = Quorums.majority(replicas).phase1();
    return new Quorums(
        keys.count("quorums.phase1", majority, 1, replicas),
        keys.count("quorums.phase2", majority, 1, replicas));
  }

  private Liveness liveness() {
    return new Liveness(
        keys.duration("liveness.tick", "50 ms", "1 ms", "1 s"),
        keys.duration("liveness.heartbeat", "5 s", "5 ms", "60 s"),
        keys.duration("liveness.keep-alive", "250 ms", "5 ms", "60 s"),
        keys.duration("liveness.suspect", "1000 ms", "20 ms", "600 s"),
        keys.duration("liveness.leader-timeout", "2000 ms", "20 ms", "600 s"));
  }

  private Ring ring() {
    return new Ring(
        keys.duration("ring.hop-timeout", "100 ms", "5 ms", "60 s"),
        keys.duration("ring.ping-interval", "500 ms", "5 ms", "60 s"),
        keys.duration("ring.takeover-time", "500 ms", "5 ms", "600 s"));
  }

  private Proposing proposing() {
    return new Proposing(
        keys.count("proposer.window", 8, 1, ProposerSettings.MOST_OPEN),
        keys.size("proposer.max-batch", "64 KiB", "1 KiB", "16 MiB"),
        keys.size("proposer.max-waiting", "32 MiB", "64 KiB", "1 GiB"),
        keys.duration("proposer.retransmit", "300 ms", "5 ms", "60 s"),
        keys.duration("proposer.patience", "75 ms", "0 ms", "60 s"));
  }

  private Reads reads() {
    return new Reads(
        keys.duration("reads.lease", "0 ms", "0 ms", "600 s"),
        keys.percent("reads.max-drift", 10, 0, 90));
  }

  private Gateway gateway() {
    return new Gateway(
        keys.duration("gateway.retry", "500 ms", "10 ms", "60 s"),
        keys.duration("gateway.command-timeout", "10 s", "100 ms", "600 s"),
        keys.size("gateway.max-pending", "32 MiB", "64 KiB", "1 GiB"));
  }

  private Sessions sessions() {
    return new Sessions(
        keys.duration("sessions.time", "1 h", "1 s", "3650 d"),
        keys.count("sessions.most", 1024, 1, 65_536));
  }

  private Links links() {
    return new Links(
        keys.size("links.max-queue", "24 MiB", "1 MiB", "1 GiB"),
        keys.size("links.max-mailbox", "16 MiB", "1 MiB", "1 GiB"),
        keys.size("links.max-message", "8 MiB", "1 MiB", "128 MiB"));
  }

  private Door door() {
    return new Door(
        keys.size("door.max-key", "4 KiB", "1 B", "64 KiB"),
        keys.size("door.max-value", "1 MiB", "1 B", "16 MiB"),
        keys.size("door.max-in-flight", "4 MiB", "64 KiB", "64 MiB"),
        keys.size("door.max-memory", "48 MiB", "64 KiB", "4 GiB"),
        keys.count("door.max-connections", 4096, 1, 1_000_000),
        keys.duration("door.slowlog-slower-than", "100 ms", "1 ms", "1 h"),
        keys.flag("door.monitor", false));
  }

  private Supervision supervision() {
    return new Supervision(
        keys.count("supervision.restarts", 10, 0, 1000),
        keys.duration("supervision.within", "60 s", "1 s", "3600 s"));
  }

  private Log log() {
    return new Log(
        keys.count("log.max-slots", 200_000, 1, 1_000_000_000),
        keys.size("log.max-bytes", "64 MiB", "64 KiB", "1 TiB"));
  }

  private Store store() {
    boolean sync = keys.flag("store.sync", true);
    Optional<Path> own = environment(Settings.DATA);
    Path run = environment(Settings.RUN).orElse(Path.of("run"));
    Path data =
        keys.optionalText("store.data", "a directory")
            .map(text -> besideFile(Path.of(text)))
            .orElse(run.resolve("data"));
    keys.show(
        "store.data", own.map(path -> path + " (" + Settings.DATA + ")").orElse(data + "/ID"));
    return new Store(sync, data, own);
  }

  /** A relative path is meant from where it is written, whatever the working directory is. */
  private Path besideFile(Path path) {
    return file.toAbsolutePath().resolveSibling(path).normalize();
  }

  private Optional<Path> environment(String name) {
    return Optional.ofNullable(environment.get(name)).filter(s -> !s.isBlank()).map(Path::of);
  }
}
