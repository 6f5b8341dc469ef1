package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.paxos.Ballot;
import synod.paxos.Message;
import synod.paxos.Reply;

/** How much waits in a gateway, how long, and when it asks again. */
class GatewayWaitsTest extends OneGateway {
  /** Four reads fill the bound of 1,000 bytes. */
  private static final int MOST_READS = 4;

  @BeforeEach
  void aLeaderIsKnown() {
    leader(LEADER);
  }

  /** How many of these were refused because it is full. */
  private long busy() {
    return outcomes.stream()
        .filter(outcome -> outcome instanceof Outcome.NotDone not && not.why().contains("bytes"))
        .count();
  }

  private void reads(int count) {
    for (int i = 0; i < count; i++) {
      read();
    }
  }

  // ---------------------------------------------------------------- how much

  /** Commands of as many bytes as may wait, and of one less. */
  @ParameterizedTest
  @CsvSource({"1000, 1", "999, 0"})
  void isFullOnceItHasAsManyBytesAsMayWait(int size, long refused) {
    int around = Commands.size(command("x".repeat(900))) - 900;
    put("x".repeat(size - around));

    put("a");

    assertEquals(refused, busy());
  }

  @Test
  void readsTakeTheirPlaceBesideCommands() {
    reads(MOST_READS);
    assertEquals(0, busy());

    read();
    put("a");

    assertEquals(2, busy());
  }

  @Test
  void aReadThatIsAnsweredMakesRoom() {
    reads(MOST_READS);
    receive(index(1, 0));

    read();

    assertEquals(0, busy());
  }

  @Test
  void aReadThatIsGivenUpMakesRoom() {
    reads(MOST_READS);
    tick(GIVE_UP);

    reads(MOST_READS);

    assertEquals(0, busy());
  }

  /** The leader never answers, and neither does the log. */
  @Test
  void readsThatTakeASlotInVainAreNotDoneWhenThatIsGivenUpAndMakeRoom() {
    reads(2);
    tick(RETRY);
    tick(RETRY + GIVE_UP - 1);
    assertEquals(List.of(), outcomes);

    tick(RETRY + GIVE_UP);

    assertEquals(2, outcomes.size());
    outcomes.forEach(outcome -> assertInstanceOf(Outcome.NotDone.class, outcome));
    reads(2);
    assertEquals(0, busy());
  }

  /** What is given up waits for the log: 256 bytes each. */
  @Test
  void whatIsGivenUpTakesItsPlaceUntilTheLogHasIt() {
    for (int i = 0; i < 4; i++) {
      put("a");
    }
    tick(GIVE_UP);
    put("b");
    assertEquals(1, busy());

    receive(new Message.Applied(1, List.of(reply(1, new SessionAnswer.Held()))));
    put("c");

    assertEquals(1, busy());
  }

  // ---------------------------------------------------------------- how long

  @Test
  void eachCommandIsGivenUpInItsTime() {
    put("a");
    tick(100);
    put("b");

    tick(GIVE_UP);
    assertEquals(1, outcomes.size());
    tick(GIVE_UP + 100);

    assertEquals(
        List.of(1L, 2L), outcomes.stream().map(o -> ((Outcome.Unknown) o).number()).toList());
  }

  @Test
  void aReadThatWasAskedAboutIsGivenUpOnceAndTakesNoSlot() {
    read();
    sent();

    tick(GIVE_UP);
    tick(GIVE_UP + RETRY);

    assertEquals(1, outcomes.size());
    assertInstanceOf(Outcome.NotDone.class, outcomes.get(0));
    assertEquals(List.of(), sent());
  }

  /** Of two that wait for one slot the later may wait longer. */
  @Test
  void aReadThatWaitsForItsSlotIsGivenUpInItsOwnTime() {
    read();
    tick(100);
    read();
    receive(index(1, 5));
    receive(index(2, 5));

    tick(GIVE_UP);
    assertEquals(1, outcomes.size());
    assertInstanceOf(Outcome.NotDone.class, outcomes.get(0));
    applied(5);

    assertEquals(2, outcomes.size());
    assertInstanceOf(Outcome.Done.class, outcomes.get(1));
  }

  // ---------------------------------------------------------------- when it asks again

  /** Whether what waits is sent again when so much time has passed since 400. */
  private void assertAsksAgainAfter(long ms) {
    sent();
    tick(400 + ms - 1);
    assertEquals(List.of(), sent());
    tick(400 + ms);
    assertEquals(1, sent().size());
  }

  @Test
  void anAnswerToAnotherCommandShowsThatTheLeaderWorks() {
    put("a");
    put("b");
    tick(400);

    applied(1, 1);

    assertAsksAgainAfter(RETRY);
  }

  @Test
  void anAnswerThatNobodyWaitsForShowsNothing() {
    put("a");
    tick(400);

    receive(new Message.Applied(1, List.of(new Reply(SESSION, 9, Answers.DONE))));

    assertAsksAgainAfter(RETRY - 400);
  }

  @Test
  void whoeverIsBusyIsNotAskedAtOnce() {
    put("a");
    tick(400);

    receive(new Message.Busy(LEADER));

    assertAsksAgainAfter(RETRY);
  }

  @Test
  void whoHadNothingToAskForLongAsksAgainAsSoonAsEver() {
    for (long now = 0; now <= 8_000; now += 100) {
      tick(now);
    }
    put("a");
    sent();

    tick(8_000 + RETRY);

    assertEquals(List.of("1 submit [1]"), sent());
  }

  /** The first takes 76 bytes as it is sent; what is next fits with the 124 of its own. */
  @ParameterizedTest
  @CsvSource({"120, '1 submit [1, 2]'", "121, 1 submit [1]"})
  void aSubmitTakesTheNextCommandIfThatFits(int length, String first) {
    leader(Ballot.NONE);
    put("x".repeat(60));
    put("x".repeat(length));

    leader(LEADER);

    assertEquals(first, sent().get(0));
  }
}
