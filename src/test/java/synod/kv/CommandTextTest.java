package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;

/** A batch as a person reads it in the log. */
class CommandTextTest {
  private static final Ticket TICKET = new Ticket(new SessionId(new ReplicaId(3), 7).value(), 1, 1);

  private static Bytes batch(Command command) {
    return Commands.encode(TICKET, command);
  }

  private static Command set(Guard guard, Lifetime lifetime) {
    return Feed.set("k", "v", guard, lifetime);
  }

  private static Command request(SessionRequest request) {
    return new Command.InSession(request);
  }

  @Test
  void everySortOfCommandHasItsWords() {
    SessionLimits limits = new SessionLimits(60_000, 4);
    TreeMap<String, Command> texts = new TreeMap<>();
    texts.put(
        "put-new k=v", new Command.PutNew(List.of(new Command.Entry(Feed.bytes("k"), bytes("v")))));
    texts.put("append k cd", new Command.Append(bytes("k"), bytes("cd"), 9));
    texts.put("take k", new Command.Take(bytes("k")));
    texts.put("set k=v for ever", set(new Guard.Any(), new Lifetime.Endless()));
    texts.put("set k=v if there as long as before", set(new Guard.There(), new Lifetime.Kept()));
    texts.put("set k=v if version 7 until 9", set(new Guard.Version(7), new Lifetime.Until(9)));
    texts.put("expire k for 50 ms", Feed.expire("k", 50, Command.When.ALWAYS));
    texts.put("session open", request(new SessionRequest.Open(limits)));
    texts.put("give up", request(new SessionRequest.GiveUp(limits)));
    texts.put("session 5 resume", request(new SessionRequest.Resume(5)));
    texts.put("session 5 close", request(new SessionRequest.Close(5)));
    texts.put("session 5 outcome 8", request(new SessionRequest.Fate(5, 8)));
    texts.put("session 5 do 8: add n 2", SessionLog.once(new Ticket(5, 8, 8), Feed.add("n", 2)));

    for (String text : texts.keySet()) {
      Command command = Objects.requireNonNull(texts.get(text));
      assertEquals(text, Commands.text(batch(command), 80));
    }
  }

  private static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {23, 24, 25})
  void aWordThatIsTooLongIsCut(int length) {
    String key = "x".repeat(length);

    String text = Commands.text(batch(new Command.Take(bytes(key))), 80);

    assertEquals(length <= 24 ? "take " + key : "take " + "x".repeat(24) + "…", text);
  }

  /** One less than it takes, as many, one more; of the last word, and of one before it. */
  @Test
  void aLineThatDoesNotShowAllSaysSo() {
    Bytes batch = batch(new Command.Delete(List.of(bytes("a"), bytes("b"))));
    List<String> lines = new ArrayList<>();
    for (int width = 7; width <= 11; width++) {
      lines.add(Commands.text(batch, width));
    }

    assertEquals(List.of("delete …", "delete a…", "delete a …", "delete a b", "delete a b"), lines);
  }

  /** A batch may hold thousands of commands, and nobody sees them. */
  @Test
  void readsNoMoreOfABatchThanTheLineShows() {
    byte[] first = batch(new Command.Take(bytes("k"))).array();
    Bytes brokenBehind = Bytes.of(Arrays.copyOf(first, first.length + 1));

    assertEquals("take…", Commands.text(brokenBehind, 4));
  }
}
