package synod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {

  @Test
  void numbersStandRightAndTextLeft() {
    Table table = new Table("slot", "what");
    table.add(List.of("7", "put a=1"));
    table.add(List.of("12345", "no-op"));

    assertEquals(List.of(" slot  what", "    7  put a=1", "12345  no-op"), table.lines(0));
  }

  @Test
  void theWidestColumnGivesWayFirst() {
    Table table = new Table("id", "text");
    table.add(List.of("1", "x".repeat(100)));

    assertEquals("1 " + "x".repeat(16) + "…", table.lines(20).get(1).strip());
  }

  @Test
  void aStatusFitsEightyColumnsAndKeepsItsNumbers() {
    Table table =
        new Table(
            "id",
            "state",
            "ballot",
            "promised",
            "chosen",
            "applied",
            "lag",
            "keys",
            "proposer",
            "acceptor",
            "learner",
            "elector");
    table.add(
        List.of(
            "1",
            "up *",
            "1234.1",
            "1234.1",
            "123456789",
            "123456789",
            "0",
            "100000",
            "leading +2",
            "ready +1",
            "catching-up",
            "suspecting"));

    List<String> lines = table.lines(80);

    assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines::toString);
    assertTrue(lines.get(1).contains("1234.1"), lines::toString);
    assertTrue(lines.get(1).contains("lead"), lines::toString);
  }

  @Test
  void noWidthIsTooSmall() {
    Table table = new Table("id", "state", "ballot");
    table.add(List.of("1", "leading", "12345.1"));

    for (int width = 1; width < 30; width++) {
      int bound = width;
      assertTrue(table.lines(width).stream().allMatch(line -> line.length() <= bound));
    }
  }
}
