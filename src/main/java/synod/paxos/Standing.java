package synod.paxos;

import java.util.Locale;

/**
 * Whether this replica's disk can be trusted to know all that its acceptor has ever said.
 *
 * <pre>
 *   FRESH --(nobody has ever met this replica)----------------> VOTING
 *   FRESH --(somebody has: the disk was wiped)----------------> QUARANTINED
 *   RETURNING --(a quorum has met no later life)--------------> VOTING     of this process
 *   RETURNING --(somebody has: an old disk was put back)------> QUARANTINED
 *   any --(the journal is below its fence)--> READMITTING
 *   QUARANTINED --(readmit, and all others have told bounds)--> READMITTING
 *   READMITTING --(the slot is applied and durable here)------> VOTING
 * </pre>
 *
 * @param promised for {@code READMITTING}: no earlier life has promised more than this
 * @param slot for {@code READMITTING}: no earlier life has accepted anything above this slot
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
    /** It will vote again when it has applied the slot: until then it learns. */
    READMITTING
  }

  public static Standing of(Kind kind) {
    return new Standing(kind, Ballot.NONE, 0);
  }

  public static Standing readmitting(Ballot promised, long slot) {
    return new Standing(Kind.READMITTING, promised, slot);
  }

  public boolean is(Kind other) {
    return kind == other;
  }

  /** For a person: {@code voting}, {@code readmitting at slot 70}. */
  @Override
  public String toString() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    return kind == Kind.READMITTING ? word + " at slot " + slot : word;
  }
}
