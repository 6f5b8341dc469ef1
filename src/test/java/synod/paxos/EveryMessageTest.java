package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static synod.paxos.Ear.ballot;
import static synod.paxos.Ear.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.paxos.ProposerSettings.Sizes;
import synod.testing.Samples;

/** No message falls through unseen: each one of a role's group makes a difference to that role. */
class EveryMessageTest {
  private static final Ballot BALLOT = ballot(1, 1);

  /** What a role has heard before, the message, and what comes after it to show the difference. */
  record Story(List<Message> before, Message message, List<Message> after) {
    Story(List<Message> before, Message message) {
      this(before, message, List.of());
    }

    @Override
    public String toString() {
      return message.getClass().getSimpleName();
    }
  }

  private static Message.Promise promise() {
    return new Message.Promise(BALLOT, 1, List.of(), 0, 0, 0);
  }

  /** One for each message. */
  private static List<Story> stories() {
    Message lead = new Message.Lead(0, 0);
    Message accept = new Message.Accept(BALLOT, 1, batch("a"), 0);
    Message truncate = new Message.Truncate(1);
    Snapshot snapshot = new Snapshot(5, 1, 10);
    Lineage lineage = Lineage.of(new Life(7, 1));
    List<Message> leading = List.of(lead, promise(), new Message.SlotChosen(BALLOT, 1));
    return List.of(
        new Story(List.of(), new Message.Prepare(BALLOT, 1)),
        new Story(List.of(), new Message.Accept(BALLOT, 1, batch("a"), 0)),
        new Story(List.of(), new Message.Known(1), List.of(new Message.Prepare(BALLOT, 1))),
        new Story(List.of(), new Message.Confirm(BALLOT, 1)),
        new Story(List.of(accept), new Message.Durable(1), List.of(truncate)),
        new Story(List.of(accept, new Message.Durable(1)), truncate),
        new Story(List.of(), new Message.Hello(lineage, Standing.Kind.RETURNING)),
        new Story(List.of(), new Message.AskBounds(lineage.life(), lineage.life())),
        new Story(List.of(lead), promise()),
        new Story(List.of(lead), new Message.Rejected(BALLOT, ballot(2, 2))),
        new Story(leading, new Message.Submit(Bytes.utf8("a"))),
        new Story(leading, new Message.Read(1)),
        new Story(List.of(lead, promise()), new Message.SlotChosen(BALLOT, 1)),
        new Story(
            Stream.concat(leading.stream(), Stream.of(new Message.Read(1))).toList(),
            new Message.Confirmed(BALLOT, 1, 0)),
        new Story(List.of(), lead),
        new Story(List.of(lead), new Message.StepDown(ballot(2, 2))),
        new Story(List.of(), new Message.Accepted(BALLOT, 1)),
        new Story(
            List.of(new Message.Chosen(BALLOT, 1)),
            new Message.Journaled(BALLOT, 1, batch("a"), 0)),
        new Story(
            List.of(new Message.Chosen(BALLOT, 1)), new Message.Proposed(BALLOT, 1, batch("a"), 0)),
        new Story(
            List.of(new Message.Journaled(BALLOT, 1, batch("a"), 0)),
            new Message.Chosen(BALLOT, 1)),
        new Story(List.of(), new Message.Fetch(1)),
        new Story(List.of(), new Message.SnapshotOffer(snapshot)),
        new Story(List.of(), new Message.FetchSnapshot(snapshot, 0)),
        new Story(
            List.of(new Message.SnapshotOffer(snapshot)),
            new Message.SnapshotPiece(snapshot, 0, Bytes.utf8("four"))),
        new Story(List.of(), new Message.Learned(1, List.of(batch("a")), 1)));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void eachMessageMakesADifference(Story story) {
    List<Message> without = new ArrayList<>(story.before());
    without.addAll(story.after());
    List<Message> with = new ArrayList<>(story.before());
    with.add(story.message());
    with.addAll(story.after());

    assertNotEquals(new Living().all(without), new Living().all(with));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void aMessageThatComesTwiceDoesWhatItDoesOnce(Story story) {
    Living life = new Living();
    life.all(story.before());
    life.all(List.of(story.message()));
    String once = life.kept();

    life.all(List.of(story.message()));

    assertEquals(once, life.kept());
  }

  /** Every message, of a ballot and a slot that mean something here and of some that do not. */
  private static List<Message> messages() {
    return stories().stream()
        .map(Story::message)
        .flatMap(message -> Stream.of(message, Samples.of(message.getClass())))
        .toList();
  }

  /** What a role has heard when it is in one of its states. */
  static List<List<Message>> states() {
    return stories().stream().map(Story::before).distinct().toList();
  }

  @ParameterizedTest
  @MethodSource("states")
  void inEachStateEachMessageIsTakenAndTwiceDoesWhatItDoesOnce(List<Message> state) {
    for (Message message : messages()) {
      Living life = new Living();
      life.all(state);
      life.all(List.of(message));
      String once = life.kept();

      life.all(List.of(message));

      assertEquals(once, life.kept(), message::toString);
    }
  }

  static List<Class<?>> groups() {
    return List.of(Message.ToAcceptor.class, Message.ToProposer.class, Message.ToLearner.class);
  }

  /** Mean something only to an acceptor that may not answer yet: see {@link EnrolmentTest}. */
  private static final List<Class<?>> ENROLLING =
      List.of(Message.Met.class, Message.HasMet.class, Message.Bounds.class, Message.Readmit.class);

  @ParameterizedTest
  @MethodSource("groups")
  void everyMessageHasAStory(Class<?> group) {
    assertEquals(
        names(Stream.of(group.getPermittedSubclasses()).filter(kind -> !ENROLLING.contains(kind))),
        names(
            stories().stream()
                .<Class<?>>map(story -> story.message().getClass())
                .filter(group::isAssignableFrom)));
  }

  private static List<String> names(Stream<Class<?>> classes) {
    return classes.map(Class::getSimpleName).sorted(Comparator.naturalOrder()).toList();
  }

  /** A lone replica, so that a single answer decides. */
  private static final class Living {
    private final Ear ear = new Ear(1);
    private final RecordingMachine machine = new RecordingMachine((slot, batch) -> {});
    private final Quorums quorums = new Quorums(1, 1);
    private final Proposer proposer =
        new Proposer(
            ear.journal(),
            new ProposerSettings(
                Ear.replicas(1), quorums, Cluster.TIMING, new Sizes(4, 100, 1_000)));
    private final Acceptor acceptor = new Acceptor(ear.journal(), Samples.ACCEPTING);
    private final Learner learner =
        new Learner(
            ear.journal(),
            machine,
            new LearnerSettings(Ear.replicas(1), quorums, 4, 100, LearnerSettings.Retain.ALL));

    /** All that is said and all that happens in answer to these. */
    String all(List<Message> messages) {
      messages.forEach(this::tell);
      return ear.all() + " " + ear.events() + " " + kept();
    }

    private void tell(Message message) {
      if (message instanceof Message.ToProposer m) {
        ear.tell(proposer, 1, m);
      } else if (message instanceof Message.ToAcceptor m) {
        ear.tell(acceptor, 1, m);
      } else if (message instanceof Message.ToLearner m) {
        ear.tell(learner, 1, m);
      }
    }

    /** What outlives the role. */
    String kept() {
      return List.of(
              ear.journal().promised(),
              ear.journal().ownBallot(),
              ear.journal().accepted(1, 10_000),
              ear.journal().truncated(),
              ear.journal().met(new ReplicaId(1)),
              machine.snapshots().received(),
              machine.batches())
          .toString();
    }
  }
}
