package synod.door;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import synod.paxos.Bytes;
import synod.replica.Spikes;

/**
 * The last {@link #BOUND} commands that took long, the newest first, and the spikes of the latency
 * of commands. Safe for any thread; only who was slow anyhow comes here.
 */
final class Slowlog {
  static final int BOUND = 128;

  /** A command that took long; the words are shortened, the time is when it came. */
  record Entry(long id, long unixSeconds, long micros, List<Bytes> words, Client client) {}

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final Spikes spikes = new Spikes();
  private long next;

  synchronized void add(Call call, long micros) {
    long now = System.currentTimeMillis();
    long came = TimeUnit.MILLISECONDS.toSeconds(now - TimeUnit.MICROSECONDS.toMillis(micros));
    entries.addFirst(
        new Entry(next++, came, micros, CommandTable.excerpt(call.words()), call.client()));
    if (entries.size() > BOUND) {
      entries.removeLast();
    }
    spikes.add(new Spikes.Spike(TimeUnit.MILLISECONDS.toSeconds(now), micros / 1000));
  }

  synchronized List<Entry> newest(long count) {
    return entries.stream().limit(count).toList();
  }

  synchronized int size() {
    return entries.size();
  }

  synchronized void clear() {
    entries.clear();
  }

  Spikes spikes() {
    return spikes;
  }
}
