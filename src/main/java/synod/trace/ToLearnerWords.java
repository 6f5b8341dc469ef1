package synod.trace;

import synod.paxos.Message;

/** What is said to a learner. */
final class ToLearnerWords {
  private ToLearnerWords() {}

  static Said of(Message.ToLearner message) {
    if (message instanceof Message.Accepted m) {
      return from(message, "acceptor").says(m.ballot(), m.slot(), "accepted slot " + m.slot());
    }
    if (message instanceof Message.Journaled m) {
      return from(message, "acceptor")
          .says(m.ballot(), m.slot(), "on disk: slot " + m.slot() + ", " + Words.batch(m.batch()));
    }
    if (message instanceof Message.Proposed m) {
      return from(message, "acceptor")
          .says(m.ballot(), m.slot(), "proposed, not asked: " + Words.batch(m.batch()));
    }
    if (message instanceof Message.Chosen m) {
      return from(message, "proposer")
          .says(m.ballot(), m.chosen(), "all slots up to " + m.chosen() + " are chosen");
    }
    return ofLearner(message);
  }

  private static Said ofLearner(Message.ToLearner message) {
    Words words = from(message, "learner");
    if (message instanceof Message.Fetch m) {
      return words.says(m.from(), "what was chosen from slot " + m.from() + " on?");
    }
    if (message instanceof Message.Learned m) {
      return words.says(m.from(), m.batches().size() + " chosen slots from " + m.from() + " on");
    }
    if (message instanceof Message.SnapshotOffer m) {
      return words.says(
          m.snapshot().slot(),
          "those are truncated; the state at slot " + m.snapshot().slot() + " is here");
    }
    if (message instanceof Message.FetchSnapshot m) {
      return words.says(m.snapshot().slot(), "the state from byte " + m.offset() + " on?");
    }
    Message.SnapshotPiece m = (Message.SnapshotPiece) message;
    return words.says(
        m.snapshot().slot(), m.bytes().size() + " bytes of the state from byte " + m.offset());
  }

  private static Words from(Message message, String role) {
    return new Words(message, role, "learner");
  }
}
