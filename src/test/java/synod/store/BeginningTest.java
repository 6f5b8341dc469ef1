package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.Ballot;
import synod.paxos.Life;
import synod.paxos.Lineage;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.paxos.StoreException;

/** Which directories open, as what, and which are refused in which words. */
class BeginningTest {
  private static final Ballot BALLOT = new Ballot(4, new ReplicaId(2));
  private static final Standing FRESH = Standing.of(Standing.Kind.FRESH);
  private static final Standing VOTING = Standing.of(Standing.Kind.VOTING);
  private static final Standing RETURNING = Standing.of(Standing.Kind.RETURNING);

  private Path path;
  private Path temporary;

  @BeforeEach
  void name(@TempDir Path fresh) {
    temporary = fresh;
    path = temporary.resolve("data");
  }

  private Standing standing(Path at) {
    try (DataDirectory data = DataDirectory.open(at, Directories.OWNER)) {
      assertEquals(List.of(), data.notes());
      return data.journal().standing();
    }
  }

  private String refusal(Path at, DataDirectory.Owner owner) {
    StoreException refusal =
        assertThrows(StoreException.class, () -> DataDirectory.open(at, owner));
    return String.valueOf(refusal.getMessage());
  }

  private Life vote() {
    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      data.journal().stand(VOTING);
      data.journal().promise(BALLOT);
      data.journal().sync();
      return data.life();
    }
  }

  @Test
  void aNewOneIsFreshUntilItIsToldOtherwise() {
    assertEquals(FRESH, standing(path));
    assertEquals(FRESH, standing(path));
    vote();
    assertEquals(RETURNING, standing(path));
    assertEquals(RETURNING, standing(path));
  }

  @Test
  void twoNewOnesDifferAndTheLaterOneHasNotFewerIncarnations() {
    Life first = vote();
    path = temporary.resolve("wiped and made anew");
    Life second = vote();

    assertTrue(first.directory() != second.directory());
    assertTrue(second.incarnation() >= first.incarnation());
    assertTrue(first.incarnation() > 20_000_000_000L, "ms since the beginning of 2026");
  }

  /** What is there grows step by step; the process may die behind each. */
  @Test
  void diesAtAnyMomentOfItsFirstOpeningAndStartsFresh() throws IOException {
    DataDirectory.open(path, Directories.OWNER).close();
    Path half = temporary.resolve("half");
    List<String> steps =
        List.of("lock", "identity.new", "identity", "fence.1", "fence.2", "journal/LOCK");

    for (int step = 0; step < steps.size(); step++) {
      for (boolean whole : new boolean[] {false, true}) {
        Files.createDirectories(half.resolve("journal"));
        if (step < 5) {
          Files.delete(half.resolve("journal"));
        }
        for (String file : steps.subList(0, step + 1)) {
          boolean last = file.equals(steps.get(step)) && !file.equals("identity");
          write(half.resolve(file), last && !whole);
        }
        assertEquals(FRESH, standing(half), steps.get(step));
        Directories.delete(half);
      }
    }
  }

  private void write(Path to, boolean empty) throws IOException {
    Path from = path.resolve(to.getFileName().toString().replace(".new", ""));
    Files.write(to, empty || !Files.exists(from) ? new byte[0] : Files.readAllBytes(from));
  }

  @Test
  void refusesAnotherClustersDirectory() {
    vote();

    String refusal = refusal(path, new DataDirectory.Owner("other", Directories.OWNER.replica()));

    assertTrue(refusal.contains("belongs to the cluster synod"), refusal);
    assertTrue(refusal.contains("says cluster = other"), refusal);
  }

  @Test
  void refusesAStoreWithoutAWholeFenceAndSaysWhatToDo() throws IOException {
    vote();
    for (Path copy : FenceFiles.in(path)) {
      Files.write(copy, new byte[Marks.SIZE]);
    }

    String refusal = refusal(path, Directories.OWNER);

    assertTrue(refusal.contains("no whole copy of its fence"), refusal);
    assertTrue(refusal.contains("move the directory aside"), refusal);
  }

  @Test
  void refusesTheFenceOfAnotherDirectory() throws IOException {
    vote();
    Path first = path;
    path = temporary.resolve("other");
    vote();
    for (String copy : List.of("fence.1", "fence.2")) {
      Files.write(path.resolve(copy), Files.readAllBytes(first.resolve(copy)));
    }

    String refusal = refusal(path, Directories.OWNER);

    assertTrue(refusal.contains("identity of one directory and the fence of another"), refusal);
  }

  @Test
  void refusesAFenceWithoutAnIdentity() throws IOException {
    vote();
    Directories.delete(path.resolve("journal"));
    Directories.delete(path.resolve("state"));
    Files.delete(path.resolve("identity"));

    assertTrue(refusal(path, Directories.OWNER).contains("no file named identity"));
  }

  /** RocksDB would begin anew, and put the old logs on top. */
  @Test
  void refusesAStateWhoseFirstFileIsGone() throws IOException {
    vote();
    Files.delete(path.resolve("state/1/CURRENT"));
    Files.write(path.resolve("state/1/000100.log"), new byte[] {1});

    String refusal = refusal(path, Directories.OWNER);

    assertTrue(refusal.contains("holds data but no file named CURRENT"), refusal);
  }

  @Test
  void aDirectoryOfFormat1GetsAFenceAndReturns() throws IOException {
    Life before = vote();
    asFormat1(41);

    assertEquals(RETURNING, standing(path));

    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      List<Long> earlier = data.journal().lineage().earlier();
      assertEquals(41, earlier.get(0));
      assertEquals(2, earlier.size());
      assertEquals(BALLOT, data.journal().promised());
    }
    assertTrue(Files.readString(path.resolve("identity")).contains("\nformat=3\ncluster=synod\n"));
    Marks marks = FenceFiles.read(path).newest().orElseThrow();
    assertTrue(marks.ceiling().covers(BALLOT.round(), 0));
    assertEquals(BALLOT, marks.floor().promised());
    assertTrue(marks.directory() != before.directory());
  }

  @Test
  void anUpgradeThatDiedBehindTheFenceGoesOnWithIt() throws IOException {
    vote();
    asFormat1(41);
    assertEquals(RETURNING, standing(path));
    long directory = FenceFiles.read(path).newest().orElseThrow().directory();
    writeIdentity("Synod.\nformat=1\nreplica=3\nincarnation=41\n");

    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      assertEquals(directory, data.life().directory());
      assertEquals(List.of(41L), data.journal().lineage().earlier());
    }
  }

  private void asFormat1(long incarnation) throws IOException {
    for (Path copy : FenceFiles.in(path)) {
      Files.delete(copy);
    }
    writeIdentity("Synod.\nformat=1\nreplica=3\nincarnation=" + incarnation + "\n");
  }

  private void writeIdentity(String lines) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(
        path.resolve("identity"), lines + String.format("checksum=%08x\n", crc.getValue()));
  }

  /** Which lives there were before the last one was not written down then. */
  @Test
  void aDirectoryOfFormat2KnowsItsLastLife() throws IOException {
    for (boolean voted : new boolean[] {true, false}) {
      Life before = vote();
      if (!voted) {
        standing(path);
      }
      String directory = String.format("%016x", before.directory());
      writeIdentity(
          "Synod.\nformat=2\ncluster=synod\ncluster-id=00000000000000ff\nreplica=3\ndirectory="
              + directory
              + "\nincarnation=41\n");

      try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
        assertEquals(before.directory(), data.life().directory());
        assertEquals(List.of(41L), data.journal().lineage().earlier());
        assertTrue(data.life().incarnation() > 41);
        assertEquals(OptionalLong.of(255), data.clusterId());
        assertEquals(RETURNING, data.journal().standing());
      }
      Directories.delete(path);
    }
  }

  @Test
  void aDirectoryKnowsItsLivesSinceTheLastThatVoted() {
    long first = life(false);
    long second = life(false);
    Lineage neverVoted = lineage();
    long third = life(true);
    Lineage afterAVote = lineage();
    long fifth = lineage().life().incarnation();

    assertEquals(List.of(first, second), neverVoted.earlier());
    assertEquals(List.of(third), afterAVote.earlier());
    assertEquals(List.of(third, afterAVote.life().incarnation(), fifth), lineage().earlier());
  }

  private long life(boolean votes) {
    return votes ? vote().incarnation() : lineage().life().incarnation();
  }

  private Lineage lineage() {
    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      return data.journal().lineage();
    }
  }

  /** The fence has forgotten already that the last life voted, and the identity names it still. */
  @Test
  void aStartThatDiedBeforeItWasWrittenDownLosesNoLife() throws IOException {
    life(true);
    life(false);
    long last = life(true);
    byte[] identity = Files.readAllBytes(path.resolve("identity"));
    List<Long> known =
        new ArrayList<>(new IdentityFile(path).read().orElseThrow().lineage().earlier());
    life(false);
    Files.write(path.resolve("identity"), identity);

    known.add(last);
    assertEquals(known, lineage().earlier());
  }

  @Test
  void theClustersNumberIsWrittenOnceAndKept() {
    vote();
    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      assertEquals(OptionalLong.empty(), data.clusterId());
      data.found(-7);
      data.found(-7);
      assertEquals(OptionalLong.of(-7), data.clusterId());
      assertEquals(data.journal().lineage(), new IdentityFile(path).read().orElseThrow().lineage());
    }
    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      assertEquals(OptionalLong.of(-7), data.clusterId());
      StoreException refusal = assertThrows(StoreException.class, () -> data.found(8));
      assertTrue(String.valueOf(refusal.getMessage()).contains("fffffffffffffff9"));
    }
  }

  /** The bounds are in the journal, and the fence does not know it yet: they are written again. */
  @Test
  void aReadmissionThatDiedInTheMiddleIsDoneAgain() throws IOException {
    Standing readmitting = Standing.readmitting(BALLOT, 70);
    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      data.journal().stand(readmitting);
      Path before = Directories.copy(path, temporary.resolve("before"));
      data.journal().stand(VOTING);
      for (String copy : List.of("fence.1", "fence.2")) {
        Files.write(path.resolve(copy), Files.readAllBytes(before.resolve(copy)));
      }
    }

    try (DataDirectory data = DataDirectory.open(path, Directories.OWNER)) {
      assertEquals(readmitting, data.journal().standing());
      data.journal().stand(VOTING);
      assertEquals(BALLOT, data.journal().promised());
      assertEquals(70, data.journal().truncated());
    }
    assertEquals(RETURNING, standing(path));
  }
}
