package synod.kv;

import java.util.List;
import synod.kv.SessionAnswer.Reason;
import synod.paxos.Bytes;

/**
 * What is kept of a number: the first answer, and a hash of the command that got it, so that the
 * answer is not given to another command under the same number.
 */
record Kept(long fingerprint, Bytes answer) {
  private static final long ANY = 0;

  /** An answer that is larger is not kept. */
  static final int LARGEST = 16 * 1024;

  /** Counted for each number beside its answer: what it takes of memory. */
  static final int OVERHEAD = 128;

  /** What stands in place of an answer. */
  private static final List<Reason> FATES =
      List.of(Reason.SEALED, Reason.GIVEN_UP, Reason.NOT_KEPT);

  static Kept first(long fingerprint, Bytes answer) {
    return new Kept(fingerprint, answer.size() > LARGEST ? refusal(Reason.NOT_KEPT) : answer);
  }

  /** The answer to whatever command bears the number. */
  static Kept ofAny(Bytes answer) {
    return first(ANY, answer);
  }

  static Kept sealed() {
    return new Kept(ANY, refusal(Reason.SEALED));
  }

  static Kept decode(Bytes value) {
    ByteReader from = ByteReader.of(value);
    return new Kept(from.readLong(), from.readRest());
  }

  Bytes encode() {
    return new ByteWriter(Long.BYTES + answer.size()).putLong(fingerprint).raw(answer).done();
  }

  static Bytes refusal(Reason reason) {
    return Answers.encode(new Answer.OfSession(new SessionAnswer.Refusal(reason)));
  }

  int bytes() {
    return OVERHEAD + answer.size();
  }

  /** The answer for a repeat of that command. */
  Bytes answerFor(long command) {
    return fingerprint == ANY || fingerprint == command ? answer : refusal(Reason.OTHER_COMMAND);
  }

  /** The answer for whoever asks what became of the number, where it got this one. */
  static Bytes fate(Bytes answer) {
    Answer decoded = Answers.decode(answer);
    return isFate(decoded)
        ? answer
        : Answers.encode(new Answer.OfSession(new SessionAnswer.Was(decoded)));
  }

  private static boolean isFate(Answer answer) {
    if (!(answer instanceof Answer.OfSession session)) {
      return false;
    }
    return session.answer() instanceof SessionAnswer.Was
        || (session.answer() instanceof SessionAnswer.Refusal refusal
            && FATES.contains(refusal.reason()));
  }
}
