package synod.replica;

import java.util.List;
import synod.paxos.Acceptance;
import synod.paxos.Batch;
import synod.paxos.Message;

/** What messages weigh in memory or on a wire, in bytes, roughly: what they carry of clients'. */
final class Weight {
  private static final int OF_BATCH = 64;

  private Weight() {}

  static long of(Message message) {
    if (message instanceof Message.Accept accept) {
      return accept.batch().size();
    }
    if (message instanceof Message.Journaled journaled) {
      return journaled.batch().size();
    }
    if (message instanceof Message.Proposed proposed) {
      return proposed.batch().size();
    }
    if (message instanceof Message.Submit submit) {
      return submit.commands().size();
    }
    if (message instanceof Message.Promise promise) {
      return sum(promise.accepted().stream().map(Acceptance::batch).toList());
    }
    if (message instanceof Message.SnapshotPiece piece) {
      return piece.bytes().size();
    }
    return message instanceof Message.Learned learned ? sum(learned.batches()) : 0;
  }

  /** With some bytes for each, since small batches are mostly that. */
  private static long sum(List<Batch> batches) {
    return batches.stream().mapToLong(batch -> batch.size() + OF_BATCH).sum();
  }
}
