package synod.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
  @TempDir Path directory = Path.of("");

  private List<Operation> read(String text) throws IOException, HistoryFile.BadHistory {
    return HistoryFile.read(Files.writeString(directory.resolve("history"), text), new KeyValues());
  }

  @Test
  void holdsWhateverAValueHolds() throws IOException, HistoryFile.BadHistory {
    Operation answered =
        new Operation(1, "c 1", List.of("MSET", "%", "", "ä\n -", "b"), 5, Optional.of("$x y"), 7);
    Operation unknown =
        new Operation(2, "c2", List.of("GET", "a"), 6, Optional.empty(), Operation.NEVER);

    assertEquals(
        List.of(answered, unknown), read(HistoryFile.line(answered) + HistoryFile.line(unknown)));
  }

  @Test
  void leavesOutWhatWasNotDoneAndWhatIsForPeople() throws IOException, HistoryFile.BadHistory {
    assertEquals(List.of(), read("# people\n\n1 2 c not-done - SET a 1\n"));
  }

  @Test
  void saysWhichLineIsNone() {
    for (String bad :
        List.of(
            "1 2 c ok OK",
            "1 2 c perhaps OK SET a 1",
            "x 2 c ok OK SET a 1",
            "3 2 c ok OK SET a 1",
            "1 2 c ok OK SET a 1%",
            "1 2 c ok OK SET a %zz",
            "1 2 c ok OK FLY a",
            "1 2 c ok :1 INCR",
            "1 2 c ok OK SET a 1 NX",
            "1 2 c ok :1 INCRBY a b",
            "1 2 c ok OK MSET a 1 b")) {
      HistoryFile.BadHistory e =
          assertThrows(HistoryFile.BadHistory.class, () -> read("# first\n" + bad + "\n"), bad);
      assertTrue(String.valueOf(e.getMessage()).contains("history:2: "), e::toString);
    }
  }
}
