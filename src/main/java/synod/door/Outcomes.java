package synod.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import synod.kv.Answer;
import synod.kv.Outcome;
import synod.paxos.Bytes;

/**
 * Tells a client how its command ended.
 *
 * <ul>
 *   <li>done: the usual reply, or the error that the state machine found;
 *   <li>not done: {@code -BUSY why} where the reason begins with {@code BUSY} (overload: try again
 *       later), else {@code -ERR why}. It has not taken effect and never will;
 *   <li>unknown: {@code -UNKNOWN session=S number=N why}. It may have taken effect; {@code SYNOD
 *       OUTCOME S N} tells;
 *   <li>what a session says in place of an answer: see {@link SessionReplies}.
 * </ul>
 */
final class Outcomes {
  private static final String BUSY = "BUSY";

  private Outcomes() {}

  /** Answers the call, where done with the reply that is made of the answer. */
  static Consumer<Outcome> to(Call call, Function<Answer, Reply> done) {
    return ended(call, answer -> reply(answer, done));
  }

  private static Optional<Reply> refusal(Answer answer) {
    return answer instanceof Answer.Refused refused
        ? Optional.of(new Reply.Failure(refused.why()))
        : SessionReplies.refusal(answer);
  }

  /** Answers the call, where done with the reply that is made of the answer, even a refusal. */
  static Consumer<Outcome> ended(Call call, Function<Answer, Reply> done) {
    return outcome -> call.answer(reply(asked(outcome, call), done));
  }

  /** A client that named session and number can ask about these, not about the gateway's. */
  private static Outcome asked(Outcome outcome, Call call) {
    return outcome instanceof Outcome.Unknown unknown && call.ticket().isPresent()
        ? new Outcome.Unknown(
            call.ticket().get().session(), call.ticket().get().number(), unknown.why())
        : outcome;
  }

  private static Reply reply(Outcome outcome, Function<Answer, Reply> done) {
    if (outcome instanceof Outcome.Done ended) {
      return done.apply(ended.answer());
    }
    if (outcome instanceof Outcome.NotDone not) {
      return notDone(not.why());
    }
    Outcome.Unknown unknown = (Outcome.Unknown) outcome;
    return new Reply.Failure(
        String.format(
            "UNKNOWN session=%d number=%d %s", unknown.session(), unknown.number(), unknown.why()));
  }

  static Reply reply(Answer answer, Function<Answer, Reply> done) {
    return refusal(answer).orElseGet(() -> done.apply(answer));
  }

  /** Why a request was not done, in the words of the class. */
  static Reply notDone(String why) {
    return why.startsWith(BUSY) ? new Reply.Failure(why) : Reply.error(why);
  }

  static Reply ok(Answer answer) {
    return answer instanceof Answer.Done ? Reply.OK : unfit(answer);
  }

  static Reply amount(Answer answer) {
    return answer instanceof Answer.Amount amount ? new Reply.Whole(amount.value()) : unfit(answer);
  }

  /** Of 1 and 0, as SET answers. */
  static Reply okOrNil(Answer answer) {
    return amount(answer).equals(new Reply.Whole(0)) ? Reply.NIL : Reply.OK;
  }

  /** Version and value, or the version alone of what was just set. */
  static Reply version(Answer answer) {
    return answer instanceof Answer.Versioned found
        ? new Reply.Items(List.of(new Reply.Whole(found.version()), value(found.value())))
        : amount(answer);
  }

  static Reply length(Answer answer) {
    return new Reply.Whole(first(answer) instanceof Reply.Bulk bulk ? bulk.bytes().size() : 0);
  }

  /** Of ms, rounded as Redis does; what is negative is no time. */
  static Reply seconds(Answer answer) {
    return amount(answer) instanceof Reply.Whole ms && ms.value() >= 0
        ? new Reply.Whole((ms.value() + 500) / 1000)
        : amount(answer);
  }

  static Reply first(Answer answer) {
    return answer instanceof Answer.Values values && values.values().size() == 1
        ? value(values.values().get(0))
        : unfit(answer);
  }

  static Reply all(Answer answer) {
    if (answer instanceof Answer.Values values) {
      List<Reply> items = new ArrayList<>(values.values().size());
      values.values().forEach(each -> items.add(value(each)));
      return new Reply.Items(items);
    }
    return unfit(answer);
  }

  private static Reply value(Optional<Bytes> value) {
    return value.isPresent() ? new Reply.Bulk(value.get()) : Reply.NIL;
  }

  private static Reply unfit(Answer answer) {
    throw new IllegalStateException("the replica's answer does not fit the request: " + answer);
  }
}
