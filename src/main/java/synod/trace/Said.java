package synod.trace;

/**
 * What a message says, as far as a diagram shows it.
 *
 * @param kind which message it is, in lower case: {@code prepare}, {@code accepted}, {@code token}
 * @param from the role that says it: {@code proposer acceptor learner elector gateway}
 * @param to the role that it is for
 * @param ballot as a person reads it ({@code 7.4}); empty if it bears none
 * @param slot the slot that it is about; 0 if it is about none
 * @param text the whole message in a few words, for details on hover
 */
public record Said(String kind, String from, String to, String ballot, long slot, String text) {}
