package synod.ring;

import java.util.List;
import synod.paxos.Ballot;
import synod.paxos.Message;
import synod.paxos.Message.TokenEntry;
import synod.paxos.ReplicaId;

/** What this replica can say of itself in a token. */
final class Credentials {
  private final ReplicaId self;
  private Ballot promised;
  private long chosen;
  private boolean behind;
  private boolean voting = true;
  private boolean answering = true;
  private long barredRound;

  Credentials(ReplicaId self, Ballot promised) {
    this.self = self;
    this.promised = promised;
  }

  Ballot promised() {
    return promised;
  }

  long chosen() {
    return chosen;
  }

  void promised(Ballot ballot) {
    promised = ballot.isAbove(promised) ? ballot : promised;
  }

  void progress(Message.Progress progress) {
    chosen = Math.max(chosen, progress.chosen());
    behind = progress.behind();
  }

  /** Who leads needs its own acceptor. */
  void voting(boolean may) {
    voting = may;
  }

  /** Whether its proposer does what it is asked to. */
  void proposer(boolean answers) {
    answering = answers;
  }

  /** It reached no quorum: another one should try in this round. */
  void bar(long round) {
    barredRound = round;
  }

  /**
   * One that is behind lets others lead; but if elections keep failing, perhaps all are, and phase
   * 1 brings what it misses.
   *
   * @param desperate elections keep failing
   */
  TokenEntry entry(long round, boolean suspects, boolean desperate, List<ReplicaId> reach) {
    boolean eligible = round > barredRound && voting && answering && (desperate || !behind);
    return new TokenEntry(self, suspects, promised, chosen, eligible, reach);
  }
}
