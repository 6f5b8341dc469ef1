package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import synod.paxos.ReadRides.Ride;
import synod.paxos.ReadRounds.Waiting;

class ReadRidesTest {
  private static final List<Waiting> FIRST = List.of(new Waiting(new ReplicaId(4), 1));
  private static final List<Waiting> SECOND = List.of(new Waiting(new ReplicaId(5), 1));

  private final ReadRides rides = new ReadRides();

  @Test
  void aSlotServesThoseWhoBoardedItOrOneBefore() {
    rides.board(7, FIRST);
    rides.board(9, SECOND);

    assertEquals(List.of(), rides.arrived(6));
    assertEquals(List.of(new Ride(7, FIRST)), rides.arrived(8));
    assertEquals(List.of(new Ride(9, SECOND)), rides.arrived(9));
    assertEquals(List.of(), rides.arrived(9));
  }

  @Test
  void oneSlotServesAllAtOnce() {
    rides.board(7, FIRST);
    rides.board(9, SECOND);

    assertEquals(List.of(new Ride(7, FIRST), new Ride(9, SECOND)), rides.arrived(10));
  }

  @Test
  void nobodyRidesOnceTheBallotIsOver() {
    rides.board(7, FIRST);
    rides.clear();

    assertEquals(List.of(), rides.arrived(7));
  }
}
