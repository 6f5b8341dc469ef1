package synod.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DoorFramesTest extends DoorFixture {

  @Test
  void readsARequestThatComesByteByByte() throws IOException {
    try (RawClient client = new RawClient(door)) {
      for (byte each : RawClient.frame("SET", "k", "v\r\nw").getBytes(StandardCharsets.US_ASCII)) {
        client.send(new byte[] {each});
      }

      assertEquals("+OK", client.reply());
      assertEquals("v\r\nw", client.call("get", "k").reply());
    }
  }

  @Test
  void carriesAValueOfTheGreatestSize() throws IOException {
    try (RawClient client = new RawClient(door)) {
      String value = "\r\n\0x".repeat(MIB / 4);

      assertEquals("+OK", client.call("SET", "k", value).reply());
      assertEquals(value, client.call("GET", "k").reply());
    }
  }

  @Test
  void refusesAGreaterValueAndLivesOn() throws IOException {
    try (RawClient client = new RawClient(door)) {
      client.call("SET", "k", "x".repeat(MIB + 1));

      assertEquals("-ERR argument of 1048577 bytes, at most 1048576 are stored", client.reply());
      assertEquals("nil", client.call("GET", "k").reply());
    }
  }

  @Test
  void refusesARequestThatIsTooLargeInAllAndLivesOn() throws IOException {
    try (RawClient client = new RawClient(door)) {
      String value = "x".repeat(MIB);

      client.call("MSET", "a", value, "b", value, "c", value, "d", value);

      assertEquals("-ERR request of more than 4194304 bytes, send it in parts", client.reply());
      assertEquals(":0", client.call("DBSIZE").reply());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DEL", "EXISTS", "MGET"})
  void refusesAKeyThatIsTooLong(String command) throws IOException {
    try (RawClient client = new RawClient(door)) {
      client.call(command, "k".repeat(65)).call(command, "k".repeat(64)).call("PING");

      assertEquals("-ERR key of 65 bytes, at most 64 are taken", client.reply());
      client.reply();
      assertEquals("+PONG", client.reply());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*1\\r\\n$4194305\\r\\n | invalid bulk length",
        "*1\\r\\n$-1\\r\\n | invalid bulk length",
        "*65\\r\\n | invalid multibulk length",
        "*1\\r\\n*1\\r\\n | expected '$', got '*'",
        "*1\\r\\nPING\\r\\n | expected '$', got 'P'",
        "$4\\r\\nPING\\r\\n | expected '*', got '$'",
        "*x\\r\\n | ''",
        "*11111111111111111111111111111111 | ''",
        "*1\\r\\n$4\\r\\nPINGxx | ''",
        "PING \"x\\r\\n | unbalanced quotes in request",
        "+OK\\r\\n | expected '*'",
        "Host: localhost\\r\\n | this is no web server",
      })
  void answersMalformedFramesWithAnErrorAndClosesThatConnectionAlone(String bytes, String why)
      throws IOException {
    try (RawClient broken = new RawClient(door);
        RawClient other = new RawClient(door)) {
      broken.call("PING").send(bytes.replace("\\r\\n", "\r\n"));

      assertEquals("+PONG", broken.reply());
      String error = broken.reply();
      assertTrue(error.startsWith("-ERR Protocol error: " + why), error);
      assertTrue(broken.isClosedByDoor());
      assertEquals("+PONG", other.call("PING").reply());
    }
  }

  @Test
  void doesNothingThatComesBehindAMalformedFrame() throws Exception {
    replica.hold();
    try (RawClient client = new RawClient(door)) {
      client.call("SET", "a", "1").send("*x\r\n");
      replica.awaitHeld(1);
      client.call("SET", "b", "1");
      replica.releaseAll();

      assertEquals("+OK", client.reply());
      assertTrue(client.reply().startsWith("-ERR Protocol error"));
      assertTrue(client.isClosedByDoor());
      assertEquals(1, replica.status().keys());
    }
  }

  @Test
  void takesLinesThatAPersonTypes() throws IOException {
    try (RawClient client = new RawClient(door)) {
      client.send("\nset a \"b\\n\\x41 c\"\r\n  get   a\nPI").send("NG\n*1\r\n$4\r\nPING\r\n");

      assertEquals("+OK", client.reply());
      assertEquals("b\nA c", client.reply());
      assertEquals("+PONG", client.reply());
      assertEquals("+PONG", client.reply());
    }
  }

  @Test
  void passesOverAnEmptyRequest() throws IOException {
    try (RawClient client = new RawClient(door)) {
      assertEquals("+PONG", client.send("*0\r\n*-1\r\n\r\n").call("PING").reply());
    }
  }

  @Test
  void sendsTheLastAnswerBeforeItClosesOnQuit() throws IOException {
    try (RawClient client = new RawClient(door)) {
      client.send(RawClient.frame("QUIT") + RawClient.frame("SET", "k", "v"));

      assertEquals("+OK", client.reply());
      assertTrue(client.isClosedByDoor());
      assertEquals(0, replica.status().keys());
    }
  }
}
