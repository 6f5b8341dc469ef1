package synod.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import synod.paxos.Message.Token;
import synod.paxos.Message.TokenAck;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;

class CourierTest {
  private static final ReplicaId ONE = new ReplicaId(1);
  private static final ReplicaId TWO = new ReplicaId(2);
  private static final ReplicaId THREE = new ReplicaId(3);
  private static final Token TOKEN = new Token(7, ONE, List.of(), false);
  private static final TokenAck ACK = new TokenAck(7, ONE, 0);

  private final List<ReplicaId> tried = new ArrayList<>();
  private final Outbox outbox =
      Outbox.speaking(
          new Outbox.Owner(
              ONE, new NoJournal(), envelope -> tried.add(envelope.to()), event -> {}));
  private final Courier courier = new Courier(100);

  @Test
  void triesEachOnceThenGivesTheTokenBack() {
    courier.carry(TOKEN, List.of(TWO, THREE));

    assertEquals(Optional.empty(), send(0));
    assertEquals(Optional.empty(), send(99));
    assertEquals(Optional.empty(), send(100));
    assertEquals(Optional.of(TOKEN), send(200));
    assertEquals(List.of(TWO, THREE), tried);
  }

  @Test
  void isDoneWhenTheTokenIsAcknowledged() {
    courier.carry(TOKEN, List.of(TWO, THREE));
    send(0);

    courier.acknowledged(TWO, ACK);

    assertEquals(Optional.empty(), send(1_000));
    assertEquals(List.of(TWO), tried);
  }

  @Test
  void anotherTokensAcknowledgementIsNotThisOnes() {
    courier.carry(TOKEN, List.of(TWO, THREE));
    send(0);

    courier.acknowledged(TWO, new TokenAck(6, ONE, 0));
    courier.acknowledged(TWO, new TokenAck(7, ONE, 1));
    send(100);

    assertEquals(List.of(TWO, THREE), tried);
  }

  @Test
  void isMorePatientAfterASkipThatProvedFalseAndUpToABound() {
    for (int times = 0; times < 5; times++) {
      courier.carry(TOKEN, List.of(TWO, THREE));
      send(0);
      send(10_000);
      courier.acknowledged(TWO, ACK);
    }
    assertEquals(2 * 800, courier.lapMs(2));

    courier.acknowledged(THREE, ACK);
    assertEquals(2 * 400, courier.lapMs(2));
  }

  private Optional<Token> send(long now) {
    Optional<Token> back = courier.send(now, outbox);
    outbox.release();
    return back;
  }
}
