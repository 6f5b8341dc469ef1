package synod.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A server that answers each request with what a function makes of its words; an empty answer hangs
 * up. State: the connections, each with a thread of its own.
 */
public final class RespServer implements Closeable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Function<List<String>, String> answers;

  /** On a free port of this machine. */
  public RespServer(Function<List<String>, String> answers) throws IOException {
    this.answers = answers;
    start("resp-server", this::accept);
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  public InetSocketAddress address() {
    return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        start("resp-connection", () -> serve(socket));
      } catch (IOException closed) {
        // The test is through.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String answer = answers.apply(words(in, Integer.parseInt(line.substring(1))));
        if (answer.isEmpty()) {
          return;
        }
        socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
      }
    } catch (IOException closed) {
      // The client or the test is through.
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

  /** Takes no more connections, and breaks those that there are. */
  public void die() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    die();
  }
}
