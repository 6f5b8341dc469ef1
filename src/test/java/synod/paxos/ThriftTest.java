package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static synod.paxos.Ear.ballot;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.paxos.ProposerSettings.Sizes;
import synod.paxos.ProposerSettings.Timing;

/** Replica 1 leads five: it presses itself, 2 and 3, and spares 4 and 5. */
class ThriftTest {
  private static final int PATIENCE = 75;
  private static final int BATCH_BYTES = 1_000;
  private static final Ballot OURS = ballot(1, 1);

  private final Ear ear = new Ear(1);
  private final Proposer proposer =
      new Proposer(
          ear.journal(),
          new ProposerSettings(
              Ear.replicas(5),
              Quorums.majority(5),
              new Timing(5_000, 250, 300, 2_000, PATIENCE),
              new Sizes(8, BATCH_BYTES, 10_000)));
  private long slot = 1;

  @BeforeEach
  void leads() {
    ear.tell(proposer, 1, new Message.Lead(0, 0));
    for (int acceptor = 1; acceptor <= 3; acceptor++) {
      ear.tell(proposer, acceptor, new Message.Promise(OURS, 1, List.of(), 0, 0, 0));
    }
    choose();
    proposer.tick(0, ear.outbox());
    assertEquals(List.of("accept 1 behind 1"), words(5));
    ear.all();
  }

  /** What was said to that replica since the last time. */
  private List<String> words(int to) {
    List<String> words = new ArrayList<>();
    for (Message message : ear.said(to)) {
      if (message instanceof Message.Accept accept) {
        words.add(
            (accept.pressing() ? "press " : "accept ")
                + (accept.slot() + " behind " + accept.chosen()));
      } else if (message instanceof Message.Chosen chosen) {
        words.add("chosen " + chosen.chosen());
      }
    }
    return words;
  }

  private void submit(int from, String commands) {
    ear.tell(proposer, from, new Message.Submit(Bytes.utf8(commands)));
  }

  private void choose() {
    ear.tell(proposer, 1, new Message.SlotChosen(OURS, slot));
    slot++;
  }

  private void put(int from, String commands) {
    submit(from, commands);
    choose();
  }

  @Test
  void whoIsSparedAndWaitsForNothingHearsWithTheTick() {
    put(2, "a");
    put(2, "b");
    assertEquals(List.of("press 2 behind 1", "chosen 2", "press 3 behind 2", "chosen 3"), words(2));
    assertEquals(List.of("press 2 behind 1", "press 3 behind 2"), words(3));
    assertEquals(List.of(), words(4));

    proposer.tick(10, ear.outbox());

    assertEquals(List.of("accept 2 behind 3", "accept 3 behind 3"), words(4));
    assertEquals(List.of("accept 2 behind 3", "accept 3 behind 3"), words(5));
    assertEquals(List.of("chosen 3"), words(3));
  }

  @Test
  void whoIsSparedAndWaitsHearsAtOnceAndOfAllThatCameBefore() {
    put(2, "a");

    put(4, "b");

    assertEquals(List.of("accept 2 behind 2", "accept 3 behind 2", "chosen 3"), words(4));
    assertEquals(List.of(), words(5));
  }

  /** Its command waits for a slot. What it hears of the chosen prefix must not have holes. */
  @Test
  void whoBeginsToWaitWhileASlotIsOpenHearsOfThatSlotBeforeItHearsThatItIsChosen() {
    submit(2, "a long command");
    submit(4, "b");
    assertEquals(List.of(), words(4));

    choose();

    assertEquals(List.of("accept 2 behind 2", "accept 3 behind 2"), words(4));
  }

  @Test
  void aReadOfOneWhoIsSparedBringsItWhatTheReadHasToSee() {
    put(2, "a");

    ear.tell(proposer, 5, new Message.Read(7));

    assertEquals(List.of("accept 2 behind 2"), words(5));
    assertEquals(List.of(), words(4));
  }

  @Test
  void whatIsOwedIsPaidWhenItIsMuch() {
    for (int i = 1; i < Owed.MOST_SLOTS; i++) {
      put(2, "a");
    }
    assertEquals(List.of(), words(4));
    put(2, "a");
    assertEquals(Owed.MOST_SLOTS, words(4).size());

    put(2, "a".repeat(BATCH_BYTES));
    assertEquals(1, words(5).size() - Owed.MOST_SLOTS);
  }

  @Test
  void allArePressedWhenTheQuorumIsTooSlow() {
    submit(2, "a");

    proposer.tick(PATIENCE - 1, ear.outbox());
    assertEquals(List.of("accept 2 behind 1"), words(4));
    proposer.tick(PATIENCE, ear.outbox());
    assertEquals(List.of("press 2 behind 1"), words(4));

    choose();
    put(2, "b");
    assertEquals(List.of("press 3 behind 2"), words(5).subList(2, 3));
  }

  @Test
  void theNextBallotOwesNothingOfTheLast() {
    put(2, "a");
    ear.tell(proposer, 1, new Message.StepDown(ballot(2, 3)));
    ear.tell(proposer, 1, new Message.Lead(2, 2));
    for (int acceptor = 1; acceptor <= 3; acceptor++) {
      ear.tell(proposer, acceptor, new Message.Promise(ballot(3, 1), 3, List.of(), 0, 2, 0));
    }

    proposer.tick(0, ear.outbox());

    assertEquals(List.of("accept 3 behind 2"), words(4));
  }
}
