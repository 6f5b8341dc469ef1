package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import synod.load.Kind;
import synod.load.Plan;

final class LoadWordsTest {
  private static Plan plan(String... words) throws CommandFailed {
    return LoadWords.plan(List.of(words));
  }

  private static String complaint(String... words) {
    return assertThrows(CommandFailed.class, () -> plan(words)).getMessage();
  }

  @Test
  void whatIsNotSaidHasADefault() throws CommandFailed {
    assertEquals(new Plan(Kind.PUT, 16, 10, 100), plan("put"));
    assertEquals(new Plan(Kind.GET, 64, 10, 100), plan("GET", "64"));
    assertEquals(new Plan(Kind.MIX, 1024, 3600, 100), plan("mix", "1024", "3600"));
  }

  @Test
  void aSizeIsInBytesKibOrMib() throws CommandFailed {
    assertEquals(1, plan("put", "1", "1", "1").valueBytes());
    assertEquals(1_048_576, plan("put", "1", "1", "1048576B").valueBytes());
    assertEquals(4096, plan("put", "1", "1", "4KiB").valueBytes());
    assertEquals(4096, plan("put", "1", "1", "4kib").valueBytes());
    assertEquals(1_048_576, plan("put", "1", "1", "1MiB").valueBytes());
  }

  @Test
  void whatIsNotAllowedIsAnsweredWithWhatIs() {
    assertEquals(
        "a load is put, get or mix, not 'push'; such as: load put 64 10 1KiB", complaint("push"));
    for (String number : List.of("0", "-1", "1025", "many", "", "1.5", "99999999999")) {
      assertEquals(
          "clients: a whole number from 1 to 1024 is allowed, not '" + number + "'",
          complaint("put", number));
    }
    for (String number : List.of("0", "-1", "3601", "10s")) {
      assertEquals(
          "seconds: a whole number from 1 to 3600 is allowed, not '" + number + "'",
          complaint("put", "16", number));
    }
    for (String size :
        List.of("0", "-1", "9GB", "2MiB", "1048577", "KiB", "4 KiB", "999999999MiB")) {
      assertEquals(
          "size: from 1 to 1048576 bytes are allowed, such as 100, 4KiB or 1MiB, not '"
              + size
              + "'",
          complaint("put", "16", "10", size));
    }
  }
}
