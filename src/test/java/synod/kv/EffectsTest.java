package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import synod.kv.Command.Asked;
import synod.kv.Command.When;
import synod.paxos.Batch;
import synod.paxos.Bytes;

/**
 * Every command on every kind of key k: none, the number 7, the text ab, the text ab for 100 ms,
 * and one whose lifetime has ended. A row has what is answered, and what k is then.
 */
class EffectsTest {
  private static final Map<String, Command> COMMANDS = commands();

  private static Map<String, Command> commands() {
    Map<String, Command> all = new LinkedHashMap<>();
    all.put("put", Feed.put("k", "v"));
    all.put("delete", new Command.Delete(List.of(Feed.bytes("k"))));
    all.put("put-new", new Command.PutNew(List.of(entry("k"), entry("l"))));
    all.put("add", Feed.add("k", 3));
    all.put("append", new Command.Append(Feed.bytes("k"), Feed.bytes("cd"), 4));
    all.put("append-less", new Command.Append(Feed.bytes("k"), Feed.bytes("cd"), 1));
    all.put("take", new Command.Take(Feed.bytes("k")));
    all.put("set", set(new Guard.Any(), new Lifetime.Endless(), Asked.WHETHER));
    all.put("set-for", set(new Guard.Any(), new Lifetime.For(50), Asked.WHETHER));
    all.put("set-past", set(new Guard.Any(), new Lifetime.Until(1), Asked.WHETHER));
    all.put("set-kept", set(new Guard.Any(), new Lifetime.Kept(), Asked.OLD));
    all.put("set-new", set(new Guard.Version(0), new Lifetime.Endless(), Asked.WHETHER));
    all.put("set-there", set(new Guard.There(), new Lifetime.Endless(), Asked.OLD));
    all.put("cas-0", set(new Guard.Version(0), new Lifetime.For(50), Asked.VERSION));
    all.put("cas-1", set(new Guard.Version(1 << 20), new Lifetime.Kept(), Asked.VERSION));
    all.put("cas-9", set(new Guard.Version(9), new Lifetime.Kept(), Asked.VERSION));
    all.put("expire", Feed.expire("k", 70, When.ALWAYS));
    all.put("expire-past", Feed.expire("k", 0, When.ALWAYS));
    all.put("expire-far", Feed.expire("k", Long.MAX_VALUE, When.ALWAYS));
    all.put("expire-nx", Feed.expire("k", 70, When.ENDLESS));
    all.put("expire-xx", Feed.expire("k", 70, When.ENDING));
    all.put("expire-gt", Feed.expire("k", 101, When.LATER));
    all.put("expire-gt-same", Feed.expire("k", 100, When.LATER));
    all.put("expire-lt", Feed.expire("k", 99, When.SOONER));
    all.put("expire-lt-same", Feed.expire("k", 100, When.SOONER));
    all.put("expire-xx-lt", Feed.expire("k", 99, When.ENDING_SOONER));
    all.put("expire-xx-lt-same", Feed.expire("k", 100, When.ENDING_SOONER));
    all.put("persist", new Command.Expire(Feed.bytes("k"), new Lifetime.Endless(), When.ENDING));
    return all;
  }

  private static Command set(Guard guard, Lifetime lifetime, Asked asked) {
    return new Command.Set(entry("k"), guard, lifetime, asked);
  }

