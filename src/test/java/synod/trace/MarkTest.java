package synod.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import synod.paxos.Event;
import synod.paxos.ReplicaId;

class MarkTest {
  /** The reasons are long, and stand in what hovering shows. */
  @Test
  void whoIsElectedStandsWithoutTheReasons() {
    Event elected =
        new Event.Elected(7, new ReplicaId(5), "no leader was heard by 1 2, among others");

    assertEquals("names replica 5", Mark.of(Saying.happened(elected)).label());
  }
}
