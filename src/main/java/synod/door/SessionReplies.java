package synod.door;

import java.util.List;
import java.util.Optional;
import synod.kv.Answer;
import synod.kv.SessionAnswer;

/**
 * What a session says in place of a command's answer.
 *
 * <ul>
 *   <li>{@code -EXPIRED}: there is no such session (any more). Nothing was done now; whether it was
 *       before is not known any more;
 *   <li>{@code -FORGOTTEN}: nothing was done now; it was done before, or never will be;
 *   <li>{@code -NOTDONE}: it was not done and never will be;
 *   <li>{@code -ANSWERLOST}: it was done before; its answer is too large to be kept;
 *   <li>{@code -OTHERCOMMAND}: the number was another command's; nothing was done now;
 *   <li>{@code -BUSY}: nothing was done; try again.
 * </ul>
 */
final class SessionReplies {
  private SessionReplies() {}

  /** The error, if the answer is a refusal. */
  static Optional<Reply> refusal(Answer answer) {
    return answer instanceof Answer.OfSession session
            && session.answer() instanceof SessionAnswer.Refusal refusal
        ? Optional.of(new Reply.Failure(text(refusal.reason())))
        : Optional.empty();
  }

  private static String text(SessionAnswer.Reason reason) {
    return switch (reason) {
      case EXPIRED -> "EXPIRED no such session: it ended, or never was; nothing is done now";
      case FORGOTTEN ->
          "FORGOTTEN the number is below all that the session remembers; nothing is done now";
      case SEALED, GIVEN_UP ->
          "NOTDONE somebody asked what became of it before it was done; it never will be";
      case NOT_KEPT -> "ANSWERLOST it was done before; its answer is too large to be kept";
      case OTHER_COMMAND -> "OTHERCOMMAND the number was given to another command before";
      case TOO_MANY ->
          "BUSY as many sessions are open as may be; close some, or wait for their end";
      case TOO_EARLY -> "BUSY the commands before it have not come yet; ask again";
    };
  }

  /** The answer to {@code SYNOD OUTCOME}: a word, and behind {@code done} the command's answer. */
  static Reply fate(Answer answer) {
    SessionAnswer fate = ((Answer.OfSession) answer).answer();
    if (fate instanceof SessionAnswer.Was was) {
      return new Reply.Items(List.of(Reply.text("done"), plain(was.answer())));
    }
    return switch (((SessionAnswer.Refusal) fate).reason()) {
      case SEALED, GIVEN_UP -> word("not-done");
      case NOT_KEPT -> word("done");
      case EXPIRED, FORGOTTEN -> word("expired");
      default -> refusal(answer).orElseThrow();
    };
  }

  private static Reply word(String word) {
    return new Reply.Items(List.of(Reply.text(word)));
  }

  /** An answer without the command that got it. */
  private static Reply plain(Answer answer) {
    if (answer instanceof Answer.Done) {
      return Reply.OK;
    }
    if (answer instanceof Answer.Refused refused) {
      return new Reply.Failure(refused.why());
    }
    if (answer instanceof Answer.Values values) {
      return values.values().size() == 1 ? Outcomes.first(answer) : Outcomes.all(answer);
    }
    return answer instanceof Answer.OfSession session
        ? ofSession(session)
        : Outcomes.version(answer);
  }

  private static Reply ofSession(Answer.OfSession answer) {
    return answer.answer() instanceof SessionAnswer.Alive alive
        ? new Reply.Whole(alive.session())
        : refusal(answer).orElse(Reply.OK);
  }
}
