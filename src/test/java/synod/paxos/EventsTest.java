package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import synod.paxos.ProposerSettings.Sizes;
import synod.paxos.ProposerSettings.Timing;
import synod.testing.Samples;

/** Logs, metrics and the live view read one stream: what happens to a role is told in it. */
class EventsTest {
  private static final Ballot LOW = ballot(2, 1);
  private static final Ballot OURS = ballot(5, 1);

  private final Ear ear = new Ear(1);

  private List<Event> events() {
    ear.all();
    return ear.events();
  }

  @Test
  void anAcceptorTellsWhatItStandsOnAndEachPromiseAcceptanceRejectionAndTruncation() {
    ear.journal().promise(LOW);
    Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);

    acceptor.start(0, ear.outbox());
    ear.tell(acceptor, 1, new Message.Prepare(OURS, 1));
    ear.tell(acceptor, 1, new Message.Accept(OURS, 1, batch("a"), 0));
    ear.tell(acceptor, 1, new Message.Accept(LOW, 2, batch("b"), 0));
    ear.tell(acceptor, 1, new Message.Durable(1));
    ear.tell(acceptor, 1, new Message.Truncate(1));
    ear.tell(acceptor, 1, new Message.Truncate(1));

    Standing voting = Standing.of(Standing.Kind.VOTING);
    assertEquals(
        List.of(
            new Event.Promised(LOW),
            new Event.Stands(voting),
            new Event.Promised(OURS),
            new Event.Accepted(OURS, 1),
            new Event.Rejected(LOW, OURS),
            new Event.Truncated(1)),
        events());
  }

  @Test
  void aProposerTellsEachStepOfALeadership() {
    var settings =
        new ProposerSettings(
            Ear.replicas(3), Quorums.majority(3), new Timing(100, 50, 500), new Sizes(2, 8, 16));
    Proposer proposer = new Proposer(ear.journal(), settings);

    ear.tell(proposer, 1, new Message.Lead(4, 6));
    for (int acceptor = 1; acceptor <= 2; acceptor++) {
      ear.tell(proposer, acceptor, new Message.Promise(OURS, 7, List.of(), 0, 6, 0));
    }
    proposer.tick(50, ear.outbox());
    ear.tell(proposer, 1, new Message.SlotChosen(OURS, 7));
    ear.tell(proposer, 3, new Message.Read(1));
    ear.tell(proposer, 3, new Message.Read(2));
    ear.tell(proposer, 3, new Message.Submit(batch("a").commands()));

    assertEquals(
        List.of(
            new Event.BallotMade(OURS),
            new Event.Prepared(OURS, 7),
            new Event.Recovered(OURS, 7, 0, 0),
            new Event.Proposed(OURS, 7, Batch.noOp(0).size()),
            new Event.Retransmitted(OURS, 7),
            new Event.Led(OURS, 7),
            new Event.ReadRound(OURS, 1, 1),
            new Event.Proposed(OURS, 8, batch("a").size()),
            new Event.ReadsRide(OURS, 8, 1)),
        events());
  }

  @Test
  void aLearnerTellsWhatItAppliesAndWhenItFallsBehindAndCatchesUp() {
    RecordingMachine machine = new RecordingMachine((slot, batch) -> {});
    machine.apply(1, batch("a"), true);
    var settings =
        new LearnerSettings(
            Ear.replicas(3), Quorums.majority(3), 1, 100, LearnerSettings.Retain.ALL);
    Learner learner = new Learner(ear.journal(), machine, settings);
    long far = Learner.MANY_WINDOWS + 3;

    learner.start(0, ear.outbox());
    ear.tell(learner, 2, new Message.Chosen(LOW, far));
    learner.tick(10, ear.outbox());
    List<Batch> missing = LongStream.rangeClosed(2, far).mapToObj(slot -> batch("c")).toList();
    ear.tell(learner, 2, new Message.Learned(2, missing, far));
    learner.tick(20, ear.outbox());

    List<Event> events = events();
    assertEquals(
        List.of(new Event.Applied(1, 0), new Event.FellBehind(1, far), new Event.Applied(2, 1)),
        events.subList(0, 3));
    assertEquals(new Event.CaughtUp(far), events.get(events.size() - 1));
  }
}
