package synod.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.kv.CommandRange;

class LinesTest {
  private static final Said SAID =
      new Said("accept", "proposer", "acceptor", "7.4", 12, "a\ttab, a \\ and\r\nlines");

  private static final List<CommandRange> COMMANDS =
      List.of(new CommandRange(1L << 40, 7, 9), new CommandRange(2L << 40, 1, 1));

  private static final List<Fact> FACTS =
      List.of(
          new Fact.Sent("1>2:a.7", 2, SAID),
          new Fact.Sent("1>2:a.8", 2, SAID.asking(COMMANDS)),
          new Fact.Received("1>2:a.7", 1, SAID),
          new Fact.Dropped("1>2:a.7", 1, SAID),
          new Fact.Lost("1>2:x", 2, SAID),
          new Fact.Happened("learner", "SlotChosen", "", 0, "\\t is no tab"),
          new Fact.Synced("acceptor", 412));

  @Test
  void everyFactComesBackAsItWentOnOneLine() {
    for (Fact fact : FACTS) {
      Entry entry = new Entry(3, 1L << 40, -5, fact);

      String line = Lines.write(entry);

      assertFalse(line.contains("\n") || line.contains("\r"), line);
      assertEquals(entry, Lines.parse(line));
      assertEquals(OptionalLong.empty(), Lines.dropped(line));
    }
    assertEquals(kinds(Fact.class).count(), FACTS.stream().map(Fact::getClass).distinct().count());
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(LinesTest::kinds)
        : Stream.of(type);
  }

  @Test
  void howManyAreMissingStandsOnALineOfItsOwn() {
    assertEquals(OptionalLong.of(12), Lines.dropped(Lines.dropped(12)));
  }

  @Test
  void whatIsNoEntryIsRefused() {
    for (String line :
        List.of(
            "",
            "1",
            "1\t2\t3",
            "1\t2\t3\tsynced\tacceptor",
            "x\t2\t3\tsynced\tacceptor\t1",
            "1\t2\t3\tsaid\tacceptor\t1",
            Lines.write(new Entry(1, 1, 1, FACTS.get(0))) + "\t")) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> Lines.parse(line), line);

      assertTrue(String.valueOf(refusal.getMessage()).startsWith("no entry of a trace"));
    }
  }
}
