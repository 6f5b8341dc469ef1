package synod.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import synod.paxos.Ballot;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;
import synod.testing.Samples;

/** Nothing that comes, however strange, stops an elector: a message costs time only. */
class EveryMessageTest {
  private static final ReplicaId SELF = new ReplicaId(2);
  private static final ReplicaId THREE = new ReplicaId(3);
  private static final Ballot OURS = new Ballot(4, SELF);
  private static final Ballot THEIRS = new Ballot(5, THREE);

  /** What an elector has heard when it is starting, following, leading, electing. */
  private static final List<List<Message.ToElector>> STATES =
      List.of(
          List.of(),
          List.of(new Message.Heard(THEIRS, THEIRS)),
          List.of(new Message.Leading(OURS)),
          List.of(new Message.Elect()));

  @TestFactory
  Stream<DynamicTest> inEachStateEachMessageIsTakenOnceAndTwice() {
    return Arrays.stream(Message.ToElector.class.getPermittedSubclasses())
        .filter(Message.class::isAssignableFrom)
        .map(kind -> DynamicTest.dynamicTest(kind.getSimpleName(), () -> takenInEachState(kind)));
  }

  private static void takenInEachState(Class<?> kind) {
    Message.ToElector message = (Message.ToElector) Samples.of(kind);
    for (List<Message.ToElector> state : STATES) {
      assertEquals(leaderAfter(state, message, 1), leaderAfter(state, message, 2), state::toString);
    }
  }

  /** Whom it takes for the leader a little later. */
  private static Ballot leaderAfter(
      List<Message.ToElector> state, Message.ToElector message, int times) {
    List<Envelope<?>> said = new ArrayList<>();
    Outbox outbox =
        Outbox.speaking(new Outbox.Owner(SELF, new NoJournal(), said::add, event -> {}));
    Elector elector =
        new Elector(
            new Elector.Origin(SELF, Ballot.NONE),
            Ring.of(List.of(new ReplicaId(1), SELF, THREE)),
            ElectorSettings.DEFAULTS,
            new SplittableRandom(1));
    elector.start(0, outbox);
    for (Message.ToElector heard : state) {
      elector.receive(new Envelope<>(SELF, SELF, heard), outbox);
    }
    for (int i = 0; i < times; i++) {
      elector.receive(new Envelope<>(THREE, SELF, message), outbox);
      elector.tick(10 + i, outbox);
    }
    for (long now = 20; now <= 2_000; now += 20) {
      elector.tick(now, outbox);
      outbox.release();
    }
    return elector.leaderBallot();
  }
}
