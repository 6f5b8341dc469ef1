package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;

class CommandsTest {
  private static final long SESSION = new SessionId(new ReplicaId(3), 7).value();

  private final Random random = new Random(1);

  @Test
  void everyCommandComesBackAsItWentIn() {
    for (int i = 0; i < 2_000; i++) {
      Numbered numbered = anyCommand();

      Bytes bytes = Commands.encode(numbered.ticket(), numbered.command());

      assertEquals(List.of(numbered), Commands.decode(bytes));
    }
  }

  @Test
  void everyClassOfCommandIsAmongThem() {
    assertEquals(
        Set.of(Command.class.getPermittedSubclasses()),
        AnyCommand.ofEachClass(random).stream()
            .<Object>map(Command::getClass)
            .collect(Collectors.toSet()));
  }

  @Test
  void eachClassHasItsKindThatStandsInJournals() {
    List<Integer> kinds = new ArrayList<>();
    for (Command command : AnyCommand.ofEachClass(random)) {
      ByteReader reader = ByteReader.of(Commands.encode(anyTicket(), command)).readPart();
      kinds.add(reader.readByte());
    }

    assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), kinds);
  }

  @Test
  void aPayloadIsItsCommandsInARow() {
    List<Numbered> commands = List.of(anyCommand(), anyCommand(), anyCommand());

    Bytes payload = payload(commands);

    assertEquals(commands, Commands.decode(payload));
    assertEquals(3, Commands.count(payload));
  }

  @Test
  void numbersInARowAreOneRange() {
    long other = new SessionId(new ReplicaId(1), 2).value();
    Bytes payload =
        payload(
            List.of(
                numbered(SESSION, 7),
                numbered(SESSION, 8),
                numbered(other, 9),
                numbered(other, 11),
                numbered(SESSION, 9)));

    assertEquals(
        List.of(
            new CommandRange(SESSION, 7, 8),
            new CommandRange(other, 9, 9),
            new CommandRange(other, 11, 11),
            new CommandRange(SESSION, 9, 9)),
        Commands.ranges(payload));
  }

  private static Numbered numbered(long session, long number) {
    return new Numbered(new Ticket(session, number, 1), put("k", "v"));
  }

  @Test
  void rangesMeetWhereTheyHaveACommandInCommon() {
    CommandRange range = new CommandRange(SESSION, 5, 8);

    assertTrue(range.meets(new CommandRange(SESSION, 8, 12)));
    assertTrue(range.meets(new CommandRange(SESSION, 6, 6)));
    assertTrue(range.meets(new CommandRange(SESSION, 1, 99)));
    assertFalse(range.meets(new CommandRange(SESSION, 9, 12)));
    assertFalse(range.meets(new CommandRange(SESSION, 1, 4)));
    assertFalse(range.meets(new CommandRange(SESSION + 1, 5, 8)));
  }

  @Test
  void aNoOpHoldsNoCommands() {
    assertEquals(List.of(), Commands.ranges(Bytes.EMPTY));
    assertEquals(List.of(), Commands.decode(Bytes.EMPTY));
    assertEquals(0, Commands.count(Bytes.EMPTY));
    assertEquals("no-op", Commands.text(Bytes.EMPTY, 80));
  }

  @Test
  void keepsTheLayoutThatStandsInJournals() {
    Ticket ticket = new Ticket(0x0000_0300_0000_0007L, 300, 298);

    Bytes bytes = Commands.encode(ticket, put("k", "v"));

    byte[] layout = {17, 1, 0, 0, 3, 0, 0, 0, 0, 7, (byte) 0xac, 2, 2, 1, 1, 'k', 1, 'v'};
    assertEquals(Bytes.of(layout), bytes);
  }

  @Test
  void everyPayloadCutShortIsMalformed() {
    Bytes payload = Commands.encode(anyTicket(), put("key", "value"));

    for (int length = 1; length < payload.size(); length++) {
      Bytes cut = Bytes.of(Arrays.copyOf(payload.array(), length));
      assertThrows(Malformed.class, () -> Commands.decode(cut));
      assertThrows(Malformed.class, () -> Commands.count(cut));
      assertThrows(Malformed.class, () -> Commands.ranges(cut));
    }
  }

  /** Nothing but {@link Malformed}: no other exception, and no memory for what is announced. */
  @Test
  void noBytesDoWorseThanMalformed() {
    for (int i = 0; i < 100_000; i++) {
      Bytes bytes = damaged(payload(List.of(anyCommand(), anyCommand())));
      orMalformed(() -> Commands.decode(bytes));
      orMalformed(() -> Commands.count(bytes));
      orMalformed(() -> Commands.ranges(bytes));
      orMalformed(() -> Commands.text(bytes, 80));
      orMalformed(() -> Answers.decode(bytes));
    }
  }

  @Test
  void bytesBehindACommandInItsLengthAreMalformed() {
    byte[] layout = {18, 1, 0, 0, 3, 0, 0, 0, 0, 7, (byte) 0xac, 2, 2, 1, 1, 'k', 1, 'v', 0};

    assertThrows(Malformed.class, () -> Commands.decode(Bytes.of(layout)));
  }

  @Test
  void aSessionOfNoReplicaIsMalformed() {
    for (long session : new long[] {0, 7, -1, 3L << 40}) {
      Bytes bytes = Commands.encode(new Ticket(session, 1, 1), put("k", "v"));
      assertThrows(Malformed.class, () -> Commands.decode(bytes));
      assertThrows(Malformed.class, () -> Commands.ranges(bytes));
    }
  }

  @Test
  void aLineShowsWhatABatchDoes() {
    Bytes payload =
        payload(
            List.of(
                new Numbered(anyTicket(), put("a", "1", "b", "2")),
                new Numbered(anyTicket(), new Command.Delete(List.of(Bytes.utf8("c")))),
                new Numbered(anyTicket(), new Command.Add(Bytes.utf8("n"), -2)),
                new Numbered(
                    anyTicket(),
                    new Command.Set(
                        new Command.Entry(Bytes.utf8("s"), Bytes.utf8("v")),
                        new Guard.Version(0),
                        new Lifetime.For(50),
                        Command.Asked.WHETHER))));

    assertEquals(
        "put a=1 b=2, delete c, add n -2, set s=v if none for 50 ms", Commands.text(payload, 80));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 80})
  void aLineIsShortAndOneLineWhateverTheBytes(int width) {
    for (int i = 0; i < 1_000; i++) {
      String line = Commands.text(payload(List.of(anyCommand(), anyCommand())), width);

      assertTrue(line.length() <= width + 1, line);
      assertTrue(line.codePoints().noneMatch(Character::isISOControl), line);
    }
  }

  @Test
  void everyAnswerComesBackAsItWentIn() {
    List<Answer> answers =
        new ArrayList<>(List.of(new Answer.Done(), new Answer.Values(List.of())));
    for (long amount : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      answers.add(new Answer.Amount(amount));
    }
    answers.add(new Answer.Values(List.of(Optional.empty(), Optional.of(Bytes.EMPTY))));
    answers.add(new Answer.Values(List.of(Optional.of(anyBytes(300)))));

    for (Answer answer : answers) {
      assertEquals(answer, Answers.decode(Answers.encode(answer)));
    }
  }

  private static Command put(String... keysAndValues) {
    List<Command.Entry> entries = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.add(
          new Command.Entry(Bytes.utf8(keysAndValues[i]), Bytes.utf8(keysAndValues[i + 1])));
    }
    return new Command.Put(entries);
  }

  private static Bytes payload(List<Numbered> commands) {
    List<Byte> bytes = new ArrayList<>();
    for (Numbered numbered : commands) {
      for (byte each : Commands.encode(numbered.ticket(), numbered.command()).array()) {
        bytes.add(each);
      }
    }
    byte[] array = new byte[bytes.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = bytes.get(i);
    }
    return Bytes.of(array);
  }

  private Numbered anyCommand() {
    return new Numbered(anyTicket(), AnyCommand.of(random));
  }

  private Ticket anyTicket() {
    long number = 1 + (random.nextLong() >>> 1 >>> random.nextInt(62)) / 2;
    return new Ticket(SESSION, number, random.nextBoolean() ? number : number / 2);
  }

  private Bytes anyBytes(int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }

  private Bytes damaged(Bytes payload) {
    byte[] bytes = payload.array().clone();
    for (int i = 0; i <= random.nextInt(3); i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    return Bytes.of(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
  }

  private static void orMalformed(Runnable reading) {
    try {
      reading.run();
    } catch (Malformed e) {
      assertTrue(!String.valueOf(e.getMessage()).isEmpty());
    }
  }
}
