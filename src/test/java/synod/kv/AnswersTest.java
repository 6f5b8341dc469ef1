package synod.kv;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import synod.paxos.Bytes;

class AnswersTest {
  private static final List<Answer> ALL_SORTS =
      List.of(
          new Answer.Done(),
          new Answer.Amount(0),
          new Answer.Amount(Long.MAX_VALUE),
          new Answer.Values(List.of()),
          new Answer.Values(List.of(Optional.empty(), Optional.of(Bytes.EMPTY))),
          new Answer.Values(List.of(Optional.of(Bytes.utf8("v")), Optional.of(bytes(200)))),
          new Answer.Versioned(0, Optional.empty()),
          new Answer.Versioned(Long.MAX_VALUE, Optional.of(bytes(200))),
          new Answer.OfSession(new SessionAnswer.Alive(7, 3_600_000, 300)),
          new Answer.OfSession(new SessionAnswer.Was(new Answer.Amount(3))),
          new Answer.OfSession(new SessionAnswer.Held()),
          new Answer.OfSession(new SessionAnswer.Refusal(SessionAnswer.Reason.EXPIRED)),
          new Answer.OfSession(new SessionAnswer.Refusal(SessionAnswer.Reason.TOO_EARLY)));

  /** Its text takes all the bytes that are left, so no length of them is wrong. */
  private static final Answer REFUSED = new Answer.Refused("ERR no");

  @Test
  void everyAnswerIsReadBackAsItWas() {
    for (Answer answer : ALL_SORTS) {
      assertEquals(answer, Answers.decode(Answers.encode(answer)));
    }
    assertEquals(REFUSED, Answers.decode(Answers.encode(REFUSED)));
  }

  @Test
  void anySortOfAnswerIsAmongThem() {
    assertEquals(
        Set.of(Answer.class.getPermittedSubclasses()),
        Stream.concat(ALL_SORTS.stream(), Stream.of(REFUSED))
            .<Object>map(Answer::getClass)
            .collect(Collectors.toSet()));
  }

  @Test
  void everyReasonIsReadBackAsItWas() {
    for (SessionAnswer.Reason reason : SessionAnswer.Reason.values()) {
      Answer answer = new Answer.OfSession(new SessionAnswer.Refusal(reason));
      assertEquals(answer, Answers.decode(Answers.encode(answer)));
    }
  }

  @Test
  void whatIsDoneIsOneByteForAll() {
    assertEquals(Answers.DONE, Answers.encode(new Answer.Done()));
  }

  @Test
  void anAnswerCutShortOrWithMoreBehindItIsMalformed() {
    for (Answer answer : ALL_SORTS) {
      byte[] whole = Answers.encode(answer).array();
      for (int length = 0; length <= whole.length + 1; length++) {
        Bytes other = Bytes.of(Arrays.copyOf(whole, length));
        if (length != whole.length) {
          assertThrows(Malformed.class, () -> Answers.decode(other), answer + " " + other.size());
        }
      }
    }
  }

  @Test
  void aReasonThatIsNotKnownIsMalformed() {
    byte last = (byte) (SessionAnswer.Reason.values().length - 1);

    assertDoesNotThrow(() -> Answers.decode(Bytes.of(new byte[] {100, 4, last})));
    for (int place : List.of(last + 1, 255)) {
      Bytes unknown = Bytes.of(new byte[] {100, 4, (byte) place});
      assertThrows(Malformed.class, () -> Answers.decode(unknown));
    }
  }

  /** Two billion values in four bytes: refused before room is made for them. */
  @Test
  void aCountThatTheBytesCannotHoldIsNotBelieved() {
    for (byte[] lie : new byte[][] {{2, -1, -1, -1, -1, 7}, {2, 2, 0}, {2, 1, 9, 1}}) {
      assertThrows(Malformed.class, () -> Answers.decode(Bytes.of(lie)));
    }
  }

  /** Whatever the bytes are, they are an answer or malformed, which is written and read again. */
  @Test
  void noiseIsAnAnswerOrMalformed() {
    Random random = new Random(8);
    int answers = 0;
    for (int i = 0; i < 100_000; i++) {
      Bytes noise = noise(random);
      Optional<Answer> answer = decode(noise);
      answer.ifPresent(known -> assertEquals(known, Answers.decode(Answers.encode(known))));
      answers += answer.isPresent() ? 1 : 0;
    }

    assertTrue(answers > 100, "only " + answers + " were answers");
  }

  private static Bytes noise(Random random) {
    byte[] noise = new byte[random.nextInt(12)];
    IntStream.range(0, noise.length)
        .forEach(i -> noise[i] = (byte) (random.nextBoolean() ? random.nextInt() : i % 4));
    if (noise.length > 0) {
      noise[0] = (byte) random.nextInt(6);
    }
    return Bytes.of(noise);
  }

  private static Optional<Answer> decode(Bytes bytes) {
    try {
      return Optional.of(Answers.decode(bytes));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private static Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) -1);
    return Bytes.of(bytes);
  }
}
