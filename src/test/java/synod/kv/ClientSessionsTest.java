package synod.kv;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static synod.kv.SessionLog.LIMITS;
import static synod.kv.SessionLog.add;
import static synod.kv.SessionLog.alive;
import static synod.kv.SessionLog.refusal;
import static synod.kv.SessionLog.was;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import synod.kv.SessionAnswer.Reason;
import synod.kv.StateStore.Table;
import synod.paxos.Bytes;

/** Rule 16 for the sessions that clients open: a number takes effect once, at whatever time. */
class ClientSessionsTest {
  private static final Answer ONE = new Answer.Amount(1);
  private static final Answer TWO = new Answer.Amount(2);

  private final SessionLog log = new SessionLog();

  /**
   * In a session 5 has added one to a key, 7 is sealed, and the client has acknowledged what is
   * below 3. Session 9 never was. Then comes an addition under a number: what does it get, and what
   * is then the sum?
   */
  @ParameterizedTest(name = "session {0} number {1} key {2}: {3}, sum {4}")
  @CsvSource({
    "1, 5, a, ONE,           1", // a repeat
    "1, 5, b, OTHER_COMMAND, 1",
    "1, 6, a, TWO,           2", // new
    "1, 4, a, TWO,           2", // new, in whatever order
    "1, 3, a, TWO,           2",
    "1, 2, a, FORGOTTEN,     1",
    "1, 1, a, FORGOTTEN,     1",
    "1, 7, a, SEALED,        1",
    "1, 7, b, SEALED,        1",
    "1, 9, a, TWO,           2",
    "2, 5, a, TWO,           2", // another session
    "3, 5, a, EXPIRED,       1", // closed
    "9, 5, a, EXPIRED,       1",
    "0, 5, a, EXPIRED,       1",
  })
  void decidesByTheLogAlone(long session, long number, String key, String answer, long sum) {
    for (boolean reopened : new boolean[] {false, true}) {
      SessionLog fresh = prepared(reopened);

      Answer got = fresh.once(session, number, add(key));

      assertEquals(answer(answer), got);
      assertEquals(sum, fresh.count("a"));
      assertEquals(0, fresh.count("b"));
      assertEquals(got, fresh.once(session, number, add(key)), "a repeat");
      assertEquals(fresh.machine().recount(), fresh.machine().summary());
    }
  }

  /** As above; somebody asks what became of the number, and then comes the command. */
  @ParameterizedTest(name = "session {0} number {1}: {2}, then {3}")
  @CsvSource({
    "1, 5, DONE,      ONE,       1",
    "1, 6, SEALED,    SEALED,    1",
    "1, 3, SEALED,    SEALED,    1",
    "1, 2, FORGOTTEN, FORGOTTEN, 1",
    "1, 7, SEALED,    SEALED,    1",
    "3, 5, EXPIRED,   EXPIRED,   1",
    "9, 5, EXPIRED,   EXPIRED,   1",
  })
  void saysWhatBecameOfANumberAndThatStands(
      long session, long number, String fate, String answer, long sum) {
    for (boolean reopened : new boolean[] {false, true}) {
      SessionLog fresh = prepared(reopened);

      assertEquals(fate.equals("DONE") ? was(ONE) : answer(fate), fresh.fate(session, number));
      assertEquals(answer(answer), fresh.once(session, number, add("a")));
      assertEquals(fate.equals("DONE") ? was(ONE) : answer(fate), fresh.fate(session, number));
      assertEquals(sum, fresh.count("a"));
      assertEquals(fresh.machine().recount(), fresh.machine().summary());
    }
  }

  private static SessionLog prepared(boolean reopened) {
    SessionLog log = new SessionLog();
    long first = log.open();
    log.open();
    long closed = log.open();
    log.once(closed, 5, add("c"));
    log.ask(new SessionRequest.Close(closed));
    log.once(first, 2, add("c"));
    log.fate(first, 7);
    log.once(first, 5, 3, add("a"));
    if (reopened) {
      log.reopen();
    }
    return log;
  }

  private static Answer answer(String name) {
    return switch (name) {
      case "ONE" -> ONE;
      case "TWO" -> TWO;
      default -> refusal(Reason.valueOf(name));
    };
  }

