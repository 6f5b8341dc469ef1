package synod.kv;

/**
 * A store against itself: what it says of its state at one slot, and what counting every key of
 * that same moment gives.
 */
public record Audit(StateSummary told, StateSummary counted) {

  /** Otherwise what is on disk is not what was applied. */
  public boolean sound() {
    return told.equals(counted);
  }
}
