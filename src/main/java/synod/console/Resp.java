package synod.console;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * A connection to a door that speaks RESP2: one request, one answer. State: the socket. After an
 * {@link IOException} nobody knows what the next answer belongs to, so it must be closed then.
 */
final class Resp implements Closeable {
  private static final int CONNECT_MS = 1000;
  private static final int LONGEST = 64 << 20;

  private final Socket socket;
  private final InputStream in;

  /**
   * Connects.
   *
   * @param patienceMs how long an answer is waited for; 0 is for ever
   */
  Resp(Address address, int patienceMs) throws IOException {
    this.socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MS);
      socket.setSoTimeout(patienceMs);
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends a request of raw words and waits for its answer. */
  Reply call(List<String> words) throws IOException {
    send(words);
    return read();
  }

  void send(List<String> words) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(("*" + words.size() + "\r\n").getBytes(US_ASCII));
    for (String word : words) {
      request.writeBytes(("$" + word.length() + "\r\n").getBytes(US_ASCII));
      request.writeBytes(Raw.bytes(word));
      request.writeBytes("\r\n".getBytes(US_ASCII));
    }
    socket.getOutputStream().write(request.toByteArray());
  }

  Reply read() throws IOException {
    String line = line();
    String rest = line.isEmpty() ? "" : line.substring(1);
    return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
      case '+' -> new Reply.Text(rest);
      case '-' -> new Reply.Failure(Raw.text(rest));
      case ':' -> new Reply.Whole(number(rest, Long.MAX_VALUE));
      case '$' -> bulk((int) number(rest, LONGEST));
      case '*' -> items((int) number(rest, LONGEST));
      default -> throw new IOException("this is no RESP2: '" + line + "'");
    };
  }

  private Reply bulk(int length) throws IOException {
    if (length < 0) {
      return new Reply.Nil();
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length || in.read() != '\r' || in.read() != '\n') {
      throw new EOFException("the connection ended within an answer");
    }
    return new Reply.Text(Raw.of(bytes));
  }

  private Reply items(int count) throws IOException {
    if (count < 0) {
      return new Reply.Nil();
    }
    List<Reply> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(read());
    }
    return new Reply.Items(items);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\r'; b = in.read()) {
      if (b < 0 || line.length() > 1 << 16) {
        throw new EOFException("the connection ended");
      }
      line.append((char) b);
    }
    if (in.read() != '\n') {
      throw new IOException("this is no RESP2: a line without an end");
    }
    return line.toString();
  }

  private static long number(String text, long most) throws IOException {
    try {
      long number = Long.parseLong(text);
      if (number <= most) {
        return number;
      }
    } catch (NumberFormatException none) {
      // Told below.
    }
    throw new IOException("this is no RESP2: a number '" + text + "'");
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nobody reads from it any more.
    }
  }
}
