package synod.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Follows what replicas say that happens. State: a connection to each, read by a thread of its own.
 */
final class Events implements AutoCloseable {
  private static final Pattern ROUTINE =
      Pattern.compile("(proposed|accepted|applied|adopts for) slot \\d+.*|slot \\d+ is chosen.*");

  private final List<Resp> open = new ArrayList<>();
  private final CountDownLatch over;

  /** Hears of (replica, event) on other threads; replicas that are down are passed over. */
  Events(List<Address> replicas, BiConsumer<Integer, String> listener) {
    over = new CountDownLatch(replicas.size());
    for (Address address : replicas) {
      try {
        Resp door = new Resp(address, 0);
        door.call(List.of("SYNOD", "EVENTS"));
        open.add(door);
        Daemon.start("events-" + address.id(), () -> read(address, door, listener));
      } catch (IOException down) {
        over.countDown();
        listener.accept(address.id(), "is down");
      }
    }
  }

  /** Whether it happens in every slot, ten times a second while nobody does anything. */
  static boolean isRoutine(String event) {
    return ROUTINE.matcher(event).matches();
  }

  private void read(Address address, Resp door, BiConsumer<Integer, String> listener) {
    try {
      while (door.read() instanceof Reply.Text event) {
        listener.accept(address.id(), event.text());
      }
    } catch (IOException e) {
      listener.accept(address.id(), "tells no more: " + e.getMessage());
    } finally {
      over.countDown();
    }
  }

  /** How many replicas tell. */
  int followed() {
    return open.size();
  }

  /** Is at zero when no replica tells anything more. */
  CountDownLatch over() {
    return over;
  }

  @Override
  public void close() {
    open.forEach(Resp::close);
  }
}
