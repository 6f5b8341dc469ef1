package synod.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import synod.kv.CommandRange;

class AboutSlotTest {
  private final List<Entry> entries = new ArrayList<>();

  private void sends(String id, Said said) {
    long place = entries.size();
    entries.add(new Entry(2, place, place, new Fact.Sent(id, 1, said)));
    entries.add(new Entry(1, place, place + 1, new Fact.Received(id, 2, said)));
  }

  private static Said submit(long session, long first, long last) {
    return new Said("submit", "gateway", "proposer", "", 0, "commands")
        .asking(List.of(new CommandRange(session, first, last)));
  }

  private static Said accept(long slot, CommandRange... commands) {
    return new Said("accept", "proposer", "acceptor", "7.1", slot, "accept")
        .asking(List.of(commands));
  }

  private List<String> about(long slot) {
    return Narrow.to(entries, OptionalLong.of(slot), false).stream()
        .filter(entry -> entry.fact() instanceof Fact.Sent)
        .map(entry -> ((Fact.Sent) entry.fact()).id())
        .toList();
  }

  @Test
  void theSubmitsOfTheCommandsInASlotAreAboutItWheneverTheyWereSent() {
    sends("first", submit(2, 5, 8));
    sends("not yet", submit(2, 9, 9));
    sends("another's", submit(3, 5, 8));
    sends("together", submit(4, 1, 1));
    sends("accept", accept(12, new CommandRange(2, 5, 8), new CommandRange(4, 1, 1)));
    sends("next", accept(13, new CommandRange(2, 9, 9)));
    sends("again", submit(2, 7, 9));

    assertEquals(List.of("first", "together", "accept", "again"), about(12));
    assertEquals(List.of("not yet", "next", "again"), about(13));
  }

  @Test
  void aCommandThatCameToTwoSlotsMakesTheOneNotAboutTheOther() {
    sends("submit", submit(2, 5, 5));
    sends("accept", accept(12, new CommandRange(2, 5, 5)));
    sends("repeat", accept(13, new CommandRange(2, 5, 5)));

    assertEquals(List.of("submit", "accept"), about(12));
  }

  @Test
  void aNoOpHasNoSubmit() {
    sends("submit", submit(2, 5, 5));
    sends("accept", accept(12));

    assertEquals(List.of("accept"), about(12));
  }
}
