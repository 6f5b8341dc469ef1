package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import synod.kv.StateStore.Table;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;

/** Rule 16: a command is applied once however often it is sent; a repeat gets the first answer. */
class SessionsTest {
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Command DELETE = new Command.Delete(List.of(KEY));

  private final MemoryState store = new MemoryState();
  private Machine machine = Machine.open(store);

  /**
   * Incarnation 5 of replica 1 has sent 10 (a delete that found its key) and 11, and said with 11
   * that all below 10 are answered; the key is there again. Then comes a delete: does it delete,
   * and what does it get?
   */
  @ParameterizedTest(name = "replica {0} incarnation {1} number {2}: deletes {3}, reply {4}")
  @CsvSource({
    "1, 5, 12, true,  1", // new
    "1, 5, 10, false, 1", // a repeat: what it got first, although there is a key now
    "1, 5, 11, false, 0",
    "1, 5, 9,  false, ", // forgotten
    "1, 5, 1,  false, ",
    "1, 4, 12, false, ", // of a life that is over
    "1, 4, 10, false, ",
    "1, 6, 10, true,  1", // of the next life: its numbers are its own
    "1, 6, 1,  true,  1",
    "2, 4, 10, true,  1", // of another replica
  })
  void decidesByTheLogAlone(
      int replica, long incarnation, long number, boolean deletes, Long reply) {
    for (boolean reopened : new boolean[] {false, true}) {
      MemoryState fresh = new MemoryState();
      machine = Machine.open(fresh);
      apply(command(1, 4, 10, put("0")));
      apply(command(1, 5, 10, 10, DELETE));
      apply(command(1, 5, 11, 10, DELETE));
      apply(command(3, 1, 1, put("1")));
      machine = reopened ? Machine.open(fresh) : machine;

      List<Reply> replies = apply(command(replica, incarnation, number, DELETE));

      assertEquals(deletes ? 0 : 1, machine.summary().keys());
      assertEquals(
          Optional.ofNullable(reply).map(amount -> Answers.encode(new Answer.Amount(amount))),
          replies.stream().map(Reply::answer).findFirst());
      assertEquals(machine.recount(), machine.summary());
    }
  }

  @Test
  void aCommandTwiceInOneBatchTakesEffectOnce() {
    apply(command(1, 1, 1, put("v")));
    Bytes delete = command(2, 1, 1, DELETE);

    List<Reply> replies = apply(delete, command(1, 1, 2, put("w")), delete);

    Bytes one = Answers.encode(new Answer.Amount(1));
    assertEquals(List.of(one, Answers.DONE, one), replies.stream().map(Reply::answer).toList());
    assertEquals(1, machine.summary().keys());
  }

  /** The message with number 2 was lost: 3 must not overtake it, and comes again behind it. */
  @Test
  void commandsTakeEffectInTheOrderOfTheirNumbers() {
    apply(command(1, 1, 1, 1, put("1")));

    assertEquals(List.of(), apply(command(1, 1, 3, 1, DELETE)));
    assertEquals(1, machine.summary().keys());
    assertEquals(2, apply(command(1, 1, 2, 1, put("2")), command(1, 1, 3, 1, DELETE)).size());
    assertEquals(0, machine.summary().keys());
  }

  /** Number 2 was never sent and is given up: who sends 3 says that 2 will not come. */
  @Test
  void aNumberThatIsGivenUpIsNotWaitedForAndHasNoEffectLater() {
    apply(command(1, 1, 1, 1, put("1")));

    assertEquals(1, apply(command(1, 1, 3, 3, put("3"))).size());
    assertEquals(List.of(), apply(command(1, 1, 2, 1, DELETE)));
    assertEquals(1, machine.summary().keys());
  }

  @Test
  void aReplyNamesItsCommand() {
    List<Reply> replies = apply(command(1, 1, 7, put("v")), command(2, 9, 3, put("w")));

    assertEquals(
        List.of(
            new Reply(new SessionId(new ReplicaId(1), 1).value(), 7, Answers.DONE),
            new Reply(new SessionId(new ReplicaId(2), 9).value(), 3, Answers.DONE)),
        replies);
  }

  @Test
  void aLaterLifeEndsTheSessionsOfEarlierOnesOnDiskToo() {
    for (long number = 1; number <= 20; number++) {
      apply(command(1, 1, number, 1, put("v")));
    }
    assertEquals(20, store.size(Table.SESSIONS));

    apply(command(1, 2, 1, put("v")));

    assertEquals(1, store.size(Table.SESSIONS));
  }

