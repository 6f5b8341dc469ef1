package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import synod.paxos.ReplicaId;

class SessionIdTest {
  private static final int LAST_REPLICA = (1 << 23) - 1;
  private static final long LAST_INCARNATION = (1L << 40) - 1;

  /** The number stands in logs and on disks. */
  @Test
  void theReplicaStandsInTheUpperBits() {
    assertEquals(0x0000_0300_0000_0002L, id(3, 2).value());
    assertEquals(Long.MAX_VALUE, id(LAST_REPLICA, LAST_INCARNATION).value());
  }

  @Test
  void theNumberIsReadBackAsTheId() {
    for (int replica : new int[] {1, 2, 5, LAST_REPLICA}) {
      for (long incarnation : new long[] {1, 2, 1L << 32, LAST_INCARNATION}) {
        assertEquals(id(replica, incarnation), SessionId.of(id(replica, incarnation).value()));
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> id(0, 1));
    assertThrows(IllegalArgumentException.class, () -> id(LAST_REPLICA + 1, 1));
    assertThrows(IllegalArgumentException.class, () -> id(1, 0));
    assertThrows(IllegalArgumentException.class, () -> id(1, -1));
    assertThrows(IllegalArgumentException.class, () -> id(1, LAST_INCARNATION + 1));
  }

  @Test
  void aNumberThatIsNobodysIsRefused() {
    for (long number : new long[] {0, 1, LAST_INCARNATION, 1L << 40, -1, Long.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> SessionId.of(number), "" + number);
    }
  }

  private static SessionId id(int replica, long incarnation) {
    return new SessionId(new ReplicaId(replica), incarnation);
  }
}