  private static Command.Entry entry(String key) {
    return new Command.Entry(Feed.bytes(key), Feed.bytes("v"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // command | none, or gone | 7 | ab | ab for 100 ms
        "put          | ok > v          | ok > v       | ok > v          | ok > v",
        "delete       | 0 > none        | 1 > none     | 1 > none        | 1 > none",
        "put-new      | 1 > v           | 0 > 7        | 0 > ab          | 0 > ab 100",
        "add          | 3 > 3           | 10 > 10      | NO NUMBER > ab  | NO NUMBER > ab 100",
        "append       | 2 > cd          | 3 > 7cd      | 4 > abcd        | 4 > abcd 100",
        "append-less  | TOO LONG > none | TOO LONG > 7 | TOO LONG > ab   | TOO LONG > ab 100",
        "take         | [-] > none      | [7] > none   | [ab] > none     | [ab] > none",
        "set          | 1 > v           | 1 > v        | 1 > v           | 1 > v",
        "set-for      | 1 > v 50        | 1 > v 50     | 1 > v 50        | 1 > v 50",
        "set-past     | 1 > none        | 1 > none     | 1 > none        | 1 > none",
        "set-kept     | [-] > v         | [7] > v      | [ab] > v        | [ab] > v 100",
        "set-new      | 1 > v           | 0 > 7        | 0 > ab          | 0 > ab 100",
        "set-there    | [-] > none      | [7] > v      | [ab] > v        | [ab] > v",
        "cas-0        | 3145728 > v 50  | 1:7 > 7      | 1:ab > ab       | 1:ab > ab 100",
        "cas-1        | 0:- > none      | 3145728 > v  | 3145728 > v     | 3145728 > v 100",
        "cas-9        | 0:- > none      | 1:7 > 7      | 1:ab > ab       | 1:ab > ab 100",
        "expire       | 0 > none        | 1 > 7 70     | 1 > ab 70       | 1 > ab 70",
        "expire-past  | 0 > none        | 1 > none     | 1 > none        | 1 > none",
        "expire-far   | 0 > none        | 1 > 7        | 1 > ab          | 1 > ab",
        "expire-nx    | 0 > none        | 1 > 7 70     | 1 > ab 70       | 0 > ab 100",
        "expire-xx    | 0 > none        | 0 > 7        | 0 > ab          | 1 > ab 70",
        "expire-gt    | 0 > none        | 0 > 7        | 0 > ab          | 1 > ab 101",
        "expire-gt-same | 0 > none      | 0 > 7        | 0 > ab          | 0 > ab 100",
        "expire-lt    | 0 > none        | 1 > 7 99     | 1 > ab 99       | 1 > ab 99",
        "expire-lt-same | 0 > none      | 1 > 7 100    | 1 > ab 100      | 0 > ab 100",
        "expire-xx-lt | 0 > none        | 0 > 7        | 0 > ab          | 1 > ab 99",
        "expire-xx-lt-same | 0 > none   | 0 > 7        | 0 > ab          | 0 > ab 100",
        "persist      | 0 > none        | 0 > 7        | 0 > ab          | 1 > ab",
      })
  void everyCommandOnEveryKindOfKey(
      String name, String none, String number, String text, String ending) {
    Command command = Objects.requireNonNull(COMMANDS.get(name));
    Map<Supplier<Feed>, String> rows = new LinkedHashMap<>();
    rows.put(() -> fed(Batch.noOp(Feed.NOW)), none);
    rows.put(EffectsTest::gone, none);
    rows.put(() -> fed(Feed.put("k", "7")), number);
    rows.put(() -> fed(Feed.put("k", "ab")), text);
    rows.put(() -> fed(Feed.putFor("k", "ab", 100)), ending);

    rows.forEach((begin, expected) -> assertEquals(expected, effect(begin.get(), command)));
  }

  /** Slots 1 and 2, so that the command under test is always in slot 3. */
  private static Feed fed(Command first) {
    Feed feed = new Feed();
    feed.apply(first);
    feed.noOp();
    return feed;
  }

  private static Feed fed(Batch first) {
    Feed feed = new Feed();
    feed.apply(first);
    feed.noOp();
    return feed;
  }

  /** Gone since just now: nothing has removed it yet. */
  private static Feed gone() {
    return fed(Feed.putFor("k", "ab", 100)).after(100);
  }

  private static String effect(Feed feed, Command command) {
    Batch batch = feed.batch(command);
    Answer answer = feed.apply(batch).get(0);
    String after = shown(answer) + " > " + feed.look("k");
    StateSummary summary = feed.machine().summary();
    assertEquals(feed.machine().recount(), summary);

    assertEquals(List.of(answer), feed.apply(batch), "a repeat gets the first answer");
    assertEquals(summary.digest(), feed.machine().summary().digest(), "and changes nothing");
    return after;
  }

  private static String shown(Answer answer) {
    if (answer instanceof Answer.Amount amount) {
      return Long.toString(amount.value());
    }
    if (answer instanceof Answer.Values values) {
      return "[" + shown(values.values().get(0)) + "]";
    }
    if (answer instanceof Answer.Versioned found) {
      return (found.version() >> 20) + ":" + shown(found.value());
    }
    if (answer instanceof Answer.Refused refused) {
      return refused.why().contains("integer") ? "NO NUMBER" : "TOO LONG";
    }
    return "ok";
  }

  private static String shown(Optional<Bytes> value) {
    return value.map(Bytes::utf8).orElse("-");
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775806, 1, 9223372036854775807",
    "9223372036854775807, 1, overflow",
    "-9223372036854775808, -1, overflow",
    "-9223372036854775807, -1, -9223372036854775808",
    "0, -9223372036854775808, -9223372036854775808",
    "-1, -9223372036854775808, overflow",
    "9223372036854775807, -9223372036854775808, -1",
    "9223372036854775808, 1, integer",
    "007, 1, integer",
    "-0, 1, integer",
    "+1, 1, integer",
    "' 1', 1, integer",
    "1.5, 1, integer",
    "'', 1, integer",
    "99999999999999999999999999999999, 1, integer",
  })
  void numbersAreOf64BitsAndWrittenInOneWayOnly(String number, long amount, String expected) {
    Feed feed = fed(Feed.put("k", number));

    Answer answer = feed.one(Feed.add("k", amount));

    boolean refused = answer instanceof Answer.Refused;
    String said = refused ? ((Answer.Refused) answer).why() : shown(answer);
    assertTrue(refused ? said.contains(expected) : said.equals(expected), said);
    assertEquals(refused ? number : expected, feed.look("k"));
  }

