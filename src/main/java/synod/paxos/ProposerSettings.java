package synod.paxos;

import java.util.List;

/**
 * What a proposer is configured with.
 *
 * @param replicas all replicas, this one too
 * @param timing see {@link Timing}
 * @param sizes see {@link Sizes}
 */
public record ProposerSettings(
    List<ReplicaId> replicas, Quorums quorums, Timing timing, Sizes sizes) {
  /** No window of any proposer of any version is larger: readmitting a replica relies on it. */
  public static final int MOST_OPEN = 128;

  public ProposerSettings {
    replicas = List.copyOf(replicas);
    Invariant.check(quorums.meet(replicas.size()), "%s of %s do not meet", quorums, replicas);
  }

  /**
   * How long things may take.
   *
   * @param heartbeatMs an idle leader proposes a no-op this often: it goes through a quorum's disks
   * @param keepAliveMs an idle leader has its ballot confirmed this often, which needs no disk
   * @param retransmitMs what is unanswered this long is sent again
   * @param leaderTimeoutMs a leader that gets nothing chosen for this long stands down
   * @param patienceMs for so long a bare quorum is waited for before all are pressed; 0: all always
   *     are
   */
  public record Timing(
      long heartbeatMs,
      long keepAliveMs,
      long retransmitMs,
      long leaderTimeoutMs,
      long patienceMs) {
    /** Heartbeats alone; all are always pressed. */
    public Timing(long heartbeatMs, long retransmitMs, long leaderTimeoutMs) {
      this(heartbeatMs, heartbeatMs, retransmitMs, leaderTimeoutMs, 0);
    }
  }

  /**
   * How large things may grow.
   *
   * @param window slots that may be open at once
   * @param batchBytes commands are gathered into batches of at most this size; a single submit that
   *     is larger makes a batch of its own
   * @param waitingBytes commands that may wait for a slot; past it a gateway is told to come later
   */
  public record Sizes(int window, int batchBytes, int waitingBytes) {
    public Sizes {
      Invariant.check(window >= 1 && window <= MOST_OPEN, "a window of %s slots", window);
    }
  }
}
