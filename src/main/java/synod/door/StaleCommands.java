package synod.door;

import java.util.List;
import synod.door.Usage.Keys;
import synod.kv.Query;
import synod.kv.StateSummary;
import synod.replica.Replica;

/**
 * {@code SYNOD STALE GET key}: what this replica holds, at no cost to the others, and served
 * without a leader too. The answer is the value, the slots that are known to be chosen and not
 * applied here, and the age of the state in ms: since the time that its leader wrote into the last
 * slot applied. That is told by two clocks, the leader's and this replica's, and is as exact as
 * they agree.
 */
final class StaleCommands {
  private final StoreAccess store;
  private final Replica replica;

  StaleCommands(StoreAccess store, Replica replica) {
    this.store = store;
    this.replica = replica;
  }

  List<Verb> verbs() {
    return List.of(
        store.reader(
            "stale",
            4,
            Keys.THIRD,
            "GET key: what this replica holds; value, slots behind, ms behind",
            this::stale));
  }

  private void stale(Call call) {
    if (!call.is(2, "get")) {
      throw new BadArgument("SYNOD STALE GET key is all that may be stale");
    }
    call.answer(new Reply.Later(() -> read(call)));
  }

  /** How old it is is asked first: what is read after that is not older. */
  private Reply read(Call call) {
    long applied = replica.status().applied();
    long slots = Math.max(0, replica.status().chosen() - applied);
    long time =
        replica.summaries(applied, 1).stream().mapToLong(StateSummary::time).findFirst().orElse(0);
    long age = time == 0 ? -1 : Math.max(0, System.currentTimeMillis() - time);
    Reply value =
        Outcomes.reply(replica.look(new Query.Get(List.of(call.word(3)))), Outcomes::first);
    return new Reply.Items(List.of(value, new Reply.Whole(slots), new Reply.Whole(age)));
  }
}
