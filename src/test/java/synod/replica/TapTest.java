package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.paxos.Ballot;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.trace.Entry;
import synod.trace.Fact;

class TapTest {
  private static final ReplicaId ONE = new ReplicaId(1);
  private static final ReplicaId TWO = new ReplicaId(2);
  private static final Message PING = new Message.Ping(7);
  private static final Message TOKEN = new Message.Token(3, ONE, List.of(), false);

  private final Tap one = new Tap(ONE, 5);
  private final Tap two = new Tap(TWO, 9);
  private final List<Entry> told = new ArrayList<>();

  private static Envelope<?> say(ReplicaId from, ReplicaId to, Message message) {
    return new Envelope<>(from, to, message);
  }

  private void trace() {
    one.follow(told::add);
    two.follow(told::add);
  }

  private String id(int entry) {
    Fact fact = told.get(entry).fact();
    return fact instanceof Fact.Sent sent
        ? sent.id()
        : fact instanceof Fact.Lost lost ? lost.id() : ((Fact.Received) fact).id();
  }

  @Test
  void whileNobodyTracesAnEnvelopeIsDeliveredAsItIs() {
    Envelope<?> envelope = say(ONE, ONE, PING);

    assertSame(envelope, one.own(envelope));
    assertSame(envelope, one.heard(envelope, 1, 1));
    one.happened(new Event.Promised(Ballot.NONE));
    one.lost(envelope);
    trace();
    assertEquals(List.of(), told);
  }

  @Test
  void whatARoleSaysToItsOwnReplicaIsKnownAtBothEnds() {
    trace();

    one.received(assertInstanceOf(Signal.Traced.class, one.own(say(ONE, ONE, PING))));
    one.received(assertInstanceOf(Signal.Traced.class, one.own(say(ONE, ONE, PING))));

    assertEquals(id(0), id(1));
    assertEquals(id(2), id(3));
    assertEquals(2, Stream.of(id(0), id(2)).distinct().count());
  }

  @Test
  void whatGoesOverALinkIsKnownByItsConnectionAndItsPlace() {
    trace();

    one.sent(say(ONE, TWO, PING), 0xabcL, 7);
    two.received(assertInstanceOf(Signal.Traced.class, two.heard(say(ONE, TWO, PING), 0xabcL, 7)));

    assertEquals(List.of("1>2:abc.7", "1>2:abc.7"), List.of(id(0), id(1)));
  }

  @Test
  void theTokenIsKnownByWhatItSays() {
    trace();

    one.passed(say(ONE, TWO, TOKEN));
    two.arrived(say(ONE, TWO, TOKEN));
    two.passed(say(TWO, ONE, TOKEN));

    assertEquals(id(0), id(1));
    assertTrue(!id(0).equals(id(2)));
  }

  @Test
  void whatArrivesWithoutAnIdentityWasSentBeforeTheTraceBegan() {
    trace();

    two.arrived(say(ONE, TWO, PING));
    one.arrived(say(ONE, ONE, TOKEN));

    assertEquals(List.of(), told);
  }

  @Test
  void whatIsLostWasSentAndHasAnIdentityOfItsOwn() {
    trace();

    one.lost(say(ONE, TWO, PING));
    one.lost(say(ONE, TWO, PING));

    assertInstanceOf(Fact.Sent.class, told.get(0).fact());
    assertInstanceOf(Fact.Lost.class, told.get(1).fact());
    assertEquals(id(0), id(1));
    assertTrue(!id(1).equals(id(3)));
  }

  @Test
  void placesRiseAlsoFromOneProcessToTheNextOnTheSameDisk() {
    Tap next = new Tap(ONE, 6);
    next.follow(told::add);
    trace();

    one.synced(RoleName.ACCEPTOR, 412_000);
    one.synced(RoleName.ACCEPTOR, 412_000);
    next.synced(RoleName.ACCEPTOR, 412_000);

    assertTrue(told.get(0).place() < told.get(1).place());
    assertTrue(told.get(1).place() < told.get(2).place());
    assertEquals(new Fact.Synced("acceptor", 412), told.get(0).fact());
  }

  @Test
  void whoLeavesHearsNoMore() {
    one.follow(told::add).close();

    assertTrue(!one.isOn());
  }
}
