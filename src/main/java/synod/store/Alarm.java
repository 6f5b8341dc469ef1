package synod.store;

import java.util.List;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import synod.paxos.StoreException;

/**
 * What happens at once when a database of a directory fails, on whichever thread. Once a second it
 * also asks each database whether one of RocksDB's own threads has failed: after that a writer may
 * wait for ever and be told nothing, and RocksDB's listener in Java 10.10 throws at a failed flush
 * (its list of reasons ends at 4, and that is 5).
 */
final class Alarm {
  private static final long PERIOD_MS = 1_000;

  private final Runnable noRoom;
  private final Consumer<String> fatal;
  private final List<Database> databases = new CopyOnWriteArrayList<>();

  /**
   * @param noRoom runs when there may be no room on the disk
   * @param fatal hears of a failure that no caller may live to be told of
   */
  Alarm(Runnable noRoom, Consumer<String> fatal) {
    this.noRoom = noRoom;
    this.fatal = fatal;
  }

  static Alarm none() {
    return new Alarm(() -> {}, why -> {});
  }

  /** Begins to ask, until what it returns is closed. */
  AutoCloseable start() {
    Timer timer = new Timer("synod-store-alarm", true);
    TimerTask asking =
        new TimerTask() {
          @Override
          public void run() {
            databases.forEach(Database::askBehind);
          }
        };
    timer.schedule(asking, PERIOD_MS, PERIOD_MS);
    return timer::cancel;
  }

  void watch(Database database) {
    databases.add(database);
  }

  void leave(Database database) {
    databases.remove(database);
  }

  void failed(StoreException failure) {
    if (String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("no space")) {
      noRoom.run();
    }
  }

  void failedBehind(StoreException failure) {
    noRoom.run();
    fatal.accept(String.valueOf(failure.getMessage()));
  }
}
