package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import synod.kv.Command.Asked;
import synod.kv.Command.When;
import synod.paxos.Batch;
import synod.paxos.Bytes;

/** Slots full of chance, each applied twice: the machine says and holds what the model does. */
class MachineSeedsTest {
  private static final List<Bytes> KEYS =
      List.of(Feed.bytes("a"), Feed.bytes("b"), Feed.bytes("c"), Feed.bytes("d"));

  private Random random = new Random();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void theMachineIsTheModel(long seed) {
    random = new Random(seed);
    Feed feed = new Feed();
    Model model = new Model();

    for (int i = 0; i < 400; i++) {
      List<Command> commands = new ArrayList<>();
      for (int count = random.nextInt(6); count > 0; count--) {
        commands.add(any(model));
      }
      Batch batch = feed.after(random.nextInt(60) - 10).batch(commands.toArray(Command[]::new));
      long slot = feed.machine().applied() + 1;

      List<Answer> expected = model.apply(slot, batch.time(), commands);

      assertEquals(expected, feed.apply(batch), "seed " + seed + " slot " + slot + " " + commands);
      assertEquals(expected, feed.apply(batch), "again");
      compare(model, feed);
    }
  }

  private static void compare(Model model, Feed feed) {
    assertEquals(model.size(), feed.machine().summary().keys());
    assertEquals(feed.machine().recount(), feed.machine().summary());
    for (Bytes key : KEYS) {
      assertEquals(model.versioned(key), feed.ask(new Query.Versioned(key)));
      assertEquals(new Answer.Amount(model.left(key)), feed.ask(new Query.Left(key)));
    }
  }

  private Command any(Model model) {
    Command.Entry entry = new Command.Entry(one(KEYS), value());
    return switch (random.nextInt(8)) {
      case 0 -> new Command.Put(List.of(entry));
      case 1 -> new Command.PutNew(List.of(entry, new Command.Entry(one(KEYS), value())));
      case 2 -> new Command.Delete(List.of(entry.key(), one(KEYS)));
      case 3 -> new Command.Add(entry.key(), one(List.of(1L, -5L, Long.MAX_VALUE)));
      case 4 -> new Command.Append(entry.key(), value(), 6);
      case 5 -> new Command.Take(entry.key());
      case 6 -> new Command.Set(entry, guard(model), lifetime(), one(List.of(Asked.values())));
      default -> new Command.Expire(entry.key(), lifetime(), one(List.of(When.values())));
    };
  }

  private Bytes value() {
    return Feed.bytes(one(List.of("1", "-42", "0", "9223372036854775807", "x", "007", "")));
  }

  private Guard guard(Model model) {
    long version = ((Answer.Versioned) model.versioned(one(KEYS))).version();
    return one(List.of(new Guard.Any(), new Guard.There(), new Guard.Version(version)));
  }

  private Lifetime lifetime() {
    return one(
        List.of(
            new Lifetime.Endless(),
            new Lifetime.Kept(),
            new Lifetime.For(random.nextInt(300) - 20),
            new Lifetime.Until(Feed.NOW + random.nextInt(10_000))));
  }

  private <T> T one(List<? extends T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
