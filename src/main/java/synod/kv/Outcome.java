package synod.kv;

/** How it ended for the client: done, not done, or unknown. Unknown is never reported as failed. */
public sealed interface Outcome {
  record Done(Answer answer) implements Outcome {}

  /** It has not taken effect and never will. */
  record NotDone(String why) implements Outcome {}

  /** It may have taken effect, or may yet; (session, number) names it. */
  record Unknown(long session, long number, String why) implements Outcome {}
}
