package synod.ring;

import java.util.random.RandomGenerator;
import synod.paxos.Ballot;
import synod.paxos.ReplicaId;

/**
 * How long nobody was heard that leads, and when to do something about it.
 *
 * <p>There are two thresholds. A replica <em>starts</em> a token when the whole timeout, with its
 * random part, has passed. It <em>agrees</em> in another's token when half of the fixed part has
 * passed: had it to wait for its own timeout too, the first to suspect a dead leader would always
 * be alone.
 */
final class SuspectTimer {
  /** Failures are counted up to here only: by then the back-off has its greatest length. */
  private static final int MANY = 16;

  private static final ReplicaId NOBODY = Ballot.NONE.replica();

  private final ElectorSettings settings;
  private final RandomGenerator random;
  private long heardAt;
  private long calmUntil;
  private long startAt;
  private ReplicaId gone = NOBODY;
  private long goneUntil;
  private int failures;

  SuspectTimer(ElectorSettings settings, RandomGenerator random) {
    this.settings = settings;
    this.random = random;
  }

  /** A restarted elector waits one whole timeout, but claims to hear nobody. */
  void start(long now) {
    heardAt = now;
    calmUntil = now;
    startAt = now + drawn(settings.detection().suspectMs());
  }

  void heard(ReplicaId leader, long now) {
    if (leader.equals(gone) && now < goneUntil) {
      return;
    }
    start(now);
    calmUntil = now + settings.detection().suspectMs() / 2;
  }

  /** A failure is forgiven when somebody leads, not when the own candidacy is heard. */
  void settled() {
    failures = 0;
  }

  /**
   * The leader's process has ended, it seems: {@code before} others begin a token before this
   * replica does, and the first when all have had time to notice. What the leader had said by then
   * may still be on its way, and calms nobody.
   */
  void gone(ReplicaId leader, int before, long now) {
    calmUntil = now;
    startAt = Math.min(startAt, now + (before + 1) * settings.lap().hopMs() / 2);
    gone = leader;
    goneUntil = now + settings.detection().suspectMs() / 2;
  }

  /** A winner was announced: it gets its time to be heard. */
  void announced(long now) {
    long takeover = settings.lap().takeoverMs();
    calmUntil = Math.max(calmUntil, now + takeover / 2);
    startAt = Math.max(startAt, now + takeover + random.nextLong(settings.detection().suspectMs()));
  }

  /** An election came to nothing. */
  void failed(long now) {
    startAt = now + drawn(backoff());
    lost();
  }

  /** A token did not come back; the next one need not wait. */
  void lost() {
    failures = Math.min(failures + 1, MANY);
  }

  /** The own ballot came to nothing: this replica knows that it leads no longer. */
  void abandoned(long now) {
    failed(now);
    calmUntil = now;
  }

  /** Another one with a higher ballot was faster: it gets its time, and a little more. */
  void outbid(long now) {
    long wait = drawn(backoff());
    failed(now);
    calmUntil = now + settings.detection().suspectMs() / 2;
    startAt = now + drawn(settings.detection().suspectMs()) + wait;
  }

  boolean isDue(long now) {
    return now >= startAt;
  }

  boolean agrees(long now) {
    return now >= calmUntil;
  }

  long silence(long now) {
    return now - heardAt;
  }

  int failures() {
    return failures;
  }

  private long backoff() {
    return Math.min(settings.backoff().maxMs(), settings.backoff().minMs() << failures);
  }

  /** The base, and up to as much again. */
  private long drawn(long base) {
    return base + random.nextLong(base);
  }
}
