package synod.paxos;

/**
 * One life of a replica's process on one data directory. A directory that was wiped and made anew
 * has another number; one that was put back from a backup counts again from an older incarnation.
 *
 * @param directory drawn by chance when the directory was made, never 0
 * @param incarnation counts the processes that opened it, on from a number of at least 1 that is
 *     higher in a directory that was made later
 */
public record Life(long directory, long incarnation) {
  public Life {
    Invariant.check(directory != 0 && incarnation >= 1, "no life: %s, %s", directory, incarnation);
  }

  /** Whether this life may have come after that one: the same directory, and not older. */
  public boolean continues(Life that) {
    return directory == that.directory && incarnation >= that.incarnation;
  }

  @Override
  public String toString() {
    return String.format("%08x.%d", (int) directory, incarnation);
  }
}
