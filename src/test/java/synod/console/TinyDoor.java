package synod.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A server that answers each request with what a function makes of its words; an empty answer hangs
 * up. State: the requests that came.
 */
final class TinyDoor implements Closeable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final List<List<String>> requests = Collections.synchronizedList(new ArrayList<>());
  private final Function<List<String>, String> answers;

  TinyDoor(Function<List<String>, String> answers) throws IOException {
    this.answers = answers;
    Daemon.start("tiny-door", this::serve);
  }

  /** Where nobody listens. */
  static Address closed(int id) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Address(id, server.getInetAddress().getHostAddress(), server.getLocalPort());
    }
  }

  Address address(int id) {
    return new Address(id, server.getInetAddress().getHostAddress(), server.getLocalPort());
  }

  /** What came, but for pings. */
  List<List<String>> requests() {
    return requests.stream().filter(words -> !words.equals(List.of("PING"))).toList();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        serve(socket);
      } catch (IOException closed) {
        // The client or the test is through.
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<String> words = words(in, Integer.parseInt(line.substring(1)));
      requests.add(words);
      String answer = words.equals(List.of("PING")) ? "+PONG\r\n" : answers.apply(words);
      if (answer.isEmpty()) {
        return;
      }
      socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
    }
  }

  private static List<String> words(BufferedReader in, int count) throws IOException {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      char[] word = new char[Integer.parseInt(in.readLine().substring(1))];
      for (int got = 0; got < word.length; ) {
        got += in.read(word, got, word.length - got);
      }
      in.readLine();
      words.add(new String(word));
    }
    return words;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
