package synod.kv;

import java.util.List;
import synod.kv.SessionAnswer.Reason;
import synod.paxos.Bytes;

/**
 * Session answers as bytes: a byte for the kind, then for a living session its id and time (8 bytes
 * each) and the next number (varint), for a refusal a byte, for an outcome the answer.
 */
final class SessionAnswers {
  private static final int ALIVE = 1;
  private static final int WAS = 2;
  private static final int HELD = 3;
  private static final int REFUSAL = 4;
  private static final List<Reason> REASONS = List.of(Reason.values());

  private SessionAnswers() {}

  static Bytes encode(SessionAnswer answer) {
    if (answer instanceof SessionAnswer.Alive alive) {
      int size = 1 + 2 * Long.BYTES + ByteWriter.varintSize(alive.next());
      ByteWriter to = new ByteWriter(size).putByte(ALIVE).putLong(alive.session());
      return to.putLong(alive.timeMs()).varint(alive.next()).done();
    }
    if (answer instanceof SessionAnswer.Was was) {
      Bytes inner = Answers.encode(was.answer());
      return new ByteWriter(1 + inner.size()).putByte(WAS).raw(inner).done();
    }
    if (answer instanceof SessionAnswer.Refusal refusal) {
      return new ByteWriter(2).putByte(REFUSAL).putByte(REASONS.indexOf(refusal.reason())).done();
    }
    return new ByteWriter(1).putByte(HELD).done();
  }

  static SessionAnswer decode(ByteReader from) {
    int kind = from.readByte();
    return switch (kind) {
      case ALIVE -> new SessionAnswer.Alive(from.readLong(), from.readLong(), from.readVarint());
      case WAS -> new SessionAnswer.Was(Answers.decode(from.readRest()));
      case HELD -> new SessionAnswer.Held();
      case REFUSAL -> new SessionAnswer.Refusal(reason(from.readByte()));
      default -> throw new Malformed("no kind of session answer: " + kind);
    };
  }

  private static Reason reason(int place) {
    if (place >= REASONS.size()) {
      throw new Malformed("no reason: " + place);
    }
    return REASONS.get(place);
  }
}
