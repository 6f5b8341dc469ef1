package synod.store;

import java.util.Locale;
import java.util.function.Consumer;
import synod.paxos.StoreException;

/** What happens at once when a database of a directory fails, on whichever thread. */
final class Alarm {
  private final Runnable noRoom;
  private final Consumer<String> fatal;

  /**
   * @param noRoom runs when there is no room on the disk
   * @param fatal hears of a failure that no caller may live to be told of
   */
  Alarm(Runnable noRoom, Consumer<String> fatal) {
    this.noRoom = noRoom;
    this.fatal = fatal;
  }

  static Alarm none() {
    return new Alarm(() -> {}, why -> {});
  }

  void failed(StoreException failure) {
    if (String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("no space")) {
      noRoom.run();
    }
  }

  void failedBehind(StoreException failure) {
    failed(failure);
    fatal.accept(String.valueOf(failure.getMessage()));
  }
}
