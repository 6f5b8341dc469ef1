package synod.sim;

/** A role crashes when such a message comes to it. */
record Trap(Kind role, String message, Where where) implements Comparable<Trap> {

  /** What becomes of the message. */
  enum Where {
    /** It is lost. */
    BEFORE,
    /** The role has taken it and written what is to be written, and says nothing. */
    MIDWAY,
    /** The role has said what needs no disk. */
    AFTER
  }

  @Override
  public int compareTo(Trap that) {
    return toString().compareTo(that.toString());
  }
}
