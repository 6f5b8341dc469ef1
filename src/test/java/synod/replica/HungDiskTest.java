package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Role;

/** A disk that does not answer any more is as good as a dead replica, and must not lead. */
class HungDiskTest {
  private final AtomicInteger hung = new AtomicInteger();
  private final CountDownLatch mended = new CountDownLatch(1);

  @Test
  void aLeaderWhoseDiskHangsLosesTheLeadership() {
    try (TestCluster cluster = TestCluster.of(5, this::hooks)) {
      int leader = cluster.awaitLeader();
      cluster.put(leader, "a", "1");
      List<Integer> others = cluster.alive().stream().filter(id -> id != leader).toList();

      hung.set(leader);

      int next = cluster.awaitLeader(others);
      cluster.put(next, "b", "2");
      mended.countDown();
      hung.set(0);
      assertEquals(Optional.of("2"), cluster.get(leader, "b"));
      cluster.awaitEqualStores();
    }
  }

  private Wiring.Hooks hooks(int replica) {
    return new Wiring.Hooks() {
      @Override
      public <M extends Message> Role<M> role(RoleName name, Role<M> role) {
        return name == RoleName.ACCEPTOR ? new Hanging<>(replica, role) : role;
      }
    };
  }

  /** Waits where the acceptor of the hung replica would wait for its disk. */
  private final class Hanging<M extends Message> implements Role<M> {
    private final int replica;
    private final Role<M> inner;

    Hanging(int replica, Role<M> inner) {
      this.replica = replica;
      this.inner = inner;
    }

    @Override
    public void start(long now, Outbox outbox) {
      inner.start(now, outbox);
    }

    @Override
    public void receive(Envelope<M> envelope, Outbox outbox) {
      if (hung.get() == replica) {
        waitUntilMended();
      }
      inner.receive(envelope, outbox);
    }

    @Override
    public void tick(long now, Outbox outbox) {
      inner.tick(now, outbox);
    }

    private void waitUntilMended() {
      try {
        mended.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
