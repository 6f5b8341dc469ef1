package synod.paxos;

/**
 * A leader's side of leases: until when it may answer reads without a round.
 *
 * <p>A phase-2 quorum has granted it. Every phase-1 quorum meets that quorum, so that no other
 * replica completes phase 1 before the first of these grants is over (Paxos Made Live, 5.2, "master
 * leases").
 *
 * <ol>
 *   <li>It counts from before the round's first question left, which is before any acceptor began
 *       to count; never from an answer, nor from when the question was sent again.
 *   <li>It is the shortest of the grants, less the allowance for drift: a clock here that is slower
 *       by that much than an acceptor's still shows its end first.
 *   <li>It is of one ballot of one life of a proposer.
 *   <li>The clock is asked when the read is there. What other leaders do later is done after the
 *       read began, however long its answer takes; what they did before, there is not.
 * </ol>
 */
final class Lease {
  private final LeaseSettings settings;
  private long began;
  private long granted;
  private long until = Long.MIN_VALUE;

  Lease(LeaseSettings settings) {
    this.settings = settings;
  }

  /** A round begins, and none of its questions has left yet. */
  void roundBegins() {
    granted = settings.lengthMs();
    if (settings.areOn()) {
      began = settings.now();
    }
  }

  /** One of those whom the round counts has granted that much; 0 for nothing. */
  void granted(long ms) {
    granted = Math.min(granted, ms);
  }

  /** A phase-2 quorum has answered the round. Returns whether the lease lasts longer now. */
  boolean roundEnds() {
    long end = began + lasts();
    boolean longer = granted > 0 && end > until;
    until = longer ? end : until;
    return longer;
  }

  long began() {
    return began;
  }

  /** Counted from {@link #began}, in ms. */
  long lasts() {
    return granted * (100 - settings.driftPercent()) / 100;
  }

  boolean holds() {
    return settings.areOn() && settings.now() < until;
  }

  /** A third of it is over: if a question is lost now, there is time for another. */
  boolean isAgeing() {
    return settings.now() - began >= settings.lengthMs() / 3;
  }

  void end() {
    until = Long.MIN_VALUE;
  }
}
