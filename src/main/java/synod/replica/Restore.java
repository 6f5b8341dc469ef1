package synod.replica;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import synod.kv.StateSummary;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;
import synod.store.DataDirectory;
import synod.store.Restoration;

/**
 * Makes data directories of a backup, for all replicas of a configuration or for one, before any of
 * them runs: {@code CONFIGURATION-FILE BACKUP [REPLICA] [--cluster-id ID]}. What was restored is a
 * new cluster, whose replicas know each other by a number that is drawn here, or was for the first
 * of several machines.
 *
 * <p>Exit codes: 0, 2 for a wrong command line or configuration, 3 for a backup or a directory that
 * cannot be used; nothing has been restored then.
 */
public final class Restore {
  private static final int BAD_SETTINGS = 2;
  private static final int CANNOT_RESTORE = 3;
  private static final String CLUSTER_ID = "--cluster-id";

  private final Settings settings;
  private final Path backup;
  private final List<ReplicaId> replicas;
  private final long clusterId;

  private Restore(Settings settings, Path backup, List<ReplicaId> replicas, long clusterId) {
    this.settings = settings;
    this.backup = backup;
    this.replicas = replicas;
    this.clusterId = clusterId;
  }

  /** See {@link Restore}. */
  public static void main(String[] arguments) {
    try {
      System.out.println(of(arguments).run());
    } catch (BadSettings e) {
      end(BAD_SETTINGS, e);
    } catch (StoreException e) {
      end(CANNOT_RESTORE, e);
    }
  }

  private static void end(int code, Exception why) {
    System.err.println("synod: " + why.getMessage());
    System.exit(code);
  }

  private static Restore of(String[] arguments) throws BadSettings {
    List<String> words = new ArrayList<>(List.of(arguments));
    OptionalLong given = clusterId(words);
    if (words.size() < 2 || words.size() > 3) {
      throw new BadSettings(List.of("usage: restore BACKUP [REPLICA] [--cluster-id ID]"));
    }
    Settings settings = Settings.load(Path.of(words.get(0)), System.getenv());
    List<ReplicaId> all = settings.replicas().stream().map(Settings.Member::id).toList();
    Optional<String> one = words.stream().skip(2).findFirst();
    List<ReplicaId> wanted =
        all.stream().filter(id -> one.isEmpty() || id.toString().equals(one.get())).toList();
    if (wanted.isEmpty()) {
      throw new BadSettings(
          List.of("no replica " + one.orElse("") + " is configured: one of " + all));
    }
    Path backup = Path.of(words.get(1)).toAbsolutePath().normalize();
    return new Restore(settings, backup, wanted, given.orElseGet(Restore::draw));
  }

  /** Takes the option out of the words. */
  private static OptionalLong clusterId(List<String> words) throws BadSettings {
    int at = words.indexOf(CLUSTER_ID);
    if (at < 0) {
      return OptionalLong.empty();
    }
    String id = at + 1 < words.size() ? words.get(at + 1) : "";
    if (!id.matches("[0-9a-f]{16}") || id.equals("0".repeat(16))) {
      throw new BadSettings(
          List.of(CLUSTER_ID + " takes the 16 digits that the first restore has printed"));
    }
    words.subList(at, at + 2).clear();
    return OptionalLong.of(Long.parseUnsignedLong(id, 16));
  }

  private static long draw() {
    long drawn = new SecureRandom().nextLong();
    return drawn == 0 ? 1 : drawn;
  }

  /** All directories are made before the first gets its name. */
  private String run() {
    replicas.forEach(id -> Restoration.refuseWhatIsNotEmpty(settings.dataOf(id)));
    Restoration restoration = Restoration.of(backup);
    replicas.forEach(
        id ->
            restoration.prepare(
                settings.dataOf(id), new DataDirectory.Owner(settings.cluster(), id), clusterId));
    replicas.forEach(id -> Restoration.finish(settings.dataOf(id)));
    StateSummary state = restoration.state();
    return String.format(
        "restored slot %d, %d keys, digest %016x, for replica %s%ncluster-id %016x%s",
        state.applied(),
        state.keys(),
        state.wholeDigest(),
        String.join(", ", replicas.stream().map(ReplicaId::toString).toList()),
        clusterId,
        replicas.size() == settings.replicas().size()
            ? ""
            : ": restore the other replicas with " + CLUSTER_ID + " and this number");
  }
}