  @Test
  void anIdIsGivenOnceAlsoAfterAReopening() {
    long first = log.open();
    log.ask(new SessionRequest.Close(first));
    log.reopen();
    long second = log.open();
    log.pass(LIMITS.timeMs() + 1);
    log.reopen();

    assertEquals(1, first);
    assertEquals(2, second);
    assertEquals(3, log.open());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSessionEndsWhenItsTimeHasPassedSinceItsLastCommand(boolean reopened) {
    long session = log.open();
    log.pass(LIMITS.timeMs());
    assertEquals(ONE, log.once(session, 1, add("a")));
    log.pass(LIMITS.timeMs());
    assertEquals(2, alive(log.ask(new SessionRequest.Resume(session))).next());
    log.pass(LIMITS.timeMs() + 1);
    if (reopened) {
      log.reopen();
    }

    assertEquals(refusal(Reason.EXPIRED), log.once(session, 1, add("a")));
    assertEquals(refusal(Reason.EXPIRED), log.ask(new SessionRequest.Resume(session)));
    assertEquals(refusal(Reason.EXPIRED), log.fate(session, 1));
    assertEquals(1, log.count("a"));
    assertEquals(0, log.size(Table.ANSWERS));
  }

  @Test
  void manyThatEndAtOnceAreOverAtOnceAndRemovedBitByBit() {
    SessionLimits many = new SessionLimits(1_000, 100);
    for (int i = 1; i <= 100; i++) {
      log.ask(new SessionRequest.Open(many));
    }
    assertEquals(refusal(Reason.TOO_MANY), log.ask(new SessionRequest.Open(many)));
    log.pass(1_001);

    assertEquals(refusal(Reason.EXPIRED), log.once(100, 1, add("a")));
    assertEquals(1 + 100 - ClientSessions.MOST_REMOVED, log.size(Table.CLIENTS));
    for (int slot = 0; slot < 20; slot++) {
      log.run(add("b"));
    }
    assertEquals(1, log.size(Table.CLIENTS), "the number of sessions that were opened stays");
    assertEquals(log.machine().recount(), log.machine().summary());
  }

  @Test
  void noMoreSessionsLiveThanMay() {
    for (int i = 0; i < LIMITS.most(); i++) {
      log.open();
    }
    assertEquals(refusal(Reason.TOO_MANY), log.ask(new SessionRequest.Open(LIMITS)));

    log.ask(new SessionRequest.Close(2));

    assertEquals(LIMITS.most() + 1, log.open());
  }

  @Test
  void pastItsBoundASessionForgetsTheLowestNumbersAndRefusesThem() {
    long session = log.open();
    int most = ClientSession.MOST_BYTES / (Kept.OVERHEAD + Answers.encode(ONE).size());
    for (int number = 1; number <= most + 10; number++) {
      assertEquals(ONE, log.once(session, number, add("k" + number)));
    }
    log.reopen();

    for (int number = 1; number <= most + 10; number++) {
      Answer expected = number <= 10 ? refusal(Reason.FORGOTTEN) : ONE;
      assertEquals(expected, log.once(session, number, add("k" + number)), "" + number);
      assertEquals(1, log.count("k" + number));
    }
    assertEquals(most, log.size(Table.ANSWERS));
    assertEquals(log.machine().recount(), log.machine().summary());
  }

  @Test
  void anAnswerThatIsTooLargeIsNotKeptButItsCommandIsNotRepeated() {
    long session = log.open();
    Bytes large = Bytes.of(new byte[Kept.LARGEST + 1]);
    Command take = new Command.Take(Bytes.utf8("a"));
    put("a", large);

    Answer first = log.once(session, 1, take);
    put("a", large);

    assertNotEquals(refusal(Reason.NOT_KEPT), first);
    assertEquals(refusal(Reason.NOT_KEPT), log.once(session, 1, take));
    assertEquals(refusal(Reason.NOT_KEPT), log.fate(session, 1));
    assertEquals(1, log.machine().summary().keys());
  }

  private void put(String key, Bytes value) {
    Command.Entry entry = new Command.Entry(Bytes.utf8(key), value);
    log.run(new Command.Put(java.util.List.of(entry)));
  }

  @Test
  void whatTheClientAcknowledgesIsForgotten() {
    long session = log.open();
    for (int number = 1; number <= 50; number++) {
      log.once(session, number, Math.max(0, number - 3), add("a"));
    }

    assertEquals(4, log.size(Table.ANSWERS));
    assertEquals(51, alive(log.ask(new SessionRequest.Resume(session))).next());
    assertEquals(50, log.count("a"));
  }

  @Test
  void aRefusalByTheStoreIsAnAnswerAsAnyOther() {
    long session = log.open();
    put("a", Bytes.utf8("no number"));

    Answer refused = log.once(session, 1, add("a"));
    put("a", Bytes.utf8("5"));

    assertEquals(Answer.Refused.class, refused.getClass());
    assertEquals(refused, log.once(session, 1, add("a")));
    assertEquals(was(refused), log.fate(session, 1));
    assertEquals(5, log.count("a"));
  }

  @Test
  void theDigestTellsSessionsApart() {
    SessionLog other = new SessionLog();
    log.open();
    other.open();
    assertEquals(other.machine().summary().sessions(), log.machine().summary().sessions());

    log.fate(1, 5);
    other.fate(1, 6);

    assertNotEquals(other.machine().summary().sessions(), log.machine().summary().sessions());
    assertEquals(other.machine().summary().digest(), log.machine().summary().digest());
  }

  @Test
  void aUseIsRememberedAcrossAReopening() {
    long session = log.open();
    log.pass(LIMITS.timeMs());
    log.ask(new SessionRequest.Resume(session));
    log.reopen();
    log.pass(LIMITS.timeMs());

    assertEquals(ONE, log.once(session, 1, add("a")));
  }

  /** Of numbers that never came: nothing that is kept goes with it. */
  @Test
  void anAcknowledgementIsRememberedAcrossAReopening() {
    long session = log.open();
    log.once(session, 5, 3, add("a"));
    log.reopen();

    assertEquals(refusal(Reason.FORGOTTEN), log.once(session, 2, add("a")));
  }

  /** Takes a value of 125 bytes, so that 256 bytes are counted for its answer. */
  private Answer take(long session, long number) {
    put("a", Bytes.of(new byte[125]));
    return log.once(session, number, new Command.Take(Bytes.utf8("a")));
  }

  @Test
  void whatIsKeptMayBeAsLargeAsTheBoundAndNoLargerAlsoAfterAReopening() {
    long session = log.open();
    int most = ClientSession.MOST_BYTES / 256;
    for (int number = 1; number <= most; number++) {
      take(session, number);
    }
    assertEquals(most, log.size(Table.ANSWERS));
    log.reopen();

    take(session, most + 1);

    assertEquals(most, log.size(Table.ANSWERS));
    assertEquals(refusal(Reason.FORGOTTEN), log.fate(session, 1));
    assertNotEquals(refusal(Reason.FORGOTTEN), log.fate(session, 2));
  }

  @Test
  void anAnswerIsKeptUpToTheBoundOfOne() {
    long session = log.open();
    put("a", Bytes.of(new byte[Kept.LARGEST - 4]));
    Command take = new Command.Take(Bytes.utf8("a"));

    Answer first = log.once(session, 1, take);

    assertEquals(Kept.LARGEST, Answers.encode(first).size());
    assertEquals(first, log.once(session, 1, take));
  }

  /** What was written before, what it never came to write, and what it has still to delete. */
  @Test
  void aSessionThatIsClosedInTheSlotThatChangedItLeavesNothing() {
    long session = log.open();
    log.once(session, 1, add("a"));
    log.once(session, 2, add("a"));

    log.together(
        SessionLog.once(new Ticket(session, 3, 2), add("a")),
        new Command.InSession(new SessionRequest.Close(session)));

    assertEquals(0, log.size(Table.ANSWERS));
    assertEquals(1, log.size(Table.CLIENTS), "the number of sessions that were opened stays");
    assertEquals(log.machine().recount(), log.machine().summary());
  }

  @Test
  void aTableIsPartOfTheDigestOfItsRecords() {
    Bytes bytes = Bytes.utf8("a");

    assertNotEquals(
        SessionRecords.digest(Table.CLIENTS, bytes, bytes),
        SessionRecords.digest(Table.ANSWERS, bytes, bytes));
  }

  @Test
  void aNumberIsOneThatADoubleHolds() {
    long greatest = SessionRequest.GREATEST_NUMBER;

    assertDoesNotThrow(() -> new SessionRequest.Fate(1, greatest));
    assertDoesNotThrow(() -> once(greatest));
    assertThrows(IllegalArgumentException.class, () -> new SessionRequest.Fate(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new SessionRequest.Fate(1, greatest + 1));
    assertThrows(IllegalArgumentException.class, () -> once(greatest + 1));
  }

  private static Command once(long number) {
    return SessionLog.once(new Ticket(1, number, 0), add("a"));
  }
}
