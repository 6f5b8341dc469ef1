package synod.replica;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import synod.paxos.Ballot;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.testing.Samples;

/** Every message through the serializer that Artery uses. */
class WireTest {
  private static ActorSystem<Void> system;
  private static Serialization serialization;

  @BeforeAll
  static void start() {
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "wire",
            ConfigFactory.parseString("akka.actor.provider = local")
                .withFallback(ConfigFactory.parseResources(AkkaSettings.class, "replica.conf"))
                .withFallback(ConfigFactory.load()));
    serialization = SerializationExtension.get(system);
  }

  @AfterAll
  static void stop() {
    system.terminate();
  }

  @TestFactory
  Stream<DynamicTest> everyMessageComesBackAsItWent() {
    return messages()
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type.getSimpleName(),
                    () -> {
                      Envelope<?> sent =
                          new Envelope<>(new ReplicaId(1), new ReplicaId(5), Samples.of(type));

                      Object received = throughTheWire(sent);

                      assertEquals(sent, received);
                    }));
  }

  @Test
  void bytesTravelAsBytes() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    Message.Submit submit = new Message.Submit(Bytes.of(all));

    Envelope<?> received =
        (Envelope<?>) throughTheWire(new Envelope<>(new ReplicaId(1), new ReplicaId(2), submit));

    assertArrayEquals(all, ((Message.Submit) received.message()).commands().array());
  }

  /** A ballot that is not there must never be read as ballot 0. */
  @Test
  void aMissingFieldIsAnErrorAndNotAZero() {
    Envelope<?> envelope =
        new Envelope<>(
            new ReplicaId(1),
            new ReplicaId(2),
            new Message.Confirm(new Ballot(9, new ReplicaId(1)), 4));
    byte[] bytes = serialization.serialize(envelope).get();
    byte[] renamed = rename(bytes, "ballot", "Ballot");

    assertThrows(Exception.class, () -> serialization.deserialize(renamed, Envelope.class).get());
  }

  @Test
  void noMessageIsLarge() {
    int size = new WireCodec().encode(Samples.of(Message.Accept.class)).length;

    assertEquals(true, size < 60, "an accept of a small batch takes " + size + " bytes");
  }

  private static byte[] rename(byte[] bytes, String from, String to) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace(from, to);
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static Object throughTheWire(Object sent) {
    Serializer serializer = serialization.findSerializerFor(sent);
    assertEquals("JacksonCborSerializer", serializer.getClass().getSimpleName());
    return serialization.deserialize(serialization.serialize(sent).get(), sent.getClass()).get();
  }

  private static Stream<Class<?>> messages() {
    return Arrays.stream(Message.class.getPermittedSubclasses())
        .flatMap(group -> Arrays.stream(group.getPermittedSubclasses()));
  }
}
