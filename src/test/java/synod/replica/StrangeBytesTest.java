package synod.replica;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody talks to the port that is meant for the other replicas, and is none of them. What is not
 * tried: a frame that says its length is negative, or near 2^31, keeps a thread of Artery's busy
 * for ever (Akka 2.8.5), so that port must be closed to strangers, as the README says.
 */
class StrangeBytesTest {
  /** What Artery's connections begin with; a stream's number follows. */
  private static final byte[] MAGIC = "AKKA".getBytes(US_ASCII);

  private static final int STREAMS = 3;
  private static final int MUCH = 100_000;

  private final SplittableRandom random = new SplittableRandom(1);
  private final TestCluster cluster =
      TestCluster.ofFive("gateway { retry = 100 ms, command-timeout = 60 s }");

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void whoeverSendsThemDisturbsNobody() throws IOException {
    CountingClients clients = CountingClients.start(cluster, cluster.alive(), "strange");
    clients.awaitProgress(1);

    for (int id : cluster.alive()) {
      send(id, noise(MUCH));
      send(id, "GET / HTTP/1.1\r\nHost: synod\r\n\r\n".getBytes(US_ASCII));
      for (int stream = 1; stream <= STREAMS; stream++) {
        send(id, stream(stream, frame(1_000, noise(1_000))));
        send(id, stream(stream, frame(2 * MUCH, noise(MUCH))));
      }
    }

    clients.awaitProgress(5);
    clients.end();
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  private static byte[] stream(int number, byte[] frame) {
    return concat(concat(MAGIC, new byte[] {(byte) number}), frame);
  }

  /** It says that it is so long, lowest byte first, whatever it is. */
  private static byte[] frame(int length, byte[] content) {
    byte[] said = {
      (byte) length, (byte) (length >>> 8), (byte) (length >>> 16), (byte) (length >>> 24)
    };
    return concat(said, content);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = new byte[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** The other end may hang up before all is sent. */
  private void send(int id, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cluster.arteryPort(id))) {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (SocketException hungUp) {
      // As it should.
    }
  }
}
