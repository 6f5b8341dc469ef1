package synod.top;

import java.util.Collection;

/**
 * How many replicas it takes, by the quorums that are configured.
 *
 * @param elect to make one of them the leader: it asks a phase-1 quorum, and leads once a phase-2
 *     quorum has its no-op
 * @param serve to get what that leader proposes chosen
 */
public record Need(int elect, int serve) {

  /** {@code said}: the fields {@code quorums} of those that answered; majorities if none has it. */
  public static Need of(Collection<String> said, int replicas) {
    int majority = replicas / 2 + 1;
    return said.stream()
        .filter(sizes -> sizes.matches("[0-9]{1,9} [0-9]{1,9}"))
        .findFirst()
        .map(sizes -> sizes.split(" ", 2))
        .map(sizes -> of(Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1])))
        .orElse(new Need(majority, majority));
  }

  private static Need of(int phase1, int phase2) {
    return new Need(Math.max(phase1, phase2), phase2);
  }
}
