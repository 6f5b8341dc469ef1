package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import akka.actor.ActorRef;
import akka.dispatch.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import synod.kv.Command;
import synod.kv.Gateway;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.trace.Fact;
import synod.trace.Saying;

class BoundedMailboxTest {
  private static final int BOUND = 10_000;
  private static final ReplicaId ONE = new ReplicaId(1);
  private static final Ballot BALLOT = new Ballot(3, ONE);

  private final BoundedMailbox.Bytes queue = new BoundedMailbox.Bytes(BOUND);

  private void enqueue(Object message) {
    queue.enqueue(ActorRef.noSender(), new Envelope(message, ActorRef.noSender()));
  }

  private static Object from(Message message) {
    return new synod.paxos.Envelope<>(ONE, ONE, message);
  }

  private static Object accept(long slot, int bytes) {
    return from(new Message.Accept(BALLOT, slot, batch(bytes), 0));
  }

  private static Batch batch(int bytes) {
    return new Batch(1, Bytes.of(new byte[bytes]));
  }

  private List<Object> drain() {
    List<Object> all = new ArrayList<>();
    for (Envelope next = queue.dequeue(); next != null; next = queue.dequeue()) {
      all.add(next.message());
    }
    return all;
  }

  @Test
  void dropsWhatDoesNotFitAndTakesWhatDoesAgain() {
    Object first = accept(1, 5000);
    Object small = accept(3, 10);
    enqueue(first);
    enqueue(accept(2, 5000));
    enqueue(small);

    assertEquals(List.of(first, small), drain());

    enqueue(accept(2, 5000));
    assertEquals(1, queue.numberOfMessages());
  }

  @Test
  void anEmptyOneTakesOneOfAnySize() {
    enqueue(accept(1, 2 * BOUND));
    enqueue(accept(2, 1));

    assertEquals(1, drain().size());
    assertNull(queue.dequeue());
  }

  @Test
  void manySmallOnesAreBoundedToo() {
    for (int i = 1; i <= BOUND; i++) {
      enqueue(from(new Message.Confirm(BALLOT, i)));
    }

    assertEquals(BOUND / BoundedMailbox.OF_MESSAGE, queue.numberOfMessages());
  }

  @Test
  void whatAClientAskedForAndNobodyTookIsNotDone() {
    List<Outcome> outcomes = new ArrayList<>();
    enqueue(new Signal.Write(new Command.Put(List.of()), outcomes::add));
    enqueue(new Signal.Flush<Message.ToGateway>());
    enqueue(new Signal.Read(new Query.Count(), outcomes::add));

    queue.cleanUp(ActorRef.noSender(), new BoundedMailbox.Bytes(BOUND));

    assertEquals(List.of(Gateway.ENDED, Gateway.ENDED), outcomes);
    assertEquals(List.of(), drain());
  }

  @Test
  void whatIsDroppedWhileSomebodyTracesIsToldUnderTheIdentityOfItsSending() {
    List<Fact> told = new ArrayList<>();
    Tap tap = new Tap(ONE, 5);
    tap.follow(entry -> told.add(entry.fact()));
    enqueue(accept(1, 2 * BOUND));

    Message message = new Message.Accept(BALLOT, 2, batch(1), 0);
    enqueue(tap.heard(new synod.paxos.Envelope<>(new ReplicaId(3), ONE, message), 0xabcL, 7));

    assertEquals(List.of(new Fact.Dropped("3>1:abc.7", 3, Saying.of(message))), told);
    assertEquals(1, queue.numberOfMessages());
  }

  @Test
  void signalsAndWhatRolesTellEachOtherAreNeverDropped() {
    enqueue(accept(1, 2 * BOUND));

    enqueue(new Signal.Flush<Message.ToAcceptor>());
    enqueue(new Signal.Tick<Message.ToAcceptor>());
    enqueue(from(new Message.SlotChosen(BALLOT, 1)));
    enqueue(from(new Message.Journaled(BALLOT, 1, batch(1), 0)));

    assertEquals(4, queue.numberOfMessages());
  }
}
