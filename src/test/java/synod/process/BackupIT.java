package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.kv.Machine;
import synod.kv.StateSummary;
import synod.paxos.ReplicaId;
import synod.store.DataDirectory;
import synod.store.Restoration;

/** A store that is lost as a whole comes back from the backup that was made while it served. */
class BackupIT {
  private static final int CANNOT_RESTORE = 3;
  private static final int ENOUGH = 200;

  private final Processes processes = new Processes();

  @AfterEach
  void leaveNone() {
    processes.close();
  }

  @Test
  void aBackupUnderLoadIsRestoredIntoANewClusterOfFive(@TempDir Path directory) throws IOException {
    processes.startIn(directory);
    Map<String, String> before = new TreeMap<>();
    for (int i = 0; i < ENOUGH; i++) {
      before.put("before" + i, "value" + i);
      processes.set(2, "before" + i, "value" + i);
    }
    Path backup = directory.resolve("backup");
    Map<String, String> made = new TreeMap<>();
    long began = System.nanoTime();
    try (Writers writers = new Writers(processes, "w")) {
      Await.until("puts go on", () -> writers.successesSince(began) > 0, processes::lastLines);
      made.putAll(backUp(2, backup));
      writers.end();
      assertEquals(List.of(), writers.failures());
    }
    processes.killAllAtOnce();

    Path damaged = damagedCopy(backup, directory.resolve("damaged"));
    for (int id : Processes.ALL) {
      Files.move(processes.data(id), directory.resolve("lost-" + id));
    }
    assertEquals(CANNOT_RESTORE, restored(1, damaged));
    assertTrue(!Files.exists(processes.data(1)));
    for (int id : Processes.ALL) {
      assertEquals(0, restored(id, backup));
    }
    assertEquals(CANNOT_RESTORE, restored(1, backup));
    Processes.ALL.forEach(processes::start);
    Processes.ALL.forEach(processes::awaitServing);

    Stores.holdAll(processes, before);
    Stores.areEqual(processes);
    assertEquals(made.get("keys"), String.valueOf(processes.status(3).keys()));
    processes.killAllAtOnce();
    holdsTheSameKeys(Restoration.of(backup).state(), made, processes.data(3));
  }

  /** Sessions come and go also where nobody writes, and so they are left out. */
  private static void holdsTheSameKeys(StateSummary state, Map<String, String> made, Path data) {
    assertEquals(made.get("digest"), String.format("%016x", state.wholeDigest()));
    DataDirectory.Owner owner = new DataDirectory.Owner("synod", new ReplicaId(3));
    try (DataDirectory directory = DataDirectory.open(data, owner)) {
      StateSummary later = Machine.open(directory.state()).summary();
      assertTrue(later.applied() > state.applied());
      assertEquals(state.digest(), later.digest());
    }
  }

  private Map<String, String> backUp(int id, Path to) {
    List<?> answer = (List<?>) processes.synod(id, "BACKUP", to.toString());
    Map<String, String> fields = new TreeMap<>();
    for (int i = 0; i < answer.size(); i += 2) {
      fields.put(text(answer.get(i)), text(answer.get(i + 1)));
    }
    return fields;
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, UTF_8);
  }

  private int restored(int id, Path backup) {
    try (ReplicaProcess process =
        ReplicaProcess.restore(processes.conf(), id, processes.data(id), backup)) {
      return process.exitCode();
    }
  }

  /** With one flipped bit in its largest file. */
  private static Path damagedCopy(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolve("state"));
    Files.copy(from.resolve("header"), to.resolve("header"));
    try (Stream<Path> files = Files.list(from.resolve("state"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve("state").resolve(String.valueOf(file.getFileName())));
      }
    }
    try (Stream<Path> files = Files.list(to.resolve("state"))) {
      Path largest = files.max(Comparator.comparing(file -> file.toFile().length())).orElseThrow();
      byte[] bytes = Files.readAllBytes(largest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(largest, bytes);
    }
    return to;
  }
}
