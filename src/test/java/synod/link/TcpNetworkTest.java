package synod.link;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.ReplicaId;
import synod.testing.FreePorts;

/** Two replicas on the loopback interface. */
class TcpNetworkTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final int MAX_MESSAGE = 1 << 20;

  private final List<Integer> ports = FreePorts.find(2);
  private final List<Loop> loops = new ArrayList<>();
  private final List<TcpNetwork> networks = new ArrayList<>();

  /** What one end has heard. */
  private static final class Heard implements TcpNetwork.Hearer {
    private final BlockingQueue<Envelope<?>> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<ReplicaId> gone = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> places = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<Envelope<?>> lost = new LinkedBlockingQueue<>();

    @Override
    public void hear(Envelope<?> envelope, long connection, long place) {
      messages.add(envelope);
      places.add(envelope.message() + " " + connection + "." + place);
    }

    @Override
    public void sent(Envelope<?> envelope, long connection, long place) {
      sent.add(envelope.message() + " " + connection + "." + place);
    }

    @Override
    public void lost(Envelope<?> envelope) {
      lost.add(envelope);
    }

    @Override
    public void gone(ReplicaId peer) {
      gone.add(peer);
    }
  }

  /** A submit is its commands. */
  private static final class Plain implements Codec {
    @Override
    public byte[] encode(Message message) {
      return ((Message.Submit) message).commands().array();
    }

    @Override
    public Message decode(byte[] bytes) {
      return new Message.Submit(Bytes.of(bytes));
    }
  }

  @AfterEach
  void close() {
    networks.forEach(TcpNetwork::close);
    loops.forEach(Loop::close);
  }

  private TcpNetwork open(int id, String cluster, Heard heard) {
    Loop loop = Loop.start("link-" + id);
    loops.add(loop);
    LinkSettings settings =
        new LinkSettings(
            cluster,
            new ReplicaId(id),
            List.of(
                new LinkSettings.Member(new ReplicaId(1), "127.0.0.1", ports.get(0)),
                new LinkSettings.Member(new ReplicaId(2), "127.0.0.1", ports.get(1))),
            4 << 20,
            MAX_MESSAGE);
    TcpNetwork network = TcpNetwork.open(settings, new Plain(), loop, heard);
    networks.add(network);
    network.dial();
    return network;
  }

  private static Envelope<?> say(int from, int to, String what) {
    return new Envelope<>(
        new ReplicaId(from), new ReplicaId(to), 9, new Message.Submit(Bytes.utf8(what)));
  }

  /** Whatever is said before the link stands is lost: it is said until it is heard. */
  private static Envelope<?> sayUntilHeard(TcpNetwork from, Envelope<?> what, Heard by)
      throws InterruptedException {
    for (int tenths = 0; tenths < 10 * PATIENCE_SECONDS; tenths++) {
      from.send(what);
      Envelope<?> heard = by.messages.poll(100, TimeUnit.MILLISECONDS);
      if (heard != null) {
        return heard;
      }
    }
    throw new AssertionError("not heard: " + what);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  @Test
  void whatIsSaidIsHeardInOrderAndBearsWhoSaidIt() throws InterruptedException {
    Heard heard = new Heard();
    TcpNetwork one = open(1, "c", new Heard());
    open(2, "c", heard);
    assertEquals(say(1, 2, "first"), sayUntilHeard(one, say(1, 2, "first"), heard));

    for (int i = 0; i < 1_000; i++) {
      one.send(say(1, 2, "n" + i));
    }

    for (int i = 0; i < 1_000; i++) {
      Envelope<?> next = next(heard.messages);
      while (next.equals(say(1, 2, "first"))) {
        next = next(heard.messages);
      }
      assertEquals(say(1, 2, "n" + i), next);
    }
  }

  @Test
  void bothEndsKnowAMessageByItsConnectionAndItsPlaceThere() throws InterruptedException {
    Heard told = new Heard();
    Heard heard = new Heard();
    TcpNetwork one = open(1, "c", told);
    TcpNetwork two = open(2, "c", heard);
    sayUntilHeard(one, say(1, 2, "first"), heard);
    two.close();
    Heard again = new Heard();
    open(2, "c", again);
    sayUntilHeard(one, say(1, 2, "second"), again);

    List<String> came = new ArrayList<>(heard.places);
    came.addAll(again.places);

    List<String> sent = new ArrayList<>();
    while (!sent.containsAll(came)) {
      sent.add(next(told.sent)); // may be told after the other end has heard it
    }
    assertEquals(sent.size(), sent.stream().distinct().count());
    assertTrue(
        came.stream().map(place -> place.replaceAll(".* |\\..*", "")).distinct().count() > 1);
  }

  @Test
  void whatIsSaidWhileNobodyListensIsKnownToBeLost() throws InterruptedException {
    Heard told = new Heard();
    TcpNetwork one = open(1, "c", told);

    one.send(say(1, 2, "into the void"));

    assertEquals(say(1, 2, "into the void"), next(told.lost));
    assertEquals(0, told.sent.size());
  }

  @Test
  void aPeerThatDiesAndComesBackHearsAgain() throws InterruptedException {
    Heard heard = new Heard();
    TcpNetwork one = open(1, "c", heard);
    TcpNetwork two = open(2, "c", new Heard());
    sayUntilHeard(two, say(2, 1, "here"), heard);
    Heard again = new Heard();

    two.close();

    open(2, "c", again);
    assertEquals(say(1, 2, "back"), sayUntilHeard(one, say(1, 2, "back"), again));
  }

  @Test
  void aPeerWhoseProcessEndsIsGone() throws InterruptedException {
    Heard heard = new Heard();
    open(1, "c", heard);
    TcpNetwork two = open(2, "c", new Heard());
    sayUntilHeard(two, say(2, 1, "here"), heard);

    two.close();

    assertEquals(new ReplicaId(2), next(heard.gone));
  }

  /** A peer that was never there is not gone, nor is one that hangs up and answers again. */
  @Test
  void aPeerThatStillListensIsNotGone() throws Exception {
    Heard heard = new Heard();
    open(1, "c", heard);
    try (ServerSocket two = new ServerSocket(ports.get(1), 8, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 3; i++) {
        try (Socket connection = two.accept()) {
          connection.getOutputStream().write(new byte[4]);
          assertTrue(connection.getInputStream().read() >= 0, "a greeting");
        }
      }
      assertEquals(0, heard.gone.size());
    }
    assertEquals(new ReplicaId(2), next(heard.gone));
  }

  /** Who greets well is heard, so a greeting that is wrong in one place is what ends it. */
  @Test
  void whoGreetsAsAReplicaOfAnotherClusterOrForAnotherReplicaIsHungUpOn() throws Exception {
    Heard heard = new Heard();
    open(1, "c", heard);

    for (Greeting wrong :
        List.of(
            new Greeting("other", new ReplicaId(2), new ReplicaId(1), 7),
            new Greeting("c", new ReplicaId(2), new ReplicaId(3), 7),
            new Greeting("c", new ReplicaId(3), new ReplicaId(1), 7),
            new Greeting("c", new ReplicaId(1), new ReplicaId(1), 7))) {
      try (Socket socket = greeting(wrong)) {
        assertTrue(isClosed(socket), wrong.toString());
      }
    }
    try (Socket socket = greeting(new Greeting("c", new ReplicaId(2), new ReplicaId(1), 7))) {
      ByteBuf frame =
          new Frames(new Plain()).encode(say(2, 1, "well"), UnpooledByteBufAllocator.DEFAULT);
      socket.getOutputStream().write(ByteBufUtil.getBytes(frame));
      assertEquals(say(2, 1, "well"), next(heard.messages));
    }
  }

  private Socket greeting(Greeting greeting) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.get(0));
    socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    ByteBuf bytes = Unpooled.buffer();
    greeting.write(bytes);
    socket.getOutputStream().write(ByteBufUtil.getBytes(bytes));
    return socket;
  }

  /** None of them costs more than its connection. */
  @Test
  void whoSpeaksOtherwiseIsHungUpOn() throws Exception {
    Heard heard = new Heard();
    open(1, "c", heard);
    TcpNetwork two = open(2, "c", new Heard());
    List<byte[]> strange =
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII),
            ByteBuffer.allocate(8).putInt(-1).putInt(7).array(),
            ByteBuffer.allocate(8).putInt(Integer.MAX_VALUE).putInt(7).array(),
            ByteBuffer.allocate(64).putInt(60).array());

    for (byte[] bytes : strange) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ports.get(0))) {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        socket.getOutputStream().write(bytes);
        assertTrue(isClosed(socket));
      }
    }

    assertEquals(say(2, 1, "still"), sayUntilHeard(two, say(2, 1, "still"), heard));
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  /** As a replica that is started again needs it. */
  @Test
  void aPortIsFreeOnceItsNetworkIsClosed() {
    for (int i = 0; i < 200; i++) {
      TcpNetwork network = open(1, "c", new Heard());
      network.close();
      networks.remove(network);
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    open(1, "c", new Heard());

    LinkException error = assertThrows(LinkException.class, () -> open(1, "c", new Heard()));

    assertTrue(String.valueOf(error.getMessage()).contains("127.0.0.1:" + ports.get(0)));
  }
}
