package synod.replica;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import synod.kv.SessionLimits;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;

/**
 * What can be configured, read once at start and checked whole. {@code conf/synod.conf} says what
 * each key means and why its default is what it is; the file needs to name the replicas only.
 *
 * <p>Invariants: 1. ids are unique, and so are host and port. 2. Every phase-1 quorum meets every
 * phase-2 quorum. 3. A follower suspects no leader before it has missed several heartbeats. 4.
 * Every queue has room for the largest command. 5. A lease is over before the leader that held it
 * is suspected.
 *
 * @param effective every key with its value, as a person would write it, in a fixed order
 */
public record Settings(
    String cluster,
    List<Member> replicas,
    Quorums quorums,
    Liveness liveness,
    Ring ring,
    Proposing proposing,
    Reads reads,
    Gateway gateway,
    Sessions sessions,
    Links links,
    Door door,
    Supervision supervision,
    Log log,
    Store store,
    Map<String, String> effective) {

  /** The environment variable that names the data directory of the one replica that runs here. */
  public static final String DATA = "SYNOD_DATA";

  /** The environment variable that names another configuration file. */
  public static final String CONF = "SYNOD_CONF";

  /** The environment variable that names the directory for data, logs and process ids. */
  public static final String RUN = "SYNOD_RUN";

  /**
   * A configured replica.
   *
   * @param arteryPort where Akka's remoting listens: for the ring's token, and the cluster
   * @param linkPort where the other replicas' messages come in
   * @param doorPort where clients come in
   * @param priority breaks ties between equally good candidates; the greatest wins
   */
  public record Member(
      ReplicaId id, String host, int arteryPort, int linkPort, int doorPort, int priority) {}

  /**
   * How a leader stays one, and when it is doubted.
   *
   * @param tick how often the roles look at the time
   * @param heartbeat how often an idle leader has a no-op chosen
   * @param keepAlive how often an idle leader shows that it lives
   * @param leaderTimeout a leader that gets nothing chosen for that long stands down
   */
  public record Liveness(
      Duration tick,
      Duration heartbeat,
      Duration keepAlive,
      Duration suspect,
      Duration leaderTimeout) {}

  /**
   * The times of the token ring.
   *
   * @param hopTimeout a successor that has not acknowledged the token by then is skipped
   * @param pingInterval how often each replica tells the others that it is there
   * @param takeoverTime how long a nominated replica is waited for
   */
  public record Ring(Duration hopTimeout, Duration pingInterval, Duration takeoverTime) {}

  /**
   * The proposer's bounds.
   *
   * @param window slots that may be open at once
   * @param maxBatch bytes at which a batch takes no further command; one larger command goes alone
   * @param maxWaiting bytes of commands that may wait for a slot
   * @param retransmit what was not answered is sent again after this time
   * @param patience for so long a bare quorum is waited for before all replicas are pressed; zero:
   *     all always are
   */
  public record Proposing(
      int window, long maxBatch, long maxWaiting, Duration retransmit, Duration patience) {}

  /**
   * How linearizable reads are served.
   *
   * @param lease how long a leader that was confirmed may read without asking again; zero: it
   *     always asks
   * @param maxDriftPercent by how much the rates of two replicas' monotonic clocks may differ
   */
  public record Reads(Duration lease, int maxDriftPercent) {}

  /**
   * The bounds of what clients wait for.
   *
   * @param retry when a command that got no answer is sent again
   * @param commandTimeout when a client is told that the outcome is unknown
   * @param maxPending bytes of commands without an answer
   */
  public record Gateway(Duration retry, Duration commandTimeout, long maxPending) {}

  /**
   * The bounds of sessions that clients open.
   *
   * @param time a session ends that long after its last command
   * @param most sessions that may live at once
   */
  public record Sessions(Duration time, int most) {
    /** As the commands bear them that open sessions. */
    public SessionLimits limits() {
      return new SessionLimits(time.toMillis(), most);
    }
  }

  /**
   * The bounds of what replicas say to each other. Past one of them messages are lost, and sent
   * again.
   *
   * @param maxQueue bytes that wait for the network, to one peer
   * @param maxMailbox bytes of messages that wait for one role here
   * @param maxMessage bytes of commands in one message
   */
  public record Links(long maxQueue, long maxMailbox, long maxMessage) {}

  /**
   * The bounds of what a client may send.
   *
   * @param maxInFlight bytes of requests without an answer on one connection; past it, the door
   *     stops reading from there
   * @param maxMemory bytes of requests and answers on all connections; past half of it the door
   *     reads from a connection only while nothing is unanswered there, past all of it a large
   *     request is told BUSY
   * @param slowlogSlowerThan a command that takes longer is told by SLOWLOG and LATENCY, and a sync
   *     by LATENCY
   * @param monitor whether MONITOR may show a client what all others say
   */
  public record Door(
      long maxKey,
      long maxValue,
      long maxInFlight,
      long maxMemory,
      int maxConnections,
      Duration slowlogSlowerThan,
      boolean monitor) {}

  /**
   * A role that crashes more than {@code restarts} times {@code within} that time ends the process.
   */
  public record Supervision(int restarts, Duration within) {}

  /**
   * What an acceptor keeps of slots that are applied, for replicas that come back. Who was away for
   * longer gets the whole state.
   *
   * @param maxSlots slots, past which the oldest go
   * @param maxBytes bytes of batches, past which the oldest slots go
   */
  public record Log(int maxSlots, long maxBytes) {}

  /**
   * Where and how a replica keeps its state.
   *
   * @param sync whether the journal waits for the disk; without, a power cut loses promises
   * @param data where the replicas' data directories lie
   * @param own the data directory of the one replica that runs here, if it is given outright
   */
  public record Store(boolean sync, Path data, Optional<Path> own) {}

  /**
   * Reads {@code file}, or the one that {@code SYNOD_CONF} names.
   *
   * @throws BadSettings names every problem with file, line, key, what was found and what is
   *     allowed
   */
  public static Settings load(Path file, Map<String, String> environment) throws BadSettings {
    Path chosen = Optional.ofNullable(environment.get(CONF)).map(Path::of).orElse(file);
    try {
      Config config =
          ConfigFactory.parseFile(
                  chosen.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
              .resolve();
      return new SettingsReader(chosen, config, environment).settings();
    } catch (ConfigException e) {
      throw new BadSettings(List.of(withName(chosen.toFile(), e)));
    }
  }

  /**
   * Settings out of HOCON text.
   *
   * @throws BadSettings as {@link #load} does
   */
  public static Settings parse(String hocon, Map<String, String> environment) throws BadSettings {
    Path text = Path.of("(text)");
    try {
      Config config = ConfigFactory.parseString(hocon).resolve();
      return new SettingsReader(text, config, environment).settings();
    } catch (ConfigException e) {
      throw new BadSettings(List.of(withName(text.toFile(), e)));
    }
  }

  /** The configured replica of that id, if there is one. */
  public Optional<Member> member(ReplicaId id) {
    return replicas.stream().filter(member -> member.id().equals(id)).findFirst();
  }

  /** Where that replica keeps its data. */
  public Path dataOf(ReplicaId id) {
    return store.own().orElseGet(() -> store.data().resolve(id.toString()));
  }

  /** Every key in effect, one a line, durations and sizes with their units. */
  public String describe() {
    return effective.entrySet().stream()
        .map(entry -> entry.getKey() + " = " + entry.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static String withName(File file, ConfigException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains(file.getName()) ? message : file + ": " + message;
  }
}
