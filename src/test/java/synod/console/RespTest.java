package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RespTest {
  private static final int PATIENCE_MS = 10_000;

  private static Reply answered(String wire) throws IOException {
    try (TinyDoor door = new TinyDoor(words -> wire);
        Resp resp = new Resp(door.address(1), PATIENCE_MS)) {
      return resp.call(List.of("ASK"));
    }
  }

  @Test
  void readsEveryKindOfAnswer() throws IOException {
    assertEquals(new Reply.Text("OK"), answered("+OK\r\n"));
    assertEquals(new Reply.Failure("ERR no"), answered("-ERR no\r\n"));
    assertEquals(new Reply.Whole(-7), answered(":-7\r\n"));
    assertEquals(new Reply.Nil(), answered("$-1\r\n"));
    assertEquals(new Reply.Nil(), answered("*-1\r\n"));
    assertEquals(new Reply.Text(""), answered("$0\r\n\r\n"));
    assertEquals(new Reply.Text("a\r\n\u00ff"), answered("$4\r\na\r\n\u00ff\r\n"));
    assertEquals(
        new Reply.Items(List.of(new Reply.Whole(1), new Reply.Items(List.of()))),
        answered("*2\r\n:1\r\n*0\r\n"));
  }

  @Test
  void sendsWordsByteForByte() throws IOException {
    try (TinyDoor door = new TinyDoor(words -> "+OK\r\n");
        Resp resp = new Resp(door.address(1), PATIENCE_MS)) {
      resp.call(List.of("SET", "a b", "\u0000\r\n\u00ff"));

      assertEquals(List.of(List.of("SET", "a b", "\u0000\r\n\u00ff")), door.requests());
    }
  }

  @Test
  void pairsBecomeFieldsInTheirOrder() throws IOException {
    Reply reply = answered("*4\r\n$2\r\nid\r\n$1\r\n2\r\n$6\r\nleader\r\n$0\r\n\r\n");

    assertEquals(Map.of("id", "2", "leader", ""), reply.fields());
    assertEquals(List.of("id", "leader"), List.copyOf(reply.fields().keySet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?\r\n",
        "HTTP/1.1 400\r\n",
        ":x\r\n",
        "$999999999999\r\n",
        "$2\r\nabcd",
        "+OK\rx"
      })
  void whatIsNoAnswerIsAnError(String wire) {
    assertThrows(IOException.class, () -> answered(wire));
  }

  @Test
  void aConnectionThatEndsIsAnError() {
    assertThrows(IOException.class, () -> answered(""));
  }
}
