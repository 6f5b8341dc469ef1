package synod.kv;

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

  static long fingerprint(Command command) {
    return Mix.mix(0, Commands.encode(new Ticket(0, 1, 0), command));
  }

  int bytes() {
    return OVERHEAD + answer.size();
  }

  /** The answer for a repeat of that command. */
  Bytes answerFor(long command) {
    return fingerprint == ANY || fingerprint == command ? answer : refusal(Reason.OTHER_COMMAND);
  }

  /** The answer for whoever asks what became of the number. */
  static Bytes fate(Bytes answer) {
    Answer decoded = Answers.decode(answer);
    return isMark(decoded)
        ? answer
        : Answers.encode(new Answer.OfSession(new SessionAnswer.Was(decoded)));
  }

  private static boolean isMark(Answer answer) {
    return answer instanceof Answer.OfSession session
        && session.answer() instanceof SessionAnswer.Refusal refusal
        && switch (refusal.reason()) {
          case SEALED, GIVEN_UP, NOT_KEPT -> true;
          default -> false;
        };
  }
}
