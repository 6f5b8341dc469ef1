package synod.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Follows what replicas say that happens. State: a connection to each, read by a thread of its own.
 */
final class Events implements AutoCloseable {
  private final List<Resp> open = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Hears of (replica, event) on other threads; replicas that are down are passed over. */
  Events(List<Address> replicas, BiConsumer<Integer, String> listener) {
    for (Address address : replicas) {
      try {
        Resp door = new Resp(address, 0);
        door.call(List.of("SYNOD", "EVENTS"));
        open.add(door);
        threads.add(Daemon.start("events-" + address.id(), () -> read(address, door, listener)));
      } catch (IOException down) {
        listener.accept(address.id(), "is down");
      }
    }
  }

  private static void read(Address address, Resp door, BiConsumer<Integer, String> listener) {
    try {
      while (door.read() instanceof Reply.Items push) {
        listener.accept(address.id(), push.items().get(push.items().size() - 1).text());
      }
    } catch (IOException e) {
      listener.accept(address.id(), "tells no more: " + e.getMessage());
    }
  }

  /** How many replicas tell. */
  int followed() {
    return open.size();
  }

  /** Waits until no replica tells anything more. */
  void awaitEnd() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Override
  public void close() {
    open.forEach(Resp::close);
  }
}
