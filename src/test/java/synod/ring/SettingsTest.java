package synod.ring;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.paxos.Invariant;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;
import synod.ring.ElectorSettings.Backoff;
import synod.ring.ElectorSettings.Detection;
import synod.ring.ElectorSettings.Lap;

class SettingsTest {
  private static final ReplicaId ONE = new ReplicaId(1);
  private static final ReplicaId TWO = new ReplicaId(2);
  private static final ReplicaId THREE = new ReplicaId(3);
  private static final List<ReplicaId> ALL = List.of(ONE, TWO, THREE);

  static List<Executable> wrong() {
    return List.of(
        () -> new Detection(0, 500, 100),
        () -> new Detection(100, 500, 0),
        () -> new Detection(167, 500, 100),
        () -> new Detection(100, 500, 251),
        () -> new Lap(0, 500),
        () -> new Lap(100, 0),
        () -> new Backoff(0, 250),
        () -> new Backoff(251, 250),
        () -> Ring.of(List.of(ONE, TWO, ONE)),
        () -> new Ring(ALL, new TreeMap<>(), new Quorums(1, 2)),
        () -> Ring.of(List.of(ONE, TWO)).after(THREE));
  }

  /** Each by as little as can be. */
  @ParameterizedTest
  @MethodSource("wrong")
  void whatCannotWorkIsRefused(Executable making) {
    assertThrows(Invariant.Violation.class, making);
  }

  static List<Executable> right() {
    return List.of(
        () -> new Detection(1, 500, 1),
        () -> new Detection(100, 300, 150),
        () -> new Lap(1, 1),
        () -> new Backoff(1, 1),
        () -> Ring.of(List.of(ONE)),
        () -> new Ring(ALL, new TreeMap<>(), new Quorums(2, 2)));
  }

  @ParameterizedTest
  @MethodSource("right")
  void whatJustWorksIsNot(Executable making) {
    assertDoesNotThrow(making);
  }
}