  @Test
  void aLateCommandOfAnEndedSessionDoesNotOpenItAgain() {
    apply(command(1, 2, 1, put("v")));
    apply(command(1, 1, 1, DELETE));
    machine = Machine.open(store);

    assertEquals(List.of(), apply(command(1, 1, 2, DELETE)));
    assertEquals(1, apply(command(1, 2, 1, DELETE)).size());
    assertEquals(1, machine.summary().keys());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 64})
  void theTableStaysAsLargeAsWhatIsOpen(int open) {
    for (long number = 1; number <= 1_000; number++) {
      apply(command(1, 1, number, Math.max(1, number - open), put("v")));
    }

    assertTrue(store.size(Table.SESSIONS) <= open + 2, "" + store.size(Table.SESSIONS));
  }

  /** It comes too early, and all that it tells is what is answered. */
  @Test
  void whatIsAnsweredIsRememberedAcrossAReopeningThoughNoAnswerIsLeft() {
    apply(command(1, 1, 1, 1, put("a")), command(1, 1, 2, 1, put("b")));
    assertEquals(List.of(), apply(command(1, 1, 5, 3, put("c"))));
    assertEquals(1, store.size(Table.SESSIONS));
    machine = Machine.open(store);

    assertEquals(List.of(), apply(command(1, 1, 1, 1, DELETE)));

    assertEquals(1, machine.summary().keys());
  }

  @Test
  void aSlotCostsOneRecordHoweverManyCommandsItHas() {
    apply(
        command(1, 1, 1, 1, put("a")), command(1, 1, 2, 1, put("b")), command(1, 1, 3, 1, DELETE));

    assertEquals(1, store.size(Table.SESSIONS));
  }

  @Test
  void aRepeatThatOnlyTellsWhatIsAnsweredIsRememberedAcrossAReopening() {
    apply(command(1, 1, 1, 1, put("a")), command(1, 1, 2, 1, put("b")));
    apply(command(1, 1, 2, 2, put("b")));
    machine = Machine.open(store);

    assertEquals(List.of(), apply(command(1, 1, 1, 1, put("c"))));
    assertEquals(1, apply(command(1, 1, 2, 1, put("d"))).size());
  }

  private List<Reply> apply(Bytes... commands) {
    int size = List.of(commands).stream().mapToInt(Bytes::size).sum();
    ByteWriter payload = new ByteWriter(size);
    List.of(commands).forEach(payload::raw);
    return machine.apply(machine.applied() + 1, new Batch(1, payload.done()), false);
  }

  private static Command put(String value) {
    return new Command.Put(List.of(new Command.Entry(KEY, Bytes.utf8(value))));
  }

  private static Bytes command(int replica, long incarnation, long number, Command command) {
    long session = new SessionId(new ReplicaId(replica), incarnation).value();
    return Commands.encode(new Ticket(session, number, number), command);
  }

  private static Bytes command(
      int replica, long incarnation, long number, long answeredBelow, Command command) {
    long session = new SessionId(new ReplicaId(replica), incarnation).value();
    return Commands.encode(new Ticket(session, number, answeredBelow), command);
  }

  // ---------------------------------------------------------------- given up

  private static final SessionLimits LIMITS = new SessionLimits(1_000, 8);
  private static final Command GIVE_UP = new Command.InSession(new SessionRequest.GiveUp(LIMITS));
  private static final Answer HELD = new Answer.OfSession(new SessionAnswer.Held());
  private static final long SESSION = new SessionId(new ReplicaId(1), 1).value();

  /** Whichever comes first under the number has its effect, and is what is kept. */
  @ParameterizedTest(name = "done first: {0}, reopened: {1}")
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void aCommandThatIsGivenUpIsDoneOrNeverAndThatIsKept(boolean doneFirst, boolean reopened) {
    apply(command(1, 1, 1, 1, put("v")));
    Bytes delete = command(1, 1, 2, 1, DELETE);
    Bytes giveUp = command(1, 1, 2, 1, GIVE_UP);

    List<Reply> replies = doneFirst ? apply(delete, giveUp) : apply(giveUp, delete);
    assertEquals(HELD, Answers.decode(replies.get(doneFirst ? 1 : 0).answer()));
    apply(command(1, 1, 3, 3, put("w")));
    apply(command(1, 2, 1, 1, put("w")));
    machine = reopened ? Machine.open(store) : machine;

    Answer expected =
        doneFirst
            ? SessionLog.was(new Answer.Amount(1))
            : SessionLog.refusal(SessionAnswer.Reason.GIVEN_UP);
    assertEquals(expected, fate(2));
    assertEquals(List.of(), apply(delete));
    assertEquals(1, machine.summary().keys());
    assertEquals(machine.recount(), machine.summary());
  }

  @Test
  void whatWasGivenUpIsKeptForTheTimeOfASessionAndNoLonger() {
    apply(command(1, 1, 1, 1, GIVE_UP));
    apply(command(1, 1, 2, 2, put("v")));
    assertEquals(SessionLog.refusal(SessionAnswer.Reason.GIVEN_UP), fate(1));

    machine.apply(machine.applied() + 1, Batch.noOp(LIMITS.timeMs() + 2), false);

    assertEquals(SessionLog.refusal(SessionAnswer.Reason.EXPIRED), fate(1));
    assertEquals(0, store.size(Table.ANSWERS));
    assertEquals(0, store.size(Table.CLIENTS));
  }

  /** 2 was sent before 3 and is still on its way; somebody asks about 3. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aNumberThatIsAskedAboutBeforeItComesNeverTakesEffectAndHoldsUpNobody(boolean reopened) {
    apply(command(1, 1, 1, 1, put("1")));
    assertEquals(SessionLog.refusal(SessionAnswer.Reason.GIVEN_UP), fate(3));
    machine = reopened ? Machine.open(store) : machine;

    assertEquals(List.of(), apply(command(1, 1, 5, 1, DELETE)), "4 comes first");
    assertEquals(1, apply(command(1, 1, 2, 1, put("2"))).size());
    List<Reply> third = apply(command(1, 1, 3, 1, DELETE));
    List<Reply> fourth = apply(command(1, 1, 4, 1, put("4")));

    assertEquals(
        SessionLog.refusal(SessionAnswer.Reason.GIVEN_UP), Answers.decode(third.get(0).answer()));
    assertEquals(Answers.DONE, fourth.get(0).answer());
    assertEquals(1, machine.summary().keys());
    assertEquals(machine.recount(), machine.summary());
  }

  /** There is room for one session: another number of the same one finds room, another one none. */
  @Test
  void whatIsGivenUpIsKeptForAsManySessionsAsMayLive() {
    SessionLimits one = new SessionLimits(1_000, 1);
    Command giveUp = new Command.InSession(new SessionRequest.GiveUp(one));
    for (int number = 1; number <= 2; number++) {
      apply(command(1, 1, number, number, giveUp));
    }
    apply(command(2, 1, 1, 1, giveUp));
    apply(command(1, 1, 3, 3, put("v")));
    apply(command(2, 1, 2, 2, put("v")));

    Answer kept = SessionLog.refusal(SessionAnswer.Reason.GIVEN_UP);
    assertEquals(List.of(kept, kept), List.of(fate(1), fate(2)));
    long other = new SessionId(new ReplicaId(2), 1).value();
    assertEquals(SessionLog.refusal(SessionAnswer.Reason.EXPIRED), fate(other, 1));
  }

  /** Else whoever asks could not tell an answer from what became of the question. */
  @Test
  void ofACommandAboutASessionTheAnswerIsToldAndOfAQuestionWhatItWasTold() {
    apply(command(1, 1, 1, 1, new Command.InSession(new SessionRequest.Open(LIMITS))));
    apply(command(2, 1, 1, 1, put("v")));
    long asked = new SessionId(new ReplicaId(2), 1).value();
    apply(command(1, 1, 2, 1, new Command.InSession(new SessionRequest.Fate(asked, 1))));

    Answer alive = new Answer.OfSession(new SessionAnswer.Alive(1, LIMITS.timeMs(), 1));
    assertEquals(SessionLog.was(alive), fate(1));
    assertEquals(SessionLog.was(new Answer.Done()), fate(2));
  }

  @Test
  void aMadeUpIdEndsNoSessionAndAFarNumberIsNotSealed() {
    apply(command(1, 1, 1, 1, put("1")));
    long later = new SessionId(new ReplicaId(1), 99).value();
    Answer early = SessionLog.refusal(SessionAnswer.Reason.TOO_EARLY);

    assertEquals(early, fate(later, 1));
    assertEquals(early, fate(SESSION, 3 + Sessions.MOST_AHEAD));
    assertEquals(SessionLog.refusal(SessionAnswer.Reason.GIVEN_UP), fate(2 + Sessions.MOST_AHEAD));
    assertEquals(1, apply(command(1, 1, 2, 1, put("2"))).size());
  }

  @Test
  void anAnswerThatTheGatewayHasIsNotKeptForOthers() {
    apply(command(1, 1, 1, 1, put("1")));
    assertEquals(SessionLog.was(new Answer.Done()), fate(1));

    apply(command(1, 1, 2, 2, put("2")));

    assertEquals(SessionLog.refusal(SessionAnswer.Reason.EXPIRED), fate(1));
  }

  private Answer fate(long number) {
    return fate(SESSION, number);
  }

  private long asked;

  /** Asked through another gateway. */
  private Answer fate(long session, long number) {
    asked++;
    Command fate = new Command.InSession(new SessionRequest.Fate(session, number));
    return Answers.decode(apply(command(7, 1, asked, fate)).get(0).answer());
  }
}
