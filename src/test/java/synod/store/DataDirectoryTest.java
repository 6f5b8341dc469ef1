package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.kv.Machine;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Life;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;

class DataDirectoryTest {
  private static final DataDirectory.Owner OWNER = Directories.OWNER;
  private static final Ballot BALLOT = new Ballot(4, OWNER.replica());

  private Path temporary;
  private Path path;
  private Path identity;

  @BeforeEach
  void name(@TempDir Path fresh) {
    temporary = fresh;
    path = temporary.resolve("deep/down/data");
    identity = path.resolve("identity");
  }

  @Test
  void tellsTheProcessesThatOpenedItApart() {
    Life first = life();
    Life second = life();
    Life third = life();

    assertEquals(first.directory(), second.directory());
    assertEquals(first.directory(), third.directory());
    assertTrue(second.incarnation() > first.incarnation());
    assertTrue(third.incarnation() > second.incarnation());
  }

  @Test
  void tellsTheProcessesOnItsCopiesApart() {
    Life before = life();
    Path copy = Directories.copy(path, temporary.resolve("copy"));
    Life here = life();
    path = copy;
    Life there = life();

    assertTrue(here.incarnation() > before.incarnation());
    assertTrue(there.incarnation() > here.incarnation());
  }

  @Test
  void knowsAKilledProcessToo() {
    try (DataDirectory killed = DataDirectory.open(path, OWNER)) {
      Path copy = Directories.copy(path, temporary.resolve("killed"));

      try (DataDirectory next = DataDirectory.open(copy, OWNER)) {
        assertEquals(List.of(killed.life().incarnation()), next.journal().lineage().earlier());
      }
    }
  }

  @Test
  void holdsJournalAndStateAcrossProcesses() {
    try (DataDirectory data = DataDirectory.open(path, OWNER)) {
      data.journal().promise(BALLOT);
      data.journal().sync();
      Machine.open(data.state()).apply(1, Batch.noOp(5), false);
    }

    try (DataDirectory data = DataDirectory.open(path, OWNER)) {
      assertEquals(BALLOT, data.journal().promised());
      assertEquals(1, Machine.open(data.state()).applied());
    }
  }

  @Test
  void refusesASecondOpenerAndForgetsIt() {
    Life opened;
    try (DataDirectory first = DataDirectory.open(path, OWNER)) {
      assertTrue(refusal(OWNER).contains("is in use"));

      first.journal().promise(BALLOT);
      first.journal().sync();
      opened = first.life();
    }
    assertEquals(List.of(opened.incarnation()), earlier());
  }

  @Test
  void refusesAnotherReplicasDirectoryAndLeavesItToItsOwner() {
    Life before = life();

    String refusal = refusal(new DataDirectory.Owner("synod", new ReplicaId(4)));

    assertTrue(refusal.contains("of replica 3, this is replica 4"), refusal);
    assertEquals(List.of(before.incarnation()), earlier());
  }

  @Test
  void refusesALaterFormat() throws IOException {
    DataDirectory.open(path, OWNER).close();
    String lines = Files.readString(identity).replaceAll("checksum=.*\n", "");

    write(lines.replace("format=3", "format=4") + "colour=unheard of\n");

    assertTrue(refusal(OWNER).contains("has format 4, this version of Synod knows 3"));
  }

  @Test
  void refusesADamagedIdentity() throws IOException {
    DataDirectory.open(path, OWNER).close();
    byte[] whole = Files.readAllBytes(identity);

    for (int i = 0; i < whole.length; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= 4;
      Files.write(identity, bytes);
      assertTrue(refusal(OWNER).contains("is damaged"), "byte " + i);
    }
    Files.write(identity, new byte[0]);
    assertTrue(refusal(OWNER).contains("is damaged"));
  }

  @Test
  void refusesAStoreThatHasLostItsIdentity() throws IOException {
    DataDirectory.open(path, OWNER).close();
    Files.delete(identity);

    assertTrue(refusal(OWNER).contains("no file named identity"));
  }

  @Test
  void anIdentityHalfWrittenLeavesTheOldOne() throws IOException {
    Life before = life();
    Files.writeString(path.resolve("identity.new"), "This direc");

    assertEquals(List.of(before.incarnation()), earlier());
    assertFalse(Files.exists(path.resolve("identity.new")));
  }

  @Test
  void closedTwiceItIsClosedOnceAndWhatItHandedOutRefuses() {
    DataDirectory data = DataDirectory.open(path, OWNER);

    data.close();
    data.close();

    assertThrows(StoreException.class, () -> data.journal().promise(BALLOT));
    assertThrows(StoreException.class, () -> Machine.open(data.state()));
  }

  @Test
  void whatCannotBeOpenedHoldsNoLock() throws IOException {
    DataDirectory.open(path, OWNER).close();
    Path current = path.resolve("state/1/CURRENT");
    byte[] whole = Files.readAllBytes(current);

    Files.writeString(current, "no manifest\n");
    assertTrue(refusal(OWNER).contains("cannot open " + path.resolve("state/1")));

    Files.write(current, whole);
    DataDirectory.open(path, OWNER).close();
  }

  /** Of a process that opens it and closes it again. */
  private Life life() {
    try (DataDirectory data = DataDirectory.open(path, OWNER)) {
      return data.life();
    }
  }

  private List<Long> earlier() {
    try (DataDirectory data = DataDirectory.open(path, OWNER)) {
      return data.journal().lineage().earlier();
    }
  }

  private String refusal(DataDirectory.Owner owner) {
    StoreException refusal =
        assertThrows(StoreException.class, () -> DataDirectory.open(path, owner));
    return String.valueOf(refusal.getMessage());
  }

  private void write(String lines) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(identity, lines + String.format("checksum=%08x%n", crc.getValue()));
  }
}
