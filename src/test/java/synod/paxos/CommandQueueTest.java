package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CommandQueueTest {
  private final CommandQueue queue = new CommandQueue(6);

  private boolean offer(String commands) {
    return queue.offer(Bytes.utf8(commands));
  }

  private String take(int limit) {
    return queue.take(limit).utf8();
  }

  /** One byte less than the bound, exactly the bound, one more. */
  @Test
  void takesUpToItsBoundAndNotBeyond() {
    assertTrue(offer("abcd"));
    assertFalse(offer("efg"));
    assertTrue(offer("ef"));
    assertFalse(offer("g"));

    assertEquals("abcdef", take(100));
    assertTrue(queue.isEmpty());
  }

  @Test
  void whatBearsNoCommandTakesNoPlace() {
    assertTrue(offer(""));

    assertTrue(queue.isEmpty());
  }

  @Test
  void anEmptyQueueHasRoomForOneOfAnySize() {
    assertTrue(offer("abcdefghij"));
    assertFalse(offer("k"));

    assertEquals("abcdefghij", take(4));
    assertTrue(offer("k"));
  }

  @Test
  void takesWholeSubmitsInOrderUpToTheLimitButAtLeastOne() {
    offer("ab");
    offer("cd");
    offer("ef");

    assertEquals("ab", take(1));
    offer("gh");
    assertEquals("cdef", take(5));
    assertEquals("gh", take(2));
  }

  @Test
  void whatIsTakenOrClearedMakesRoom() {
    offer("abcdef");
    take(6);
    assertTrue(offer("abcdef"));
    queue.clear();

    assertTrue(queue.isEmpty());
    assertTrue(offer("abc"));
    assertTrue(offer("def"));
    assertFalse(offer("g"));
  }

  @Test
  void aLoneSubmitIsHandedOnWithoutACopy() {
    Bytes commands = Bytes.utf8("ab");
    queue.offer(commands);

    assertSame(commands, queue.take(9));
  }
}
