package synod;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.door.Door;
import synod.door.DoorException;
import synod.door.DoorLimits;
import synod.door.DoorSettings;
import synod.door.Watching;
import synod.link.LinkException;
import synod.link.Loop;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;
import synod.replica.BadSettings;
import synod.replica.RunningReplica;
import synod.replica.Settings;

/**
 * Runs one replica with its door until it is told to end: {@code Main CONFIGURATION-FILE ID}.
 *
 * <p>Exit codes: 143 after a TERM signal (the JVM adds 128 to its number), 1 when the replica
 * cannot go on, 2 for a wrong command line or configuration, 3 for a data directory or a port that
 * cannot be used.
 */
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);
  private static final int LONGEST_END_SECONDS = 15;
  private static final int TERMINATED = 143;

  private Main() {}

  /** Why the process ends by itself. */
  private enum Exit {
    CANNOT_GO_ON(1),
    BAD_SETTINGS(2),
    CANNOT_START(3);

    private final int code;

    Exit(int code) {
      this.code = code;
    }
  }

  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      end(Exit.BAD_SETTINGS, "usage: synod.Main CONFIGURATION-FILE REPLICA-ID");
    }
    try {
      Settings settings = Settings.load(Path.of(arguments[0]), System.getenv());
      serve(settings, member(settings, arguments[1]));
    } catch (BadSettings e) {
      end(Exit.BAD_SETTINGS, String.valueOf(e.getMessage()));
    } catch (StoreException | LinkException | DoorException e) {
      end(Exit.CANNOT_START, String.valueOf(e.getMessage()));
    } catch (Exception e) {
      // Also a checked one: Akka throws those undeclared, and its threads would outlive this one.
      LOG.debug("cannot start", e);
      end(Exit.CANNOT_START, "cannot start: " + innermost(e));
    }
  }

  private static String innermost(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return Optional.ofNullable(cause.getMessage()).orElse(cause.toString());
  }

  private static Settings.Member member(Settings settings, String id) {
    Optional<Settings.Member> member =
        id.matches("[0-9]{1,9}")
            ? settings.member(new ReplicaId(Integer.parseInt(id)))
            : Optional.empty();
    if (member.isEmpty()) {
      String ids = settings.replicas().stream().map(m -> m.id().toString()).toList().toString();
      end(Exit.BAD_SETTINGS, "no replica " + id + " is configured: choose one of " + ids);
    }
    return member.orElseThrow();
  }

  private static void serve(Settings settings, Settings.Member self) {
    LOG.info("settings in effect:\n{}", settings.describe());
    AtomicReference<String> why = new AtomicReference<>("");
    Loop loop = Loop.start("loop");
    RunningReplica replica =
        RunningReplica.open(
            settings,
            self.id(),
            loop,
            reason -> {
              String whole = "replica " + self.id() + ": " + reason;
              if (why.compareAndSet("", whole)) {
                endSoon(whole);
              }
            });
    Door door = open(settings, self, loop, replica);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> close(door, replica, loop, why), "synod-shutdown"));
    LOG.info("replica {} takes clients on {}:{}", self.id(), self.host(), door.port());
  }

  /** Why the process ends is said behind all that closing has to say. */
  private static void close(
      Door door, RunningReplica replica, Loop loop, AtomicReference<String> why) {
    haltLater(TERMINATED, "");
    try {
      door.close();
      replica.close();
      loop.close();
    } catch (RuntimeException e) {
      LOG.warn("while closing: {}", innermost(e));
    }
    say(String.valueOf(why.get()));
  }

  /**
   * A thread that is stuck in a failing disk must not keep the process from its end. When this one
   * comes into play the data is as a kill leaves it, which is safe.
   */
  private static void haltLater(int code, String why) {
    CompletableFuture.delayedExecutor(LONGEST_END_SECONDS, TimeUnit.SECONDS)
        .execute(
            () -> {
              say(why);
              Runtime.getRuntime().halt(code);
            });
  }

  private static void say(String why) {
    if (!why.isEmpty()) {
      System.err.println("synod: " + why);
    }
  }

  private static Door open(
      Settings settings, Settings.Member self, Loop loop, RunningReplica replica) {
    try {
      return Door.open(doorSettings(settings, self), loop, replica);
    } catch (DoorException e) {
      replica.close();
      throw e;
    }
  }

  private static DoorSettings doorSettings(Settings settings, Settings.Member self) {
    Settings.Door door = settings.door();
    DoorLimits defaults = DoorLimits.DEFAULTS;
    return new DoorSettings(
        self.host(),
        self.doorPort(),
        new DoorLimits(
            Math.toIntExact(door.maxKey()),
            Math.toIntExact(door.maxValue()),
            Math.toIntExact(door.maxInFlight()),
            door.maxMemory(),
            defaults.maxElements(),
            door.maxConnections(),
            defaults.stallLimit(),
            defaults.idleLimit()),
        new Watching(door.slowlogSlowerThan(), door.monitor()));
  }

  /**
   * Called on a thread of the replica, which the shutdown waits for: so from a thread of its own.
   */
  private static void endSoon(String why) {
    LOG.error("{}", why);
    haltLater(Exit.CANNOT_GO_ON.code, why);
    new Thread(() -> System.exit(Exit.CANNOT_GO_ON.code), "synod-end").start();
  }

  private static void end(Exit exit, String why) {
    LOG.error("{}", why);
    say(why);
    haltLater(exit.code, "");
    System.exit(exit.code);
  }
}
