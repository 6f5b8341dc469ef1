package synod.replica;

import java.util.ArrayDeque;
import java.util.List;

/**
 * When something took long: the worst of each second, the last {@link #MOST} of them. Safe for any
 * thread; only what was slow anyhow comes here.
 */
public final class Spikes {
  /** As many as Redis keeps. */
  static final int MOST = 160;

  /** The worst of a second. */
  public record Spike(long unixSeconds, long ms) {}

  private final ArrayDeque<Spike> spikes = new ArrayDeque<>();
  private long worst;

  public synchronized void add(Spike spike) {
    Spike last = spikes.peekLast();
    worst = Math.max(worst, spike.ms());
    if (last == null || last.unixSeconds() != spike.unixSeconds()) {
      spikes.addLast(spike);
    } else if (last.ms() < spike.ms()) {
      spikes.removeLast();
      spikes.addLast(spike);
    }
    if (spikes.size() > MOST) {
      spikes.removeFirst();
    }
  }

  /** The oldest first. */
  public synchronized List<Spike> all() {
    return List.copyOf(spikes);
  }

  /** The worst, in ms, since the start or {@link #forget}. */
  public synchronized long worst() {
    return worst;
  }

  /** Forgets them; whether there were any. */
  public synchronized boolean forget() {
    boolean any = !spikes.isEmpty();
    spikes.clear();
    worst = 0;
    return any;
  }
}
