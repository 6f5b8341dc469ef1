package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Clients that write two keys in a loop, the same ones in the same order whoever stores them, and
 * try again until they are told that it is done.
 */
final class Writers {
  private static final long THINK = 20_000;

  private final Timeline timeline;
  private final Store store;
  private final Diary diary;

  /** Where they write. */
  interface Store {
    /** Calls back once with whether it is done, or must be tried again. */
    void write(String client, List<String> keys, Consumer<Boolean> then);
  }

  Writers(Timeline timeline, Store store, Diary diary) {
    this.timeline = timeline;
    this.store = store;
    this.diary = diary;
  }

  void start(long seed) {
    SplittableRandom random = new SplittableRandom(seed + 7);
    for (int i = 1; i <= Contest.CLIENTS; i++) {
      think("c" + i, random.split());
    }
  }

  private void think(String client, SplittableRandom random) {
    long pause = 1 + random.nextLong(THINK);
    List<String> keys = twoOf(random);
    timeline.in(pause, () -> attempt(client, keys, random));
  }

  /** In their order: whoever locks in order does not lock in a circle. */
  private static List<String> twoOf(SplittableRandom random) {
    List<String> keys = new ArrayList<>();
    int first = random.nextInt(Contest.KEYS);
    int second = (first + 1 + random.nextInt(Contest.KEYS - 1)) % Contest.KEYS;
    keys.add("k" + Math.min(first, second));
    keys.add("k" + Math.max(first, second));
    return keys;
  }

  private void attempt(String client, List<String> keys, SplittableRandom random) {
    store.write(client, keys, done -> told(done, client, keys, random));
  }

  private void told(boolean done, String client, List<String> keys, SplittableRandom random) {
    if (done) {
      diary.happened(Diary.CLIENTS, "gateway", "Answered", 0, client + " " + keys);
      think(client, random);
    } else {
      timeline.in(5_000, () -> attempt(client, keys, random));
    }
  }
}
