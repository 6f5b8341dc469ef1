package synod.ring;

import synod.paxos.Invariant;

/** All durations of the election, in ms. {@link #DEFAULTS} suit five processes on two cores. */
public record ElectorSettings(Detection detection, Lap lap, Backoff backoff) {

  public static final ElectorSettings DEFAULTS =
      new ElectorSettings(new Detection(100, 500, 150), new Lap(100, 500), new Backoff(250, 2_000));

  /**
   * When a silence counts.
   *
   * @param keepAliveMs an idle leader is heard so often, 100: it must fit at least three times into
   *     the suspect timeout, so that one lost message alarms nobody
   * @param suspectMs the suspect timeout is drawn anew between this and twice this, 500: five times
   *     that, more than a loaded machine of two cores is seen to stall, and still a failover of
   *     less than a second. It is the failure-detection time of reach as well
   * @param pingMs so often each replica pings every other, 150: three pings fit into the
   *     failure-detection time, and 27 small messages a second and link are nothing
   */
  public record Detection(long keepAliveMs, long suspectMs, long pingMs) {
    public Detection {
      Invariant.check(keepAliveMs > 0 && pingMs > 0, "not positive: %s, %s", keepAliveMs, pingMs);
      Invariant.check(suspectMs >= 3 * keepAliveMs, "suspect %s < 3 keep-alives", suspectMs);
      Invariant.check(suspectMs >= 2 * pingMs, "suspect %s < 2 pings", suspectMs);
    }
  }

  /**
   * How long a token may take.
   *
   * @param hopMs a successor that has not acknowledged the token by then is skipped, 100: a hundred
   *     times a usual hop. It doubles, up to eight times this, after a skip that proved false
   * @param takeoverMs so long the winner has to be heard before others start the next round, 500:
   *     its ballot has to be synced and to reach us once, which takes some 10
   */
  public record Lap(long hopMs, long takeoverMs) {
    public Lap {
      Invariant.check(hopMs > 0 && takeoverMs > 0, "not positive: %s, %s", hopMs, takeoverMs);
    }
  }

  /**
   * How long to wait after an election that failed: {@code minMs}, 250, doubled for each failure in
   * a row, at most {@code maxMs}, 2,000, and up to as much again by chance, so that two that have
   * disturbed each other do not do so again.
   */
  public record Backoff(long minMs, long maxMs) {
    public Backoff {
      Invariant.check(0 < minMs && minMs <= maxMs, "not 0 < %s <= %s", minMs, maxMs);
    }
  }
}
