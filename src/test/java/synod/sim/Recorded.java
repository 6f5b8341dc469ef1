package synod.sim;

import java.util.List;

/**
 * The trace of a run: what its replicas wrote, synced, said and applied.
 *
 * @param promised whether all disks begin with a promise, and a ballot of their own, of round 1
 * @param faults processes and roles that crashed in it
 */
public record Recorded(
    long seed,
    int replicas,
    int phase1,
    int phase2,
    boolean promised,
    long faults,
    List<Step> steps) {

  public Recorded with(List<Step> others) {
    return new Recorded(seed, replicas, phase1, phase2, promised, faults, others);
  }

  /** Traces of one group can be checked together. */
  public String group() {
    return replicas + "/" + phase1 + "/" + phase2;
  }
}
