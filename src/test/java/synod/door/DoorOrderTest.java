package synod.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import synod.kv.Outcome;

final class DoorOrderTest extends DoorFixture {

  @Test
  void answersInTheOrderOfRequestsThoughTheReplicaCallsBackInTheReverse() throws Exception {
    try (RawClient client = new RawClient(door)) {
      client.call("MSET", "a", "1", "b", "2", "c", "3").reply();
      replica.hold();
      client.call("GET", "a").call("GET", "b").call("PING").call("GET", "c");
      replica.awaitHeld(3);
      for (int i = 0; i < 3; i++) {
        replica.releaseNewest();
      }

      assertEquals("1", client.reply());
      assertEquals("2", client.reply());
      assertEquals("+PONG", client.reply());
      assertEquals("3", client.reply());
    }
  }

  @Test
  void startsAReadOnlyWhenTheWritesBeforeItAreAnswered() throws Exception {
    replica.hold();
    try (RawClient client = new RawClient(door);
        RawClient other = new RawClient(door)) {
      client.send(
          RawClient.frame("SET", "a", "1")
              + RawClient.frame("SET", "b", "1")
              + RawClient.frame("GET", "a")
              + RawClient.frame("SET", "a", "2"));
      replica.awaitHeld(2);
      other.call("PING").reply();

      assertEquals(2, replica.held());
      replica.releaseAll();
      assertEquals("+OK", client.reply());
      assertEquals("+OK", client.reply());
      assertEquals("1", client.reply());
      assertEquals("+OK", client.reply());
    }
  }

  @Test
  void anAnswerKeepsTheProtocolThatItsRequestWasMadeIn() throws Exception {
    replica.hold();
    try (RawClient client = new RawClient(door)) {
      client.send(
          RawClient.frame("GET", "a") + RawClient.frame("HELLO", "3") + RawClient.frame("PING"));
      replica.awaitHeld(1);
      replica.releaseAll();

      byte[] first = client.socket.getInputStream().readNBytes(6);
      assertEquals("$-1\r\n%", new String(first, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void pipelinesFarMoreThanItHoldsAtATime() throws Exception {
    int requests = 20_000;
    try (RawClient client = new RawClient(door)) {
      Thread writer = new Thread(() -> sendMany(client, requests));
      writer.start();

      for (int i = 0; i < requests; i++) {
        assertEquals(i % 2 == 0 ? "+OK" : Integer.toString(i - 1), client.reply());
      }
      writer.join();
    }
  }

  private static void sendMany(RawClient client, int requests) {
    try {
      for (int i = 0; i < requests; i += 2) {
        client.send(RawClient.frame("SET", "k", "" + i) + RawClient.frame("GET", "k"));
      }
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  @Test
  void stopsReadingFromAClientThatDoesNotTakeItsAnswers() throws Exception {
    try (RawClient deaf = new RawClient(door);
        RawClient other = new RawClient(door)) {
      other.call("SET", "k", "x".repeat(MIB)).reply();
      for (int i = 0; i < 200; i++) {
        deaf.call("GET", "k");
      }

      assertEquals("+PONG", other.call("PING").reply());
      for (int i = 0; i < 200; i++) {
        assertEquals(MIB, deaf.reply().length());
      }
    }
  }

  @Test
  void saysBusyWhereTheReplicaIsOverloaded() throws IOException {
    replica.endWith(new Outcome.NotDone("BUSY too much is waiting"));
    try (RawClient client = new RawClient(door)) {
      assertEquals("-BUSY too much is waiting", client.call("SET", "k", "v").reply());
    }
  }

  @Test
  void saysErrWhereItWasNotDoneForAnotherReason() throws IOException {
    replica.endWith(new Outcome.NotDone("no quorum\r\n+OK"));
    try (RawClient client = new RawClient(door)) {
      assertEquals("-ERR no quorum  +OK", client.call("GET", "k").reply());
    }
  }

  @Test
  void neverSaysFailedWhereTheOutcomeIsUnknown() throws IOException {
    replica.endWith(new Outcome.Unknown(5, 17, "the leader was lost"));
    try (RawClient client = new RawClient(door)) {
      assertEquals(
          "-UNKNOWN session=5 number=17 the leader was lost", client.call("DEL", "k").reply());
    }
  }

  @Test
  void anAnswerForAClientThatHasGoneHarmsNobody() throws Exception {
    replica.hold();
    try (RawClient gone = new RawClient(door)) {
      gone.call("SET", "k", "v");
      replica.awaitHeld(1);
    }
    replica.releaseAll();
    try (RawClient client = new RawClient(door)) {
      assertEquals("v", client.call("GET", "k").reply());
    }
  }
}
