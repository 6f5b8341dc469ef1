package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.kv.Machine;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;

class DataDirectoryTest {
  private static final ReplicaId SELF = new ReplicaId(3);
  private static final Ballot BALLOT = new Ballot(4, SELF);

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
  void countsTheProcessesThatOpenedIt() {
    for (long incarnation = 1; incarnation <= 3; incarnation++) {
      try (DataDirectory data = DataDirectory.open(path, SELF)) {
        assertEquals(incarnation, data.incarnation());
      }
    }
  }

  @Test
  void countsAKilledProcessToo() {
    try (DataDirectory killed = DataDirectory.open(path, SELF)) {
      Path copy = Directories.copy(path, temporary.resolve("killed"));

      try (DataDirectory next = DataDirectory.open(copy, SELF)) {
        assertEquals(killed.incarnation() + 1, next.incarnation());
      }
    }
  }

  @Test
  void holdsJournalAndStateAcrossProcesses() {
    try (DataDirectory data = DataDirectory.open(path, SELF)) {
      data.journal().promise(BALLOT);
      data.journal().sync();
      Machine.open(data.state()).apply(1, Batch.noOp(5), false);
    }

    try (DataDirectory data = DataDirectory.open(path, SELF)) {
      assertEquals(BALLOT, data.journal().promised());
      assertEquals(1, Machine.open(data.state()).applied());
    }
  }

  @Test
  void refusesASecondOpenerAndCountsItNot() {
    try (DataDirectory first = DataDirectory.open(path, SELF)) {
      assertTrue(refusal(SELF).contains("is in use"));

      first.journal().promise(BALLOT);
      first.journal().sync();
    }
    try (DataDirectory next = DataDirectory.open(path, SELF)) {
      assertEquals(2, next.incarnation());
    }
  }

  @Test
  void refusesAnotherReplicasDirectoryAndLeavesItToItsOwner() {
    DataDirectory.open(path, SELF).close();

    String refusal = refusal(new ReplicaId(4));

    assertTrue(refusal.contains("of replica 3, this is replica 4"), refusal);
    try (DataDirectory data = DataDirectory.open(path, SELF)) {
      assertEquals(2, data.incarnation());
    }
  }

  @Test
  void refusesALaterFormat() throws IOException {
    DataDirectory.open(path, SELF).close();
    String lines = Files.readString(identity).replaceAll("checksum=.*\n", "");

    write(lines.replace("format=1", "format=2") + "cluster=unheard of\n");

    assertTrue(refusal(SELF).contains("has format 2, this version of Synod knows 1"));
  }

  @Test
  void refusesADamagedIdentity() throws IOException {
    DataDirectory.open(path, SELF).close();
    byte[] whole = Files.readAllBytes(identity);

    for (int i = 0; i < whole.length; i++) {
      byte[] bytes = whole.clone();
      bytes[i] ^= 4;
      Files.write(identity, bytes);
      assertTrue(refusal(SELF).contains("is damaged"), "byte " + i);
    }
    Files.write(identity, new byte[0]);
    assertTrue(refusal(SELF).contains("is damaged"));
  }

  @Test
  void refusesAStoreThatHasLostItsIdentity() throws IOException {
    DataDirectory.open(path, SELF).close();
    Files.delete(identity);

    assertTrue(refusal(SELF).contains("no file named identity"));
  }

  @Test
  void anIdentityHalfWrittenLeavesTheOldOne() throws IOException {
    DataDirectory.open(path, SELF).close();
    Files.writeString(path.resolve("identity.new"), "This direc");

    try (DataDirectory data = DataDirectory.open(path, SELF)) {
      assertEquals(2, data.incarnation());
    }
    assertFalse(Files.exists(path.resolve("identity.new")));
  }

  @Test
  void closedTwiceItIsClosedOnceAndWhatItHandedOutRefuses() {
    DataDirectory data = DataDirectory.open(path, SELF);

    data.close();
    data.close();

    assertThrows(StoreException.class, () -> data.journal().promise(BALLOT));
    assertThrows(StoreException.class, () -> Machine.open(data.state()));
  }

  @Test
  void whatCannotBeOpenedHoldsNoLock() throws IOException {
    DataDirectory.open(path, SELF).close();
    Path current = path.resolve("state/1/CURRENT");
    byte[] whole = Files.readAllBytes(current);

    Files.writeString(current, "no manifest\n");
    assertTrue(refusal(SELF).contains("cannot open " + path.resolve("state/1")));

    Files.write(current, whole);
    DataDirectory.open(path, SELF).close();
  }

  private String refusal(ReplicaId replica) {
    StoreException refusal =
        assertThrows(StoreException.class, () -> DataDirectory.open(path, replica));
    return String.valueOf(refusal.getMessage());
  }

  private void write(String lines) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
    Files.writeString(identity, lines + String.format("checksum=%08x%n", crc.getValue()));
  }
}
