package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.paxos.Bytes;

/**
 * Answers as bytes: a byte for the kind, then for an amount its eight bytes, for values their count
 * and each as a varint length plus one and its bytes, or 0 for none; for a version its eight bytes
 * and the value in the same way; for a refusal its text.
 */
public final class Answers {
  /** {@link Answer.Done}, which most commands get: one and the same bytes for all. */
  public static final Bytes DONE = Bytes.of(new byte[] {0});

  private static final int AMOUNT = 1;
  private static final int VALUES = 2;
  private static final int VERSIONED = 3;
  private static final int REFUSED = 4;
  private static final int OF_SESSION = 100;

  private Answers() {}

  public static Bytes encode(Answer answer) {
    if (answer instanceof Answer.Amount amount) {
      return new ByteWriter(1 + Long.BYTES).putByte(AMOUNT).putLong(amount.value()).done();
    }
    if (answer instanceof Answer.Values values) {
      return encode(values.values());
    }
    if (answer instanceof Answer.Versioned versioned) {
      int size = 1 + Long.BYTES + size(versioned.value());
      ByteWriter to = new ByteWriter(size).putByte(VERSIONED).putLong(versioned.version());
      write(versioned.value(), to);
      return to.done();
    }
    if (answer instanceof Answer.Refused refused) {
      Bytes why = Bytes.utf8(refused.why());
      return new ByteWriter(1 + why.size()).putByte(REFUSED).raw(why).done();
    }
    if (answer instanceof Answer.OfSession session) {
      Bytes inner = SessionAnswers.encode(session.answer());
      return new ByteWriter(1 + inner.size()).putByte(OF_SESSION).raw(inner).done();
    }
    return DONE;
  }

  /**
   * Reads an answer back.
   *
   * @throws Malformed if it is no answer
   */
  public static Answer decode(Bytes bytes) {
    ByteReader from = ByteReader.of(bytes);
    int kind = from.readByte();
    Answer answer =
        switch (kind) {
          case 0 -> new Answer.Done();
          case AMOUNT -> new Answer.Amount(from.readLong());
          case VALUES -> new Answer.Values(values(from));
          case VERSIONED -> new Answer.Versioned(from.readLong(), value(from));
          case REFUSED -> new Answer.Refused(from.readRest().utf8());
          case OF_SESSION -> new Answer.OfSession(SessionAnswers.decode(from));
          default -> throw new Malformed("no kind of answer: " + kind);
        };
    from.expectEnd();
    return answer;
  }

  private static Bytes encode(List<Optional<Bytes>> values) {
    int size = 1 + ByteWriter.varintSize(values.size());
    for (Optional<Bytes> value : values) {
      size += size(value);
    }
    ByteWriter to = new ByteWriter(size).putByte(VALUES).varint(values.size());
    values.forEach(value -> write(value, to));
    return to.done();
  }

  private static int size(Optional<Bytes> value) {
    return value.map(v -> ByteWriter.varintSize(v.size() + 1L) + v.size()).orElse(1);
  }

  private static void write(Optional<Bytes> value, ByteWriter to) {
    value.ifPresentOrElse(v -> to.varint(v.size() + 1L).raw(v), () -> to.varint(0));
  }

  private static List<Optional<Bytes>> values(ByteReader from) {
    int count = from.readCount(1);
    List<Optional<Bytes>> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(from));
    }
    return values;
  }

  private static Optional<Bytes> value(ByteReader from) {
    long length = from.readVarint();
    return length == 0 ? Optional.empty() : Optional.of(from.readBytes(length - 1));
  }
}
