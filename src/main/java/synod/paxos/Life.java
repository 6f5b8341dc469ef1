package synod.paxos;

/**
 * One life of a replica's process on one data directory. A directory that was wiped and made anew
 * has another number. Which lives a directory has had is its {@link Lineage}.
 *
 * @param directory drawn by chance when the directory was made, never 0
 * @param incarnation tells the processes that opened it apart, and rises from one to the next. Two
 *     that began on copies of one directory have different ones too
 */
public record Life(long directory, long incarnation) {
  public Life {
    Invariant.check(directory != 0 && incarnation >= 1, "no life: %s, %s", directory, incarnation);
  }

  @Override
  public String toString() {
    return String.format("%08x.%d", (int) directory, incarnation);
  }
}
