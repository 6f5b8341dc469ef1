package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static synod.paxos.Ear.batch;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {
  private final Window window = new Window(5, 3);

  private void propose(int count) {
    for (int i = 0; i < count; i++) {
      window.propose(batch("c"), 0);
    }
  }

  @Test
  void beginsWithThePrefixThatPhase1Left() {
    assertEquals(4, window.chosen());
    assertEquals(4, window.lastProposed());
    assertEquals(5, window.next());
    assertTrue(window.hasRoom());
  }

  @Test
  void hasRoomForAsManySlotsAsItsSize() {
    propose(2);
    assertTrue(window.hasRoom());
    propose(1);
    assertFalse(window.hasRoom());
    assertEquals(3, window.openSlots());
  }

  /** A slot behind a hole makes no room: the learner could not apply it. */
  @Test
  void movesWhenThePrefixDoes() {
    propose(3);

    assertFalse(window.choose(6));
    assertFalse(window.hasRoom());
    assertEquals(4, window.chosen());

    assertTrue(window.choose(5));
    assertTrue(window.hasRoom());
    assertEquals(6, window.chosen());

    assertTrue(window.choose(7));
    assertEquals(7, window.chosen());
  }

  @Test
  void aSlotChosenTwiceOrNeverProposedChangesNothing() {
    propose(1);
    assertTrue(window.choose(5));

    for (long slot : List.of(4L, 5L, 6L)) {
      assertFalse(window.choose(slot));
      assertEquals(5, window.chosen());
      assertEquals(6, window.next());
    }
  }

  @Test
  void remembersWhenAnAcceptWasLastSent() {
    Window.Open open = window.propose(batch("c"), 10);

    window.sentAgain(open, 30);
    assertEquals(30, window.open().iterator().next().sentAt());

    window.choose(5);
    window.sentAgain(open, 40);
    assertEquals(0, window.openSlots());
  }
}
