package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.testing.MemoryJournal;

class AcceptorTest {
  private static final ReplicaId SELF = new ReplicaId(1);
  private static final ReplicaId LEADER = new ReplicaId(2);
  private static final Ballot PROMISED = new Ballot(5, LEADER);

  private final MemoryJournal journal = new MemoryJournal();
  private final List<Envelope<?>> sent = new ArrayList<>();
  private Outbox out = outbox();
  private Acceptor acceptor = new Acceptor(journal);

  private Outbox outbox() {
    return Outbox.writing(new Outbox.Owner(SELF, journal, sent::add, event -> {}));
  }

  private static Ballot ballot(long round) {
    return new Ballot(round, LEADER);
  }

  private List<String> receive(Message.ToAcceptor message) {
    sent.clear();
    acceptor.receive(new Envelope<>(LEADER, SELF, message), out);
    out.release();
    return sent.stream().map(e -> e.to() + " " + PaxosWords.of(e.message())).toList();
  }

  private static Batch batch(String commands) {
    return new Batch(1, Bytes.utf8(commands));
  }

  /** Promised is 5; slot 1 holds x, accepted at ballot 4. */
  private void given() {
    receive(new Message.Accept(ballot(4), 1, batch("x"), 0));
    receive(new Message.Prepare(PROMISED, 1));
  }

  @ParameterizedTest(name = "prepare at {0}: {1}, promised {2}")
  @CsvSource({
    "4, '2 rejected 4.2, promised 5.2',    5.2",
    "5, '2 promise 5.2 [1=x@4.2]',         5.2",
    "6, '2 promise 6.2 [1=x@4.2]',         6.2",
  })
  void prepareTable(long round, String answer, String promised) {
    given();

    assertEquals(List.of(answer), receive(new Message.Prepare(ballot(round), 1)));
    assertEquals(promised, journal.promised().toString());
  }

  @ParameterizedTest(name = "accept of slot {1} at {0}: {2}, promised {3}, slot holds {4}")
  @CsvSource({
    "4, 1, '2 rejected 4.2, promised 5.2', 5.2, x@4.2",
    "5, 1, '2 accepted 5.2 1',             5.2, y@5.2",
    "6, 1, '2 accepted 6.2 1',             6.2, y@6.2",
    "4, 2, '2 rejected 4.2, promised 5.2', 5.2, ''",
    "5, 2, '2 accepted 5.2 2',             5.2, y@5.2",
    "6, 2, '2 accepted 6.2 2',             6.2, y@6.2",
  })
  void acceptTable(long round, long slot, String answer, String promised, String holds) {
    given();

    List<String> said = receive(new Message.Accept(ballot(round), slot, batch("y"), 0));

    assertEquals(answer, said.get(0));
    assertEquals(promised, journal.promised().toString());
    String held =
        journal.accepted(slot).map(a -> PaxosWords.of(a.batch()) + "@" + a.ballot()).orElse("");
    assertEquals(holds, held);
  }

  @ParameterizedTest(name = "confirm at {0}: {1}")
  @CsvSource({
    "4, '2 rejected 4.2, promised 5.2'",
    "5, '2 Confirmed[5.2, 9]'",
    "6, '2 Confirmed[6.2, 9]'",
  })
  void confirmTable(long round, String answer) {
    given();

    assertEquals(List.of(answer), receive(new Message.Confirm(ballot(round), 9)));
    assertEquals(PROMISED, journal.promised(), "a confirm promises nothing");
  }

  @Test
  void tellsItsOwnLearnerWhatIsOnDiskAndWhatTheLeaderKnowsToBeChosen() {
    List<String> said = receive(new Message.Accept(ballot(6), 8, batch("y"), 7));

    assertEquals(List.of("2 accepted 6.2 8", "1 journaled 6.2 8=y chosen 7"), said);
  }

  @Test
  void anAcceptTwiceIsAnsweredTwiceAndAcceptedOnce() {
    Message.Accept accept = new Message.Accept(ballot(6), 1, batch("y"), 0);

    assertEquals(receive(accept), receive(accept));
    assertEquals(1, journal.accepted(1, 10_000).size());
  }

  @Test
  void aNewLifeKnowsThePromiseAndWhatWasAccepted() {
    given();

    acceptor = new Acceptor(journal);
    out = outbox();

    assertEquals(
        List.of("2 rejected 4.2, promised 5.2"),
        receive(new Message.Accept(ballot(4), 2, batch("z"), 0)));
    assertEquals(List.of("2 promise 7.2 [1=x@4.2]"), receive(new Message.Prepare(ballot(7), 1)));
  }

  @Test
  void aPromiseComesInPagesAndLeavesOutWhatIsBeforeIt() {
    for (long slot = 1; slot <= 3; slot++) {
      receive(new Message.Accept(PROMISED, slot, batch("x".repeat(Acceptor.PAGE_BYTES)), 0));
    }

    List<Message.Promise> pages = new ArrayList<>();
    for (long from = 2; from != 0; from = pages.get(pages.size() - 1).next()) {
      receive(new Message.Prepare(ballot(6), from));
      pages.add((Message.Promise) sent.get(0).message());
    }

    assertEquals(
        List.of(List.of(2L), List.of(3L)),
        pages.stream().map(p -> p.accepted().stream().map(Acceptance::slot).toList()).toList());
  }

  @Test
  void theElectorHearsOfTheLeaderOnceATick() {
    receive(new Message.Accept(ballot(6), 1, batch("y"), 0));
    receive(new Message.Accept(ballot(6), 2, batch("y"), 0));

    assertEquals(List.of("1 Heard[6.2, 6.2]"), tick());
    assertEquals(List.of(), tick());
  }

  @Test
  void theElectorDoesNotHearOfADeposedLeader() {
    given();
    tick();

    receive(new Message.Accept(ballot(4), 2, batch("y"), 0));

    assertEquals(List.of(), tick());
  }

  private List<String> tick() {
    sent.clear();
    acceptor.tick(1, out);
    out.release();
    return sent.stream().map(e -> e.to() + " " + PaxosWords.of(e.message())).toList();
  }
}
