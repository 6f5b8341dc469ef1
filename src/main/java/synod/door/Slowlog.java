package synod.door;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import synod.paxos.Bytes;

/**
 * The last {@link #BOUND} commands that took long, the newest first, and the spikes of the latency
 * of commands: the worst of each second, {@link #SPIKES} of them. Safe for any thread; only who was
 * slow anyhow comes here.
 */
final class Slowlog {
  static final int BOUND = 128;

  /** As many as Redis keeps. */
  private static final int SPIKES = 160;

  /** A command that took long; the words are shortened, the time is when it came. */
  record Entry(long id, long unixSeconds, long micros, List<Bytes> words, Client client) {}

  /** The worst of a second. */
  record Spike(long unixSeconds, long ms) {}

  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private final ArrayDeque<Spike> spikes = new ArrayDeque<>();
  private long next;
  private long worst;

  synchronized void add(Call call, long micros) {
    long now = System.currentTimeMillis();
    long came = TimeUnit.MILLISECONDS.toSeconds(now - TimeUnit.MICROSECONDS.toMillis(micros));
    entries.addFirst(
        new Entry(next++, came, micros, CommandTable.excerpt(call.words()), call.client()));
    if (entries.size() > BOUND) {
      entries.removeLast();
    }
    spike(new Spike(TimeUnit.MILLISECONDS.toSeconds(now), micros / 1000));
  }

  private void spike(Spike spike) {
    Spike last = spikes.peekLast();
    worst = Math.max(worst, spike.ms());
    if (last == null || last.unixSeconds() != spike.unixSeconds()) {
      spikes.addLast(spike);
    } else if (last.ms() < spike.ms()) {
      spikes.removeLast();
      spikes.addLast(spike);
    }
    if (spikes.size() > SPIKES) {
      spikes.removeFirst();
    }
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

  /** The oldest first. */
  synchronized List<Spike> spikes() {
    return List.copyOf(spikes);
  }

  /** The worst spike, in ms, since the start or {@link #forget}. */
  synchronized long worst() {
    return worst;
  }

  /** Forgets the spikes; whether there were any. */
  synchronized boolean forget() {
    boolean any = !spikes.isEmpty();
    spikes.clear();
    worst = 0;
    return any;
  }
}
