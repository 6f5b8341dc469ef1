package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import synod.replica.RoleName;

/**
 * The disk of one of five loses its power, fails, is full, or is read-only, each replica having one
 * of its own: the others go on, and it comes back with its vote. The five are started once; each
 * test leaves all of them running.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroubledDiskIT {
  private static final int MEBIBYTES = 128;
  private static final int ENOUGH = 100;
  private static final String LARGE = "l".repeat(256 << 10);
  private static final int SIGTERM_EXIT = 143;
  private static final int CANNOT_GO_ON = 1;
  private static final int CANNOT_START = 3;

  private final Processes processes = new Processes();
  private final Away away = new Away(processes);
  private final Map<Integer, Disk> disks = new TreeMap<>();

  @BeforeAll
  void start(@TempDir Path directory) {
    for (int id : Processes.ALL) {
      disks.put(id, Disk.ext4(directory.resolve("disk-" + id), MEBIBYTES));
      processes.keep(id, disk(id).path().resolve("data"));
    }
    processes.startIn(directory, Away.SHORT_LOG);
  }

  @AfterAll
  void leaveNone() {
    processes.close();
    disks.values().forEach(Disk::close);
  }

  @Test
  @Tag("long")
  void aPowerCutOfOneTakesNothingThatItHasSaid() {
    try (Bursts bursts = bursts("power")) {
      int one = away.aFollower();

      disk(one).cut();
      processes.process(one).kill();

      bursts.awaitMore(ENOUGH);
      disk(one).again();
      comesBack(one, bursts);
    }
  }

  @Test
  @Tag("long")
  void aDiskThatFailsUnderAFollowerEndsItAndNoOther() {
    failUnder(away.aFollower(), "follower");
  }

  @Test
  void aDiskThatFailsUnderTheLeaderEndsItAndNoOther() {
    failUnder(processes.awaitLeader(Processes.ALL), "leader");
  }

  private void failUnder(int one, String name) {
    try (Bursts bursts = bursts(name)) {
      disk(one).cut();

      assertEnds(CANNOT_GO_ON, one, "Input/output error");
      bursts.awaitMore(ENOUGH);
      disk(one).again();
      comesBack(one, bursts);
    }
  }

  @Test
  void aFullDiskEndsOneInOrderAndItComesBackOnceThereIsRoom() {
    try (Bursts bursts = bursts("full")) {
      int one = away.aFollower();
      int other = Away.others(one).get(0);

      disk(one).fill();
      Await.until(
          "replica " + one + " finds its disk full",
          () -> {
            processes.set(other, "large", LARGE);
            return !processes.process(one).isAlive();
          },
          processes::lastLines);
      assertEnds(CANNOT_GO_ON, one, "No space left on device");
      bursts.awaitMore(ENOUGH);

      disk(one).fill();
      processes.start(one);
      assertEnds(CANNOT_START, one, "No space left on device");

      disk(one).makeRoom();
      comesBack(one, bursts);
    }
  }

  @Test
  void aReadOnlyDiskIsRefused() {
    try (Bursts bursts = bursts("read-only")) {
      int one = away.aFollower();
      assertEquals(SIGTERM_EXIT, processes.process(one).terminate(), processes::lastLines);
      disk(one).readOnly();

      processes.start(one);

      assertEnds(
          CANNOT_START,
          one,
          "cannot lock " + processes.data(one).resolve("lock") + ": Read-only file system");
      disk(one).writable();
      comesBack(one, bursts);
    }
  }

  private Disk disk(int id) {
    return Optional.ofNullable(disks.get(id)).orElseThrow();
  }

  /** Returns when they are at work. */
  private Bursts bursts(String name) {
    Bursts bursts = new Bursts(processes, name, Processes.ALL);
    bursts.awaitMore(ENOUGH);
    return bursts;
  }

  private void assertEnds(int exitCode, int id, String reason) {
    ReplicaProcess process = processes.process(id);
    assertEquals(exitCode, process.exitCode(), process::lastLines);
    List<String> said = process.output();
    String last = said.get(said.size() - 1);
    assertTrue(last.startsWith("synod: ") && last.contains(reason), process::lastLines);
  }

  private void comesBack(int id, Bursts bursts) {
    processes.start(id);
    away.untilBack(id);
    Await.until(
        "replica " + id + " votes",
        () -> away.state(id, RoleName.ACCEPTOR).equals("voting"),
        processes::lastLines);
    bursts.endWithNothingLost();
    Stores.areEqual(processes);
  }
}
