package synod.paxos;

import java.util.Locale;

/**
 * Whether this replica's disk can be trusted to know all that its acceptor has ever said.
 *
 * <pre>
 *   FRESH --(nobody has ever met this replica)----------------> VOTING
 *   FRESH --(somebody has: the disk was wiped)----------------> QUARANTINED
 *   RETURNING --(enough have met no life but its own)---------> VOTING     of this process
 *   RETURNING --(somebody has: an old disk was put back)------> QUARANTINED
 *   RETURNING, VOTING --(the journal is below its fence)------> REPAIRING
 *   QUARANTINED --(readmit, and all others have told bounds)--> READMITTING
 *   REPAIRING, READMITTING --(the slot is durable here)-------> VOTING
 *   REPAIRING, READMITTING --(somebody has met another life)--> QUARANTINED
 * </pre>
 *
 * @param promised where it is bounded: no earlier life has promised more than this
 * @param slot where it is bounded: no earlier life has accepted anything above this slot
 */
public record Standing(Kind kind, Ballot promised, long slot) {

  /** See {@link Standing}. */
  public enum Kind {
    /** The directory is new, and has never answered as an acceptor. */
    FRESH,
    /** A voter's, opened again: whether it is the newest there is remains to be asked. */
    RETURNING,
    /** It answers as an acceptor. */
    VOTING,
    /** What an earlier life of this replica has said is lost: it learns, and does not answer. */
    QUARANTINED,
    /** The disk has lost some of what it held, within bounds that it knows by itself. */
    REPAIRING,
    /** What an earlier disk held is bounded by what all others know. */
    READMITTING
  }

  public static Standing of(Kind kind) {
    return new Standing(kind, Ballot.NONE, 0);
  }

  public static Standing readmitting(Ballot promised, long slot) {
    return new Standing(Kind.READMITTING, promised, slot);
  }

  /** The journal has lost what its fence bounds. */
  public static Standing repairing(Ballot promised, long slot) {
    return new Standing(Kind.REPAIRING, promised, slot);
  }

  /** Whether it votes again when its state has the slot for good, and learns until then. */
  public boolean isBounded() {
    return kind == Kind.REPAIRING || kind == Kind.READMITTING;
  }

  public boolean is(Kind other) {
    return kind == other;
  }

  /** For a person: {@code voting}, {@code readmitting at slot 70}. */
  @Override
  public String toString() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return isBounded() ? word + " at slot " + slot : word;
  }
}
