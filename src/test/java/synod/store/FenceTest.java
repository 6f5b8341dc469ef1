package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.Ballot;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.paxos.StoreException;

class FenceTest {
  private static final Ballot BALLOT = new Ballot(7, new ReplicaId(2));
  private static final Standing VOTING = Standing.of(Standing.Kind.VOTING);
  private static final Floor FLOOR = new Floor(40, BALLOT, Ballot.NONE, 30);

  private final Closing closing = new Closing();
  private Path data;

  @BeforeEach
  void name(@TempDir Path fresh) {
    data = fresh;
  }

  @AfterEach
  void close() {
    closing.close();
  }

  private Fence open(Marks marks) {
    return closing.later(Fence.open(data, marks));
  }

  private Marks onDisk() {
    return FenceFiles.read(data).newest().orElseThrow();
  }

  private static List<Standing> everyStanding() {
    return List.of(
        Standing.of(Standing.Kind.FRESH),
        Standing.of(Standing.Kind.RETURNING),
        VOTING,
        Standing.of(Standing.Kind.QUARANTINED),
        Standing.readmitting(BALLOT, 70));
  }

  @Test
  void bothCopiesHoldEveryStandingWithFloorAndCeiling() throws IOException {
    for (Standing standing : everyStanding()) {
      Marks marks = new Marks(-5, 9, standing, FLOOR, new Ceiling(100, 10_000));
      open(marks);

      for (Path copy : FenceFiles.in(data)) {
        Marks read = Marks.decode(Files.readAllBytes(copy)).orElseThrow();
        assertEquals(marks, read.at(9));
      }
    }
  }

  @Test
  void aCopyWithAnyFlippedByteOrOfAnyOtherLengthIsDamaged() {
    byte[] whole = new Marks(1, 2, VOTING, FLOOR, Ceiling.NONE).encode().array();
    assertTrue(Marks.decode(whole).isPresent());

    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= 1;
      assertEquals(Optional.empty(), Marks.decode(flipped), "byte " + i);
      assertEquals(Optional.empty(), Marks.decode(Arrays.copyOf(whole, i)), "length " + i);
    }
    assertEquals(Optional.empty(), Marks.decode(Arrays.copyOf(whole, whole.length + 1)));
  }

  @Test
  void theCeilingIsInBothCopiesBeforeAnythingIsAbove() throws IOException {
    Fence fence = open(Marks.first(1, VOTING));

    for (long slot : new long[] {1, 2, 10_001, 10_002, 500_000}) {
      fence.admit(new Ballot(slot, BALLOT.replica()), slot);

      for (Path copy : FenceFiles.in(data)) {
        Ceiling ceiling = Marks.decode(Files.readAllBytes(copy)).orElseThrow().ceiling();
        assertTrue(ceiling.covers(slot, slot), slot + " above " + ceiling);
      }
    }
  }

  @Test
  void theCeilingRisesInStepsAndNothingIsWrittenBetween() {
    Fence fence = open(Marks.first(1, VOTING));
    fence.admit(BALLOT, 1);
    Marks before = onDisk();

    for (long slot = 2; slot <= 10_001; slot++) {
      fence.admit(BALLOT, slot);
    }

    assertEquals(before, onDisk());
    fence.admit(BALLOT, 10_002);
    assertEquals(before.sequence() + 2, onDisk().sequence());
  }

  @Test
  void theFloorIsThatOfTheLastSync() {
    Fence fence = open(Marks.first(1, VOTING));

    for (int i = 1; i <= 2_500; i++) {
      Floor floor = new Floor(i, BALLOT, BALLOT, i);
      fence.synced(floor);
      assertEquals(floor, onDisk().floor());
    }
  }

  @Test
  void aJournalThatLacksAnythingOfTheFloorHasLostIt() {
    Marks marks =
        new Marks(1, 0, Standing.of(Standing.Kind.RETURNING), FLOOR, new Ceiling(107, 10_030));
    Ballot lower = new Ballot(6, new ReplicaId(9));
    Standing all = Standing.repairing(new Ballot(107, new ReplicaId(Integer.MAX_VALUE)), 10_030);

    assertEquals(Optional.empty(), open(marks).compare(FLOOR, false));
    for (Floor found :
        List.of(
            new Floor(39, BALLOT, Ballot.NONE, 30),
            new Floor(40, lower, Ballot.NONE, 30),
            new Floor(40, BALLOT, Ballot.NONE, 29))) {
      Fence fence = open(marks);

      String note = fence.compare(found, false).orElseThrow();

      assertTrue(note.contains(found.toString()) && note.contains(FLOOR.toString()), note);
      assertEquals(all, fence.standing());
      assertEquals(all, onDisk().standing());
      assertEquals(found, onDisk().floor());
    }
  }

  /** Its own earlier bounds, or those of lives that this disk knows nothing of, hold on. */
  @Test
  void aLossMakesNobodyAVoterWhoWasNone() {
    Standing quarantined = Standing.of(Standing.Kind.QUARANTINED);
    Standing readmitting = Standing.readmitting(BALLOT, 70);

    assertEquals(quarantined, afterLoss(Standing.of(Standing.Kind.FRESH)));
    assertEquals(quarantined, afterLoss(quarantined));
    assertEquals(readmitting, afterLoss(readmitting));
  }

  private Standing afterLoss(Standing standing) {
    Fence fence = open(new Marks(1, 0, standing, FLOOR, new Ceiling(107, 10_030)));
    fence.compare(Floor.NONE, false);
    return fence.standing();
  }

  @Test
  void aJournalMadeAnewHasLostWhateverTheCeilingLetIn() {
    Standing returning = Standing.of(Standing.Kind.RETURNING);
    Marks unused = new Marks(1, 0, returning, Floor.NONE, Ceiling.NONE);

    assertEquals(Optional.empty(), open(unused).compare(Floor.NONE, true));
    assertEquals(
        Optional.empty(), open(unused.with(new Ceiling(100, 1))).compare(Floor.NONE, false));
    assertTrue(open(unused.with(new Ceiling(100, 1))).compare(Floor.NONE, true).isPresent());
  }

  /** Whoever stops between the two copies has not acted on either. */
  @Test
  void aCrashBetweenTheCopiesLeavesTheOldOrTheNewWhicheverIsRead() throws IOException {
    Fence fence = open(Marks.first(1, Standing.of(Standing.Kind.FRESH)));
    List<Path> copies = FenceFiles.in(data);
    byte[] first = Files.readAllBytes(copies.get(0));
    byte[] second = Files.readAllBytes(copies.get(1));
    fence.stand(VOTING);
    byte[] firstThen = Files.readAllBytes(copies.get(0));
    byte[] secondThen = Files.readAllBytes(copies.get(1));

    Files.write(copies.get(0), first);
    Standing mixed = onDisk().standing();
    Files.write(copies.get(0), firstThen);
    Files.write(copies.get(1), second);

    assertEquals(VOTING, mixed);
    assertEquals(VOTING, onDisk().standing());
    Files.write(copies.get(0), first);
    assertEquals(Standing.of(Standing.Kind.FRESH), onDisk().standing());
    Files.write(copies.get(1), secondThen);
    assertEquals(VOTING, onDisk().standing());
  }

  @Test
  void afterAFailureItRefusesEverything() {
    Fence fence = Fence.open(data, Marks.first(1, VOTING));
    fence.close();

    assertThrows(StoreException.class, () -> fence.stand(VOTING));
    assertThrows(StoreException.class, () -> fence.admit(Ballot.NONE, 0));
    assertThrows(StoreException.class, () -> fence.synced(Floor.NONE));
  }
}
