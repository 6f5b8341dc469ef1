package synod.paxos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import synod.paxos.ReadRounds.Waiting;

/**
 * Reads that need no round, since a slot is proposed anyway: that it is chosen at this ballot
 * proves of the ballot what a round proves.
 *
 * <ol>
 *   <li>A read rides on a slot that was proposed after it arrived. So whoever accepted the slot did
 *       so after the read's arrival, and had promised no later ballot by then.
 *   <li>Its index is that slot. Every write that was acknowledged before the read arrived is below
 *       it: at this ballot or an earlier one for the reasons of {@link ReadRounds}, and at a later
 *       one it cannot have been.
 * </ol>
 */
final class ReadRides {
  private final ArrayDeque<Ride> rides = new ArrayDeque<>();

  record Ride(long slot, List<Waiting> reads) {}

  /** This slot is being proposed, and nothing of it has been sent yet. */
  void board(long slot, List<Waiting> reads) {
    rides.addLast(new Ride(slot, reads));
  }

  /** This slot is chosen, whatever is of those before it: it proves enough for all up to it. */
  List<Ride> arrived(long slot) {
    List<Ride> done = new ArrayList<>();
    while (!rides.isEmpty() && rides.getFirst().slot() <= slot) {
      done.add(rides.removeFirst());
    }
    return done;
  }

  void clear() {
    rides.clear();
  }
}
