package synod.door;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A plain socket that says any bytes and reads replies, each as one line of text. */
final class RawClient implements AutoCloseable {
  final Socket socket;
  private final InputStream in;

  RawClient(Door door) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends a request as clients do: an array of bulk strings. */
  RawClient call(String... words) throws IOException {
    return send(frame(words));
  }

  static String frame(String... words) {
    StringBuilder frame = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      frame.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return frame.toString();
  }

  /** A simple string, number or error with its sign; a bulk string bare; the rest in brackets. */
  String reply() throws IOException {
    String line = line();
    int count = line.length() > 1 && "$*%>".indexOf(line.charAt(0)) >= 0 ? count(line) : 0;
    return switch (line.charAt(0)) {
      case '$' -> count < 0 ? "nil" : bulk(count);
      case '*' -> many(count).toString();
      case '>' -> "push" + many(count);
      case '%' -> "map" + many(2 * count);
      case '_' -> "nil";
      default -> line;
    };
  }

  private static int count(String line) {
    return Integer.parseInt(line.substring(1));
  }

  private List<String> many(int count) throws IOException {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(reply());
    }
    return items;
  }

  private String bulk(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    line();
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new IOException("closed after '" + line + "'");
      }
      if (read != '\r') {
        line.append((char) read);
      }
    }
    return line.toString();
  }

  int read() throws IOException {
    return in.read();
  }

  boolean isClosedByDoor() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
