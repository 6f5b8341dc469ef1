package synod.door;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import synod.paxos.Bytes;
import synod.replica.Replica;

/**
 * Who hears every command of the door, by {@code MONITOR}. While nobody does, a command costs one
 * volatile read. Safe for any thread.
 */
final class Monitors {
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  Replica.Subscription follow(Consumer<String> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** A command begins. */
  void hear(Call call) {
    if (!listeners.isEmpty()) {
      String line = line(System.currentTimeMillis(), call);
      listeners.forEach(listener -> listener.accept(line));
    }
  }

  /**
   * In the form of Redis: {@code 1339518083.107412 [0 127.0.0.1:60866] "keys" "*"}. Lines wait for
   * their reader, so that what is long is shortened.
   */
  private static String line(long ms, Call call) {
    String words =
        CommandTable.excerpt(call.words()).stream()
            .map(Monitors::quoted)
            .collect(Collectors.joining(" "));
    String time = String.format("%d.%03d000", ms / 1000, ms % 1000);
    return time + " [0 " + call.client().address() + "] " + words;
  }

  private static String quoted(Bytes word) {
    StringBuilder text = new StringBuilder("\"");
    for (byte each : word.array()) {
      int b = each & 0xff;
      text.append(
          b == '"' || b == '\\'
              ? "\\" + (char) b
              : b >= ' ' && b < 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b));
    }
    return text.append('"').toString();
  }
}
