package synod.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class RequestsTest {
  private static String written(ByteBuffer[] request) {
    StringBuilder text = new StringBuilder();
    for (ByteBuffer part : request) {
      text.append(US_ASCII.decode(part));
    }
    return text.toString();
  }

  @Test
  void areThoseOfRedisWithTheKeysName() {
    Requests requests = new Requests(Requests.value(3));
    String value = written(new ByteBuffer[] {Requests.value(3)});

    String put = written(requests.put(42));
    String get = written(requests.get(9999));
    String again = written(requests.put(0));

    String head = "*3\r\n$3\r\nSET\r\n$16\r\nsynod:load:";
    assertEquals(head + "00042\r\n$3\r\n" + value, put);
    assertEquals("*2\r\n$3\r\nGET\r\n$16\r\nsynod:load:09999\r\n", get);
    assertEquals(head + "00000\r\n$3\r\n" + value, again);
    assertTrue(value.matches("[0-z]{3}\r\n"), value);
  }

  @Test
  void aKeyHasOneName() {
    assertEquals("synod:load:00042", Keys.name(42));
    assertEquals("synod:load:09999", Keys.name(9999));
  }
}
