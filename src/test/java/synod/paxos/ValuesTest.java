package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.paxos.ProposerSettings.Sizes;
import synod.paxos.ProposerSettings.Timing;

/** What the words of the protocol may be at all, and how they read. */
class ValuesTest {
  private static final ReplicaId ONE = new ReplicaId(1);

  static List<Executable> impossible() {
    return List.of(
        () -> new ReplicaId(-1),
        () -> new Ballot(-1, ONE),
        () -> new Acceptance(0, ballot(1, 1), batch("a")),
        () -> new Life(0, 1),
        () -> new Life(7, 0),
        () -> new Snapshot(-1, 7, 0),
        () -> new Snapshot(0, 7, -1),
        () -> new LeaseSettings(-1, 10, () -> 0),
        () -> new LeaseSettings(300, -1, () -> 0),
        () -> new LeaseSettings(300, 100, () -> 0),
        () -> new Quorums(1, 0),
        () -> new Sizes(0, 8, 16),
        () -> new Sizes(ProposerSettings.MOST_OPEN + 1, 8, 16),
        () -> settings(new Quorums(1, 2)));
  }

  /** Each by as little as can be. */
  @ParameterizedTest
  @MethodSource("impossible")
  void whatCannotBeIsRefused(Executable making) {
    assertThrows(Invariant.Violation.class, making);
  }

  static List<Executable> possible() {
    return List.of(
        () -> new ReplicaId(0),
        () -> new Ballot(0, ONE),
        () -> new Acceptance(1, ballot(1, 1), batch("a")),
        () -> new Life(-7, 1),
        () -> new Snapshot(0, 7, 0),
        () -> new LeaseSettings(0, 0, () -> 0),
        () -> new LeaseSettings(300, 99, () -> 0),
        () -> new Quorums(1, 1),
        () -> new Sizes(1, 8, 16),
        () -> new Sizes(ProposerSettings.MOST_OPEN, 8, 16),
        () -> settings(new Quorums(2, 2)));
  }

  @ParameterizedTest
  @MethodSource("possible")
  void whatJustCanBeIsNot(Executable making) {
    assertDoesNotThrow(making);
  }

  private static ProposerSettings settings(Quorums quorums) {
    return new ProposerSettings(
        Ear.replicas(3), quorums, new Timing(100, 50, 500), new Sizes(2, 8, 16));
  }

  @Test
  void aSizeCountsWhatStandsBesideTheCommandsToo() {
    Batch batch = batch("abc");

    assertTrue(batch.size() > batch.commands().size());
    assertTrue(new Acceptance(1, ballot(1, 1), batch).size() > batch.size());
  }

  @Test
  void bytesAreEqualIfTheirContentIs() {
    Bytes abc = Bytes.utf8("abc");

    assertEquals(Bytes.utf8("abc"), abc);
    assertEquals(Bytes.utf8("abc").hashCode(), abc.hashCode());
    assertNotEquals(Bytes.utf8("abd"), abc);
    assertNotEquals(Bytes.utf8("abd").hashCode(), abc.hashCode());
  }

  @Test
  void shortBytesReadAsTextAndLongOnesAsTheirNumber() {
    assertEquals("x".repeat(32), Bytes.utf8("x".repeat(32)).toString());
    assertEquals("33 bytes", Bytes.utf8("x".repeat(33)).toString());
  }

  @Test
  void aStandingNamesItsSlotIfItHasOne() {
    assertEquals("voting", Standing.of(Standing.Kind.VOTING).toString());
    assertEquals("quarantined", Standing.of(Standing.Kind.QUARANTINED).toString());
    assertEquals("readmitting at slot 70", Standing.readmitting(ballot(3, 1), 70).toString());
    assertEquals("repairing at slot 80", Standing.repairing(ballot(3, 1), 80).toString());
  }

  @Test
  void anEnvelopeThatLeavesBearsTheNumberOfItsClusterAndIsElseTheSame() {
    Message.Ping ping = new Message.Ping(3);

    assertEquals(
        new Envelope<>(ONE, new ReplicaId(2), 99, ping),
        new Envelope<>(ONE, new ReplicaId(2), ping).of(99));
  }
}
