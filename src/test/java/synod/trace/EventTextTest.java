package synod.trace;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import synod.paxos.Event;
import synod.testing.Samples;

class EventTextTest {
  @TestFactory
  Stream<DynamicTest> everyEventHasWordsOfItsOwn() {
    return Arrays.stream(Event.class.getPermittedSubclasses())
        .map(
            type ->
                DynamicTest.dynamicTest(
                    type.getSimpleName(),
                    () -> {
                      String text = EventText.of((Event) Samples.sample(type));

                      assertFalse(text.contains("["), "a record's own words: " + text);
                    }));
  }
}
