package synod.console;

import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import synod.top.Glance;
import synod.top.View;

/**
 * Asks each replica four times a second and hears what it tells, on threads and connections of its
 * own, so that one that hangs delays no other. State: whether it is closed.
 */
final class TopWatch implements AutoCloseable {
  private static final long PAUSE_MS = 250;
  private static final int PATIENCE_MS = 1000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final List<Address> replicas;
  private final View view;
  private final boolean events;
  private volatile boolean closed;

  /** Events are of use to who stays. */
  TopWatch(List<Address> replicas, View view, boolean events) {
    this.replicas = replicas;
    this.view = view;
    this.events = events;
  }

  void begin() {
    for (Address address : replicas) {
      Daemon.start("top-" + address.id(), () -> untilClosed(() -> ask(address)));
      if (events) {
        Daemon.start("top-events-" + address.id(), () -> untilClosed(() -> hear(address)));
      }
    }
  }

  static String time() {
    return LocalTime.now(ZoneId.systemDefault()).format(TIME);
  }

  private interface Step {
    void run() throws InterruptedException;
  }

  private void untilClosed(Step step) {
    try {
      while (!closed) {
        step.run();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** On one connection for as long as it lasts. */
  private void ask(Address address) throws InterruptedException {
    try (Resp door = new Resp(address, PATIENCE_MS)) {
      while (!closed) {
        take(address, Poll.glance(door.call(Poll.STATUS)));
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (IOException e) {
      take(address, Poll.without(e));
    }
  }

  private void take(Address address, Glance glance) {
    view.take(address.id(), glance, time());
  }

  private void hear(Address address) throws InterruptedException {
    try (Events events = new Events(List.of(address), this::tell)) {
      boolean over = false;
      while (!closed && !over) {
        over = events.over().await(PAUSE_MS, TimeUnit.MILLISECONDS);
      }
    }
  }

  private void tell(int replica, String event) {
    view.hear(replica, event, new View.Moment(0, 0, time(), System.nanoTime()));
  }

  @Override
  public void close() {
    closed = true;
  }
}
