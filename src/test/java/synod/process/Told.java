package synod.process;

/** What a client is told of one request. */
sealed interface Told {
  record Done(long value) implements Told {}

  /** It was done, as was found out later, when the answer was not kept any more. */
  record Happened() implements Told {}

  /** It has not taken effect and never will. */
  record NotDone() implements Told {}

  /** It may have taken effect, or may yet. */
  record Unknown() implements Told {}
}
