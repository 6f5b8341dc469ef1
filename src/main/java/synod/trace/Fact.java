package synod.trace;

import java.util.Optional;

/** One thing that a replica knows to have happened to itself. */
public sealed interface Fact {

  /** The message that it is about, if it is about one. */
  default Optional<Said> message() {
    return Optional.empty();
  }

  /** The slot that it is about; 0 if it is about none. */
  default long slot() {
    return message().map(Said::slot).orElse(0L);
  }

  /** It is about a message. */
  sealed interface OfMessage extends Fact {
    /** What its sending and its receipt have in common, and nothing else has. */
    String id();

    /** The replica at the other end, possibly the own one. */
    int peer();

    Said said();

    @Override
    default Optional<Said> message() {
      return Optional.of(said());
    }
  }

  /**
   * A message leaves.
   *
   * @param id no other message of the whole trace has it; a message that is sent to many is many
   * @param to the replica it goes to, possibly the own one
   */
  record Sent(String id, int to, Said said) implements OfMessage {
    @Override
    public int peer() {
      return to;
    }
  }

  /** It comes, whatever becomes of it. */
  sealed interface Arrived extends OfMessage {
    int from();

    @Override
    default int peer() {
      return from();
    }
  }

  /** It comes to the role that it is for; twice, if the network doubled it. */
  record Received(String id, int from, Said said) implements Arrived {}

  /** It comes, and no role takes it: the mailbox was full. */
  record Dropped(String id, int from, Said said) implements Arrived {}

  /** It is known that it will not arrive: no link, a full queue, or a network that lost it. */
  record Lost(String id, int to, Said said) implements OfMessage {
    @Override
    public int peer() {
      return to;
    }
  }

  /**
   * An event of a role or of the process: a crash, a restart, chosen, applied, led, elected.
   *
   * @param role the lane it stands in; {@code process} if it is the whole replica's
   * @param name the name of the event, such as {@code RoleCrashed}, {@code SlotChosen}; of the
   *     process {@code Began} and {@code Ended}
   * @param ballot empty if there is none
   * @param slot 0 if it is about none
   * @param text in words
   */
  record Happened(String role, String name, String ballot, long slot, String text)
      implements Fact {}

  /** The disk made durable what a role had written; it took that long, and is over now. */
  record Synced(String role, long tookMicros) implements Fact {}
}
