package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.exceptions.JedisException;

/** The power goes for all five at once: what was not synced is gone, on every disk. */
class PowerCutIT {
  private static final int MEBIBYTES = 768;
  private static final int ENOUGH = 500;
  private static final int SNAPSHOTS = 5;

  private final Processes processes = new Processes();

  @Test
  void nothingAcknowledgedIsLost(@TempDir Path directory) {
    try (Disk disk = Disk.ext4(directory.resolve("disk"), MEBIBYTES);
        processes) {
      Processes.ALL.forEach(id -> processes.keep(id, disk.path().resolve("replica-" + id)));
      processes.startIn(directory, Away.SHORT_LOG);

      cutUnderLoad(disk);
      cutWhileSnapshotsAreMade(disk);
    }
  }

  private void cutUnderLoad(Disk disk) {
    try (Bursts bursts = new Bursts(processes, "load", Processes.ALL)) {
      bursts.awaitMore(ENOUGH);

      cutThePower(disk);

      assertWhole(bursts);
    }
  }

  private void cutWhileSnapshotsAreMade(Disk disk) {
    try (Bursts bursts = new Bursts(processes, "snapshots", Processes.ALL);
        Snapshots snapshots = new Snapshots()) {
      bursts.awaitMore(ENOUGH);
      snapshots.awaitSome();

      cutThePower(disk);

      assertWhole(bursts);
    }
  }

  private void cutThePower(Disk disk) {
    disk.cut();
    processes.killAllAtOnce();
    disk.again();
    Processes.ALL.forEach(processes::start);
    Processes.ALL.forEach(processes::awaitServing);
  }

  private void assertWhole(Bursts bursts) {
    bursts.awaitMore(1);
    bursts.endWithNothingLost();
    Stores.areEqual(processes);
    ConsoleRun verify = ConsoleRun.of(processes, "verify");
    assertEquals(0, verify.exitCode(), verify::output);
  }

  /** Has every replica make one snapshot after the other, until the power is gone. */
  private final class Snapshots implements AutoCloseable {
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicInteger made = new AtomicInteger();
    private final Thread thread = new Thread(this::make, "snapshots");

    private Snapshots() {
      thread.start();
    }

    private void make() {
      try {
        while (!ending.get()) {
          Processes.ALL.forEach(id -> processes.synod(id, "SNAPSHOT"));
          made.incrementAndGet();
        }
      } catch (JedisException powerless) {
        ending.set(true);
      }
    }

    private void awaitSome() {
      Await.until("snapshots", () -> made.get() >= SNAPSHOTS, processes::lastLines);
    }

    @Override
    public void close() {
      ending.set(true);
    }
  }
}
