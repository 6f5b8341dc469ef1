package synod.door;

import java.util.concurrent.atomic.LongAdder;

/** What a door has seen since it was opened. */
final class Counters {
  final LongAdder connections = new LongAdder();
  final LongAdder rejectedConnections = new LongAdder();
  final LongAdder stalled = new LongAdder();
  final LongAdder commands = new LongAdder();
  final LongAdder protocolErrors = new LongAdder();
  final LongAdder eventsDropped = new LongAdder();
}
