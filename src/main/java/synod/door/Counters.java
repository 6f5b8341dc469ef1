package synod.door;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a door has seen since it was opened. */
final class Counters {
  final LongAdder connections = new LongAdder();
  final LongAdder rejectedConnections = new LongAdder();
  final LongAdder stalled = new LongAdder();
  final LongAdder commands = new LongAdder();
  final LongAdder protocolErrors = new LongAdder();
  final LongAdder eventsDropped = new LongAdder();
  final LongAdder monitorDropped = new LongAdder();
  final LongAdder bytesIn = new LongAdder();
  final LongAdder bytesOut = new LongAdder();
  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  private final ConcurrentHashMap<String, LongAdder> errors = new ConcurrentHashMap<>();

  /** An error was answered; its first word is its code, of which there are few. */
  void fail(String text) {
    int blank = text.indexOf(' ');
    String code = blank < 0 ? text : text.substring(0, blank);
    errors.computeIfAbsent(code, unseen -> new LongAdder()).increment();
  }

  /** How often each code was answered. */
  Map<String, Long> errors() {
    Map<String, Long> all = new TreeMap<>();
    errors.forEach((code, count) -> all.put(code, count.sum()));
    return all;
  }
}
