package synod.console;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import synod.trace.Entry;
import synod.trace.Fact;
import synod.trace.Lines;

/**
 * Writes down what all replicas tell for a trace, also those that come back meanwhile. State: what
 * they told, the connection to each that tells, and how many entries are missing.
 *
 * <p>A replica whose connection ends has ended, as far as anybody can see from here, and begins
 * when it tells again. Its next process counts places on above those of this one.
 */
final class Recording implements AutoCloseable {
  static final int MOST = 200_000;

  private static final long PAUSE_MS = 200;
  private static final long FIRST_MS = 1000;

  /** So long after the end receipts of what was sent before are still waited for. */
  private static final long GRACE_MS = 200;

  private final List<Entry> entries = new ArrayList<>();
  private final Map<Integer, Resp> open = new ConcurrentHashMap<>();
  private final Map<Integer, Entry> last = new TreeMap<>();
  private final TreeSet<Integer> down = new TreeSet<>();
  private final TreeSet<Integer> absent = new TreeSet<>();
  private final Map<Integer, Long> dropped = new TreeMap<>();
  private final CountDownLatch first;
  private final CountDownLatch full = new CountDownLatch(1);
  private volatile boolean closed;

  Recording(List<Address> replicas) {
    this.first = new CountDownLatch(replicas.size());
    for (Address address : replicas) {
      Daemon.start("trace-" + address.id(), () -> follow(address));
    }
  }

  /** Waits until all that are up tell; not for long, since one may hang. False if all are down. */
  boolean awaitBegin() {
    try {
      boolean all = first.await(FIRST_MS, TimeUnit.MILLISECONDS);
      return !(all && open.isEmpty());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for that long, or until no more can be kept, and then says that it is over. */
  void awaitFull(Duration longest, CountDownLatch over) {
    try {
      if (full.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        closed = true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    over.countDown();
  }

  synchronized List<Integer> down() {
    return List.copyOf(down);
  }

  // ---------------------------------------------------------------- hearing

  private void follow(Address address) {
    try {
      for (boolean again = false; !closed; again = true) {
        hear(address, again);
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hear(Address address, boolean again) {
    try (Resp door = new Resp(address, 0)) {
      if (door.call(List.of("SYNOD", "TRACE")) instanceof Reply.Failure failure) {
        throw new IOException(failure.message());
      }
      open.put(address.id(), door);
      if (!again) {
        first.countDown();
      }
      while (!closed && door.read() instanceof Reply.Text line) {
        take(address.id(), line.text());
      }
    } catch (IOException e) {
      ended(address.id(), again);
    } finally {
      open.remove(address.id());
    }
  }

  private synchronized void ended(int id, boolean again) {
    Entry before = last.remove(id);
    if (closed) {
      return;
    }
    absent.add(id);
    if (before != null) {
      String text = "process ended, or cannot be reached";
      Fact ended = new Fact.Happened("process", "Ended", "", 0, text);
      keep(new Entry(id, before.place() + 1, before.micros(), ended));
    } else if (!again) {
      down.add(id);
      first.countDown();
    }
  }

  private synchronized void take(int id, String line) {
    OptionalLong missing = Lines.dropped(line);
    if (missing.isPresent()) {
      dropped.merge(id, missing.getAsLong(), Long::sum);
      return;
    }
    Entry entry = Lines.parse(line);
    if (absent.contains(id)) {
      Fact began = new Fact.Happened("process", "Began", "", 0, "process tells again");
      keep(new Entry(id, Math.max(entry.place() - 1, 0), entry.micros(), began));
    }
    absent.remove(id);
    last.put(id, entry);
    keep(entry);
  }

  private void keep(Entry entry) {
    if (entries.size() < MOST) {
      entries.add(entry);
    } else {
      full.countDown();
    }
  }

  // ---------------------------------------------------------------- the end

  /** What was told; nothing is written down any more. */
  List<Entry> end() {
    try {
      TimeUnit.MILLISECONDS.sleep(closed ? 0 : GRACE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    synchronized (this) {
      return List.copyOf(entries);
    }
  }

  /** What a reader of the trace has to know. */
  synchronized List<String> notes() {
    List<String> notes = new ArrayList<>();
    dropped.forEach(
        (id, count) ->
            notes.add(
                "replica " + id + " told more than could be sent: " + count + " are missing"));
    if (full.getCount() == 0) {
      notes.add("the trace ends after " + MOST + " messages and events: no more are kept");
    }
    return notes;
  }

  @Override
  public void close() {
    closed = true;
    open.values().forEach(Resp::close);
  }
}
