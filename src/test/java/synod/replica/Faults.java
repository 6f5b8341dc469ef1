package synod.replica;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Network;
import synod.paxos.Outbox;
import synod.paxos.Role;

/**
 * The faults that a test arms while replicas run: roles that crash at a kind of message, and
 * envelopes that are lost. Nothing happens while nothing is armed.
 */
final class Faults implements TestCluster.Hooks {
  private volatile Trap trap = new Trap(none -> false);
  private volatile Predicate<Envelope<?>> lost = envelope -> false;

  /**
   * On every replica the role that gets such a message crashes twice: at the first, before it has
   * taken it, and at the second, when it has, and what it says and what it wrote are not released.
   */
  Trap crashAt(Class<? extends Message> kind) {
    trap = new Trap(kind::isInstance);
    return trap;
  }

  /** Asked of every envelope that is sent, on the sender's thread: whether it is lost. */
  void lose(Predicate<Envelope<?>> which) {
    lost = which;
  }

  void disarm() {
    trap = new Trap(none -> false);
    lost = envelope -> false;
  }

  @Override
  public Wiring.Hooks of(int replica) {
    return new Wiring.Hooks() {
      @Override
      public Network network(Network links) {
        return envelope -> {
          if (!lost.test(envelope)) {
            links.send(envelope);
          }
        };
      }

      @Override
      public <M extends Message> Role<M> role(RoleName name, Role<M> role) {
        return new Fragile<>(replica, role);
      }
    };
  }

  /** Where roles crash; counts how often they did. */
  static final class Trap {
    private final Predicate<Message> at;
    private final Map<Integer, AtomicInteger> met = new ConcurrentHashMap<>();
    private final AtomicInteger before = new AtomicInteger();
    private final AtomicInteger after = new AtomicInteger();

    private Trap(Predicate<Message> at) {
      this.at = at;
    }

    boolean hasSprungBothWays() {
      return before.get() > 0 && after.get() > 0;
    }

    int crashes() {
      return before.get() + after.get();
    }

    private int meets(int replica, Message message) {
      return at.test(message)
          ? met.computeIfAbsent(replica, id -> new AtomicInteger()).incrementAndGet()
          : 0;
    }
  }

  private final class Fragile<M extends Message> implements Role<M> {
    private final int replica;
    private final Role<M> inner;

    Fragile(int replica, Role<M> inner) {
      this.replica = replica;
      this.inner = inner;
    }

    @Override
    public void start(long now, Outbox outbox) {
      inner.start(now, outbox);
    }

    @Override
    public void receive(Envelope<M> envelope, Outbox outbox) {
      Trap here = trap;
      int time = here.meets(replica, envelope.message());
      crashIf(time == 1, here.before);
      inner.receive(envelope, outbox);
      crashIf(time == 2, here.after);
    }

    private static void crashIf(boolean sprung, AtomicInteger count) {
      if (sprung) {
        count.incrementAndGet();
        throw new RoleActor.CrashedOnPurpose("crashed on purpose by a test");
      }
    }

    @Override
    public void tick(long now, Outbox outbox) {
      inner.tick(now, outbox);
    }
  }
}
