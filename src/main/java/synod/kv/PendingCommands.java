package synod.kv;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import synod.paxos.Bytes;

/**
 * The commands of one session that have no outcome yet, in the order in which they came.
 *
 * <ol>
 *   <li>A command gets its number when it is first sent: numbers have no gap, and what has none was
 *       never sent.
 *   <li>Commands are sent in order; after {@link #sendAllAgain} all are sent again, from the first.
 *   <li>A client gets one outcome. If it is unknown, the number stays until the log has said what
 *       became of it, and keeps it for whoever asks: a {@link SessionRequest.GiveUp} is sent in the
 *       command's place.
 * </ol>
 */
final class PendingCommands {
  /** What is counted for a number that was given up. */
  private static final int GIVEN_UP_BYTES = 256;

  private static final long NEVER = Long.MAX_VALUE;
  private static final String NOT_SENT =
      "BUSY no leader is known; it was not sent. Is a majority alive?";
  private static final String NO_ANSWER = "no answer in time; it may take effect yet, or not";
  private static final String STOPS = "this replica stops; it may take effect yet, or not";

  private final Deque<Pending> unsent = new ArrayDeque<>();
  private final TreeMap<Long, Pending> sent = new TreeMap<>();
  private final long session;
  private final Pending givenUp;
  private long nextNumber = 1;
  private long sendAgainFrom = 1;
  private long givenUpBelow = 1;
  private long bytes;

  PendingCommands(long session, SessionLimits limits) {
    this.session = session;
    Command giveUp = new Command.InSession(new SessionRequest.GiveUp(limits));
    this.givenUp = new Pending(giveUp, GIVEN_UP_BYTES, NEVER, outcome -> {});
  }

  private record Pending(Command command, int size, long deadline, Consumer<Outcome> then) {
    boolean isGivenUp() {
      return deadline == NEVER;
    }
  }

  boolean isEmpty() {
    return sent.isEmpty() && unsent.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  void add(Command command, long deadline, Consumer<Outcome> then) {
    int size = Commands.size(command);
    unsent.add(new Pending(command, size, deadline, then));
    bytes += size;
  }

  boolean hasUnsent() {
    return !unsent.isEmpty() || sent.ceilingKey(sendAgainFrom) != null;
  }

  /** Whether there is anything that was sent before. */
  boolean sendAllAgain() {
    if (sent.isEmpty()) {
      return false;
    }
    sendAgainFrom = sent.firstKey();
    return true;
  }

  /** The number of the last command that was sent, or sent again. */
  long lastSent() {
    return sendAgainFrom - 1;
  }

  /** All numbers below this one have their answers. */
  long answeredBelow() {
    return sent.isEmpty() ? nextNumber : sent.firstKey();
  }

  /** The next commands to send, encoded, as many as fit in the limit, but at least one. */
  Bytes takeUnsent(int limit) {
    List<Bytes> encoded = new ArrayList<>();
    int total = 0;
    while (hasUnsent() && (encoded.isEmpty() || total + next().size() <= limit)) {
      Bytes command = takeNext();
      encoded.add(command);
      total += command.size();
    }
    return join(encoded, total);
  }

  private Pending next() {
    var again = sent.ceilingEntry(sendAgainFrom);
    return again == null ? unsent.element() : again.getValue();
  }

  private Bytes takeNext() {
    Long again = sent.ceilingKey(sendAgainFrom);
    long number = again == null ? nextNumber++ : again;
    Pending command = next();
    if (again == null) {
      sent.put(number, unsent.remove());
    }
    sendAgainFrom = number + 1;
    return Commands.encode(new Ticket(session, number, sent.firstKey()), command.command());
  }

  private static Bytes join(List<Bytes> parts, int total) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    byte[] joined = new byte[total];
    int at = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.array(), 0, joined, at, part.size());
      at += part.size();
    }
    return Bytes.of(joined);
  }

  /** Whether such a command was waiting for this. */
  boolean answer(long number, Answer answer) {
    Optional<Pending> command = Optional.ofNullable(sent.get(number));
    boolean waited = command.filter(c -> c.isGivenUp() == isHeld(answer)).isPresent();
    if (waited) {
      sent.remove(number);
      command.ifPresent(c -> conclude(c, outcome(answer)));
    }
    return waited;
  }

  private static boolean isHeld(Answer answer) {
    return answer instanceof Answer.OfSession session
        && session.answer() instanceof SessionAnswer.Held;
  }

  private static Outcome outcome(Answer answer) {
    return answer instanceof Answer.OfSession session
            && session.answer() instanceof SessionAnswer.Refusal refusal
            && refusal.reason() == SessionAnswer.Reason.GIVEN_UP
        ? new Outcome.NotDone("somebody asked for its outcome before it was done, and ended it so")
        : new Outcome.Done(answer);
  }

  private void conclude(Pending command, Outcome outcome) {
    bytes -= command.size();
    command.then().accept(outcome);
  }

  /** What was never sent has not taken effect and never will; of the rest nobody knows yet. */
  void giveUp(long now) {
    giveUpSent(now, NO_ANSWER);
    while (!unsent.isEmpty() && unsent.element().deadline() <= now) {
      conclude(unsent.remove(), new Outcome.NotDone(NOT_SENT));
    }
  }

  /** Nobody will hear the answers here. */
  void end() {
    giveUpSent(NEVER, STOPS);
    while (!unsent.isEmpty()) {
      conclude(unsent.remove(), Gateway.ENDED);
    }
  }

  private void giveUpSent(long now, String why) {
    var first = sent.ceilingEntry(givenUpBelow);
    while (first != null && first.getValue().deadline() <= now) {
      giveUp(first.getKey(), first.getValue(), why);
      first = sent.ceilingEntry(givenUpBelow);
    }
  }

  private void giveUp(long number, Pending command, String why) {
    givenUpBelow = number + 1;
    sent.put(number, givenUp);
    bytes += givenUp.size();
    conclude(command, new Outcome.Unknown(session, number, why));
  }
}
