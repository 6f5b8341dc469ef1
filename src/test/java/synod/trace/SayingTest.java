package synod.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import synod.kv.Command;
import synod.kv.CommandRange;
import synod.kv.Commands;
import synod.kv.SessionId;
import synod.kv.Ticket;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.testing.Samples;

class SayingTest {
  private static final Set<String> ROLES =
      Set.of("proposer", "acceptor", "learner", "elector", "gateway");
  private static final Ballot BALLOT = new Ballot(7, new ReplicaId(4));

  /** Each message, by the class of what it is for. */
  private static Map<Class<?>, Class<?>> messages() {
    Map<Class<?>, Class<?>> receivers =
        new TreeMap<>((one, other) -> one.getName().compareTo(other.getName()));
    for (Class<?> receiver : Message.class.getPermittedSubclasses()) {
      for (Class<?> message : receiver.getPermittedSubclasses()) {
        receivers.put(message, receiver);
      }
    }
    return receivers;
  }

  @TestFactory
  Stream<DynamicTest> everyMessageSaysWhatItIsFromARoleToTheRoleItIsFor() {
    return messages().entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey().getSimpleName(),
                    () -> {
                      Said said = Saying.of(Samples.of(each.getKey()));

                      assertEquals(lower(each.getValue()), "to" + said.to());
                      assertTrue(ROLES.contains(said.from()), said.from());
                      assertEquals(lower(each.getKey()), said.kind().replace("-", ""));
                      assertFalse(said.text().isBlank());
                      assertFalse(said.text().contains("["), "a record's own words: " + said);
                    }));
  }

  private static String lower(Class<?> type) {
    return type.getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Test
  void noTwoMessagesAreOfOneKind() {
    Set<String> kinds = new TreeSet<>();

    messages().keySet().forEach(type -> kinds.add(Saying.of(Samples.of(type)).kind()));

    assertEquals(messages().size(), kinds.size());
  }

  @Test
  void anAcceptAndItsAnswerBearBallotAndSlot() {
    Said accept = Saying.of(new Message.Accept(BALLOT, 12, new Batch(1, Bytes.utf8("abc")), 11));
    Said accepted = Saying.of(new Message.Accepted(BALLOT, 12));

    assertEquals(
        new Said(
            "accept",
            "proposer",
            "acceptor",
            "7.4",
            12,
            "accept slot 12: 3 bytes of commands; chosen up to 11"),
        accept);
    assertEquals(
        new Said("accepted", "acceptor", "learner", "7.4", 12, "accepted slot 12"), accepted);
  }

  @Test
  void aSubmitAndTheAcceptOfWhatItAskedForNameTheSameCommands() {
    long session = new SessionId(new ReplicaId(2), 5).value();
    Bytes commands = Commands.encode(new Ticket(session, 7, 7), new Command.Put(List.of()));

    Said submit = Saying.of(new Message.Submit(commands));
    Said accept = Saying.of(new Message.Accept(BALLOT, 12, new Batch(1, commands), 11));

    assertEquals(List.of(new CommandRange(session, 7, 7)), submit.commands());
    assertEquals(submit.commands(), accept.commands());
  }

  @Test
  void whatIsNoCommandIsSaidAllTheSame() {
    assertEquals(List.of(), Saying.of(new Message.Submit(Bytes.utf8("none"))).commands());
  }

  @Test
  void anEmptySubmitIsAnAcceptorsWish() {
    assertEquals("acceptor", Saying.of(new Message.Submit(Bytes.EMPTY)).from());
    assertEquals("gateway", Saying.of(new Message.Submit(Bytes.utf8("x"))).from());
  }

  @Test
  void noBallotIsAnEmptyText() {
    assertEquals("", Saying.of(new Message.Leader(Ballot.NONE)).ballot());
    assertEquals("", Saying.happened(new Event.LeaderChanged(Ballot.NONE)).ballot());
  }

  /** The groups stand in this order in {@link Event}; a new event has to be put into one here. */
  @TestFactory
  Stream<DynamicTest> everyEventStandsInTheLaneOfItsRole() {
    Map<String, List<Class<? extends Event>>> lanes =
        Map.of(
            "proposer",
            List.of(
                Event.BallotMade.class,
                Event.Prepared.class,
                Event.Recovered.class,
                Event.Proposed.class,
                Event.Adopted.class,
                Event.Retransmitted.class,
                Event.Led.class,
                Event.StoodDown.class,
                Event.ReadRound.class,
                Event.ReadsRide.class,
                Event.Leased.class),
            "acceptor",
            List.of(
                Event.Promised.class,
                Event.Accepted.class,
                Event.Rejected.class,
                Event.HeldBack.class,
                Event.Stands.class,
                Event.Distrusted.class,
                Event.AwaitsBounds.class,
                Event.Truncated.class),
            "learner",
            List.of(
                Event.SlotChosen.class,
                Event.Applied.class,
                Event.FellBehind.class,
                Event.CaughtUp.class,
                Event.SnapshotBegun.class,
                Event.SnapshotResumed.class,
                Event.SnapshotAbandoned.class,
                Event.SnapshotDamaged.class,
                Event.SnapshotInstalled.class),
            "elector",
            List.of(
                Event.LeaderChanged.class,
                Event.Suspected.class,
                Event.TokenStarted.class,
                Event.TokenForwarded.class,
                Event.HopSkipped.class,
                Event.PeersAsked.class,
                Event.RingClosed.class,
                Event.Elected.class,
                Event.ElectionAborted.class,
                Event.ReachChanged.class),
            "word 1",
            List.of(Event.RoleStarted.class, Event.RoleCrashed.class));
    return Arrays.stream(Event.class.getPermittedSubclasses())
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type.getSimpleName(),
                    () -> {
                      Fact.Happened happened = Saying.happened((Event) Samples.sample(type));

                      assertEquals(type.getSimpleName(), happened.name());
                      List<Class<? extends Event>> lane = lanes.get(happened.role());
                      assertTrue(lane != null && lane.contains(type), happened.role());
                    }));
  }

  @Test
  void anEventKeepsItsBallotItsSlotAndItsWords() {
    Fact.Happened chosen =
        Saying.happened(new Event.SlotChosen(BALLOT, 12, List.of(new ReplicaId(4))));

    assertEquals(
        new Fact.Happened(
            "learner", "SlotChosen", "7.4", 12, "slot 12 is chosen at ballot 7.4 by 4"),
        chosen);
  }
}
