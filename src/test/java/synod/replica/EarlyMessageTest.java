package synod.replica;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/** A replica hears its peers a while before its roles live. */
class EarlyMessageTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              akka.actor.provider = remote
              akka.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }
              akka.remote.artery.advanced.compression {
                actor-refs.advertisement-interval = 200 ms
              }
              """)
          .withFallback(ConfigFactory.parseResources(AkkaSettings.class, "replica.conf"))
          .withFallback(ConfigFactory.load());

  /** Five times the interval after which a receiver has told how it wants to be written to. */
  private static final long LONG_ENOUGH = TimeUnit.SECONDS.toNanos(1);

  private final ActorTestKit here = ActorTestKit.create("early", CONFIG);
  private final ActorTestKit there = ActorTestKit.create("early", CONFIG);

  @AfterEach
  void stop() {
    here.shutdownTestKit();
    there.shutdownTestKit();
  }

  @Test
  void oneThatComesBeforeItsRoleLivesDoesNotCostAllThatComeAfter() {
    TestProbe<Envelope<Message.Ping>> probe = there.createTestProbe();
    spawn("other", probe);
    ActorRef<Envelope<Message.Ping>> late = byPath("late");
    late.tell(ping(1));
    byPath("other").tell(ping(2));
    probe.expectMessage(ping(2));

    spawn("late", probe);

    long began = System.nanoTime();
    for (int n = 3; System.nanoTime() - began < LONG_ENOUGH; n++) {
      late.tell(ping(n));
      probe.expectMessage(ping(n));
    }
  }

  private void spawn(String name, TestProbe<Envelope<Message.Ping>> probe) {
    there.spawn(
        Behaviors.<Envelope<Message.Ping>>receiveMessage(
            message -> {
              probe.ref().tell(message);
              return Behaviors.same();
            }),
        name);
  }

  /** As peers' roles are known. */
  private ActorRef<Envelope<Message.Ping>> byPath(String name) {
    return ActorRefResolver.get(here.system())
        .resolveActorRef(there.system().address() + "/user/" + name);
  }

  private static Envelope<Message.Ping> ping(long at) {
    return new Envelope<>(new ReplicaId(1), new ReplicaId(2), new Message.Ping(at));
  }
}
