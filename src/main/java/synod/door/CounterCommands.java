package synod.door;

import java.util.List;
import synod.door.Usage.Keys;
import synod.kv.Command;

/** Numbers of 64 bits that are kept as decimal text. */
final class CounterCommands {
  private final StoreAccess store;

  CounterCommands(StoreAccess store) {
    this.store = store;
  }

  List<Verb> verbs() {
    return List.of(
        store.writer("incr", 2, Keys.FIRST, "Adds one to a number", call -> add(call, 1)),
        store.writer("decr", 2, Keys.FIRST, "Takes one from a number", call -> add(call, -1)),
        store.writer(
            "incrby",
            3,
            Keys.FIRST,
            "Adds to a number",
            call -> add(call, Numbers.whole(call.word(2)))),
        store.writer("decrby", 3, Keys.FIRST, "Takes from a number", this::decrby));
  }

  private void decrby(Call call) {
    long amount = Numbers.whole(call.word(2));
    if (amount == Long.MIN_VALUE) {
      throw new BadArgument("decrement would overflow");
    }
    add(call, -amount);
  }

  private void add(Call call, long amount) {
    store.write(call, new Command.Add(call.word(1), amount), Outcomes::amount);
  }
}