  @Test
  void ofKeysToBeNewOneThatIsThereKeepsAllFromBeingSet() {
    Feed feed = fed(Feed.put("l", "1"));

    assertEquals(
        new Answer.Amount(0), feed.one(new Command.PutNew(List.of(entry("k"), entry("l")))));
    assertEquals("none", feed.look("k"));
    assertEquals("1", feed.look("l"));
  }

  @Test
  void laterCommandsOfASlotSeeWhatEarlierOnesDid() {
    Feed feed = new Feed();

    List<Answer> answers =
        feed.apply(
            Feed.add("k", 5),
            new Command.Append(Feed.bytes("k"), Feed.bytes("0"), 9),
            Feed.add("k", 1),
            Feed.expire("k", 10, When.ALWAYS),
            Feed.expire("k", 0, When.ALWAYS),
            Feed.add("k", 1));

    assertEquals(Stream.of(5, 2, 51, 1, 1, 1).map(EffectsTest::amount).toList(), answers);
    assertEquals("1", feed.look("k"));
  }

  private static Answer amount(long value) {
    return new Answer.Amount(value);
  }

  /**
   * Had both changes the version of their slot, the third command would take the second's value for
   * the first's, and lose it.
   */
  @Test
  void aVersionTellsTwoChangesOfOneSlotApart() {
    Feed feed = new Feed();
    long told =
        ((Answer.Amount) feed.apply(Feed.cas("k", 0, "mine"), Feed.put("k", "theirs")).get(0))
            .value();

    Answer answer = feed.one(Feed.cas("k", told, "lost"));

    assertEquals(new Answer.Versioned(told + 1, Optional.of(Feed.bytes("theirs"))), answer);
    assertEquals(answer, feed.ask(new Query.Versioned(Feed.bytes("k"))));
  }

  @Test
  void aKeyThatWasRemovedAndCameAgainHasAnotherVersion() {
    Feed feed = new Feed();
    long told = ((Answer.Amount) feed.one(Feed.cas("k", 0, "a"))).value();

    feed.apply(new Command.Delete(List.of(Feed.bytes("k"))), Feed.put("k", "a"));

    assertInstanceOf(Answer.Versioned.class, feed.one(Feed.cas("k", told, "b")));
  }

  @Test
  void aChangeOfTheLifetimeIsAChange() {
    Feed feed = new Feed();
    long told = ((Answer.Amount) feed.one(Feed.cas("k", 0, "a"))).value();

    feed.apply(Feed.expire("k", 10, When.ALWAYS));

    assertInstanceOf(Answer.Versioned.class, feed.one(Feed.cas("k", told, "b")));
  }
}
