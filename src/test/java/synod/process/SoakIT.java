package synod.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import synod.check.Checker;
import synod.check.HistoryFile;
import synod.check.KeyValues;
import synod.check.Verdict;

/**
 * Mixed load through all doors, with a role crashed each second and a process killed each twenty.
 * What clients see of keys that they share is recorded, in {@code target/history}, and checked.
 * {@code -Dsoak.seconds=3600} makes an hour of it, {@code -Dsoak.seed=N} the same choices again.
 */
class SoakIT {
  private static final int SECONDS = Integer.getInteger("soak.seconds", 30);
  private static final long SEED = Long.getLong("soak.seed", System.nanoTime());
  private static final int CLIENTS = 5;
  private static final int SHARING = 4;

  private final SoakLedger ledger = new SoakLedger();

  @Test
  void nothingIsLostAndNothingIsDoubled(@TempDir Path directory)
      throws IOException, HistoryFile.BadHistory {
    System.out.println("soak: " + SECONDS + " s, seed " + SEED);
    try (Processes processes = new Processes()) {
      processes.startIn(directory);
      Trouble trouble = new Trouble(processes, new Random(SEED));
      List<SoakClient> clients = clients(processes);
      Path history = Path.of(System.getProperty("synod.home", "."), "target", "history");

      List<Thread> threads = new ArrayList<>(clients.stream().map(SoakIT::start).toList());
      try (Recorder recorder = new Recorder(history)) {
        sharing(processes, recorder).forEach(client -> threads.add(start(client)));
        makeTrouble(processes, trouble, threads);
      }

      System.out.println("soak: " + ledger.summary() + "; " + trouble.summary());
      assertEquals(List.of(), ledger.faults());
      assertTrue(ledger.done.sum() > 10L * SECONDS, ledger::summary);
      clients.forEach(client -> client.tallies().forEach(tally -> isThere(processes, tally)));
      ConsoleRun verify = ConsoleRun.of(processes, "verify");
      System.out.println(verify.output());
      assertEquals(0, verify.exitCode(), () -> verify.output() + processes.lastLines());
      assertEquals(List.of(), trouble.faults());
      KeyValues model = new KeyValues();
      Verdict verdict = new Checker<>(model).check(HistoryFile.read(history, model));
      System.out.println("soak: " + history + ": " + verdict);
      assertInstanceOf(Verdict.Linearizable.class, verdict);
    }
  }

  private void makeTrouble(Processes processes, Trouble trouble, List<Thread> threads) {
    try {
      trouble.run(SECONDS);
      Processes.ALL.forEach(processes::awaitServing);
    } finally {
      ledger.end();
      Threads.join(threads);
    }
  }

  private List<SharedClient> sharing(Processes processes, Recorder recorder) {
    SplittableRandom chance = new SplittableRandom(~SEED);
    AtomicLong commands = new AtomicLong();
    List<SharedClient> clients = new ArrayList<>();
    for (int i = 0; i < SHARING; i++) {
      clients.add(new SharedClient("s" + i, processes, ledger, recorder, commands, chance.split()));
    }
    return clients;
  }

  private List<SoakClient> clients(Processes processes) {
    SplittableRandom chance = new SplittableRandom(SEED);
    List<SoakClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new SoakClient("c" + i, new Doorways(processes), ledger, chance.split()));
    }
    return clients;
  }

  private static Thread start(Runnable client) {
    Thread thread = new Thread(client, "soak-client");
    thread.start();
    return thread;
  }

  /** Through every door. */
  private static void isThere(Processes processes, Tally tally) {
    for (int id : Processes.ALL) {
      try (Jedis door = processes.connect(id)) {
        long found = tally.read(door);
        assertTrue(tally.fits(found), () -> "replica " + id + " has " + found + " of " + tally);
      }
    }
  }
}
