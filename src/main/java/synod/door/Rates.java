package synod.door;

import java.util.List;

/** How much a door does a second. */
final class Rates {
  final Rate commands;
  final Rate bytesIn;
  final Rate bytesOut;

  Rates(Counters counters) {
    this.commands = new Rate(counters.commands::sum);
    this.bytesIn = new Rate(counters.bytesIn::sum);
    this.bytesOut = new Rate(counters.bytesOut::sum);
  }

  void look(long now) {
    List.of(commands, bytesIn, bytesOut).forEach(rate -> rate.look(now));
  }
}
