package synod.console;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import synod.testing.RespServer;

/** A door that answers what a test says, and a ping by itself. State: the requests that came. */
final class TinyDoor implements Closeable {
  private static final List<String> PING = List.of("PING");

  private final List<List<String>> requests = Collections.synchronizedList(new ArrayList<>());
  private final RespServer server;

  /** With the answer to each request; an empty one hangs up. */
  TinyDoor(Function<List<String>, String> answers) throws IOException {
    server =
        new RespServer(
            words -> {
              requests.add(words);
              return words.equals(PING) ? "+PONG\r\n" : answers.apply(words);
            });
  }

  /** Where nobody listens. */
  static Address closed(int id) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Address(id, server.getInetAddress().getHostAddress(), server.getLocalPort());
    }
  }

  Address address(int id) {
    InetSocketAddress address = server.address();
    return new Address(id, address.getAddress().getHostAddress(), address.getPort());
  }

  /** What came, but for pings. */
  List<List<String>> requests() {
    synchronized (requests) {
      return requests.stream().filter(words -> !words.equals(PING)).toList();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
