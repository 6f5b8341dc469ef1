package synod.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.paxos.Ballot;
import synod.paxos.Event;
import synod.paxos.Message;

/** No token comes round, so all were asked directly, and have 200 ms to answer. */
class AskedDirectlyTest extends OneElector {
  private long round;
  private long asked;

  @BeforeEach
  void allAreAsked() {
    round = runUntilItAsks();
    asked = now;
    events.clear();
  }

  private void answers(long of) {
    receive(ONE, new Message.Suspicion(of, entry(ONE, true)));
  }

  /** How many have won or came to nothing since. */
  private int outcomes() {
    return events(Event.Elected.class).size() + events(Event.ElectionAborted.class).size();
  }

  @Test
  void whoDoesNotAnswerInTimeIsDoneWithout() {
    answers(round);
    run(asked + 10, asked + 190);
    assertEquals(0, outcomes());

    run(asked + 200, asked + 200);

    assertEquals(List.of(round), events(Event.Elected.class).stream().map(e -> e.round()).toList());
  }

  @Test
  void anAnswerToAnEarlierQuestionIsNone() {
    answers(round);

    receive(THREE, new Message.Suspicion(round - 1, entry(THREE, true)));
    assertEquals(0, outcomes());
    receive(THREE, new Message.Suspicion(round, entry(THREE, true)));

    assertEquals(1, outcomes());
  }

  @Test
  void nothingComesOfItOnceALeaderIsHeard() {
    answers(round);

    hear(new Ballot(round, ONE));
    run(asked + 10, asked + 400);

    assertEquals(0, outcomes());
  }
}
