package synod.door;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import synod.door.Usage.Keys;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Commands;
import synod.kv.Numbered;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.kv.SessionRequest;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.StoreException;
import synod.replica.Past;
import synod.replica.Replica;

/**
 * {@code SYNOD EXPLAIN} and {@code SYNOD HISTORY}: what this replica alone can tell of a slot, of
 * the leader, of a key, and of the last hour. The console joins the answers of all.
 *
 * <pre>
 *   SYNOD EXPLAIN SLOT n      see {@link ExplainFields}
 *   SYNOD EXPLAIN LEADER      see there
 *   SYNOD EXPLAIN KEY key     version (0: there is none), slot and place in it, left (ms, -1 for
 *                             ever), and of the last command in the log that names the key:
 *                             named.slot named.time named.command
 *   SYNOD HISTORY [count]     lines: micros times kind text
 * </pre>
 */
final class ExplainCommands {
  private static final int ENTRIES = 200;
  private static final int MOST_ENTRIES = 1000;
  private static final int PLACE_BITS = 20;

  /** Slots of the log that are searched for a key. */
  private static final int SEARCHED = 16_384;

  private static final String USAGE = "SYNOD EXPLAIN takes SLOT n, LEADER or KEY key";

  private final Replica replica;
  private final StoreAccess store;

  ExplainCommands(Replica replica, StoreAccess store) {
    this.replica = replica;
    this.store = store;
  }

  List<Verb> verbs() {
    return List.of(
        store.reader("explain", -3, Keys.NONE, "SLOT n|LEADER|KEY key: its story", this::explain),
        Verb.local("history", -2, "[count]: elections and crashes of an hour", this::history));
  }

  private void explain(Call call) {
    String what = call.text(2).toLowerCase(Locale.ROOT);
    if (what.equals("leader") && call.size() == 3) {
      call.answer(pairs(ExplainFields.ofLeader(replica)));
    } else if (what.equals("slot") && call.size() == 4) {
      long slot = slot(call.word(3));
      call.answer(new Reply.Later(() -> pairs(ExplainFields.ofSlot(replica, slot))));
    } else if (what.equals("key") && call.size() == 4) {
      explainKey(call, call.word(3));
    } else {
      throw new BadArgument(USAGE);
    }
  }

  /** To search the log takes its time, and on the loop of the door the roles are at work. */
  private void explainKey(Call call, Bytes key) {
    Consumer<Outcome> then = Outcomes.to(call, answer -> pairs(ofKey(key, answer)));
    replica.read(
        new Query.Versioned(key),
        outcome ->
            ForkJoinPool.commonPool().execute(() -> search(call, () -> then.accept(outcome))));
  }

  private static void search(Call call, Runnable search) {
    try {
      search.run();
    } catch (StoreException e) {
      call.answer(Reply.error("the log cannot be read: " + e.getMessage()));
    }
  }

  private static long slot(Bytes word) {
    long slot = Numbers.whole(word);
    if (slot < 1) {
      throw new BadArgument("a slot is 1 or more");
    }
    return slot;
  }

  private static Reply pairs(Map<String, String> fields) {
    List<Reply> flat = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          flat.add(Reply.text(name));
          flat.add(Reply.text(value));
        });
    return new Reply.Pairs(flat);
  }

  // ---------------------------------------------------------------- a key

  private Map<String, String> ofKey(Bytes key, Answer answer) {
    Map<String, String> fields = new LinkedHashMap<>();
    long version = answer instanceof Answer.Versioned found ? found.version() : 0;
    fields.put("version", Long.toString(version));
    if (version > 0) {
      fields.put("slot", Long.toString(version >> PLACE_BITS));
      fields.put("place", Long.toString(version & ((1L << PLACE_BITS) - 1)));
      fields.put("left", left(key));
    }
    named(key, version > 0 ? version >> PLACE_BITS : replica.status().applied(), fields);
    return fields;
  }

  private String left(Bytes key) {
    return replica.look(new Query.Left(key)) instanceof Answer.Amount left
        ? Long.toString(left.value())
        : "";
  }

  private void named(Bytes key, long newest, Map<String, String> fields) {
    for (long slot = newest; slot > Math.max(0, newest - SEARCHED); slot--) {
      Optional<Batch> batch = replica.applied(slot);
      if (batch.isEmpty()) {
        return;
      }
      Optional<Numbered> naming = lastThatNames(key, batch.get());
      if (naming.isPresent()) {
        fields.put("named.slot", Long.toString(slot));
        fields.put("named.time", Long.toString(batch.get().time()));
        fields.put("named.command", ExplainFields.command(naming.get()));
        return;
      }
    }
  }

  private static Optional<Numbered> lastThatNames(Bytes key, Batch batch) {
    return Commands.decode(batch.commands()).stream()
        .filter(numbered -> names(numbered.command(), key))
        .reduce((earlier, later) -> later);
  }

  private static boolean names(Command command, Bytes key) {
    if (command instanceof Command.Put put) {
      return put.entries().stream().anyMatch(entry -> entry.key().equals(key));
    }
    if (command instanceof Command.PutNew put) {
      return put.entries().stream().anyMatch(entry -> entry.key().equals(key));
    }
    if (command instanceof Command.Delete delete) {
      return delete.keys().contains(key);
    }
    if (command instanceof Command.InSession in) {
      return in.request() instanceof SessionRequest.Do once
          && names(once.numbered().command(), key);
    }
    return namesAlone(command, key);
  }

  private static boolean namesAlone(Command command, Bytes key) {
    return (command instanceof Command.Set set && set.entry().key().equals(key))
        || (command instanceof Command.Add add && add.key().equals(key))
        || (command instanceof Command.Append append && append.key().equals(key))
        || (command instanceof Command.Take take && take.key().equals(key))
        || (command instanceof Command.Expire expire && expire.key().equals(key));
  }

  // ---------------------------------------------------------------- the last hour

  private void history(Call call) {
    long count = call.size() > 2 ? Numbers.whole(call.word(2)) : ENTRIES;
    if (count < 1 || call.size() > 3) {
      throw new BadArgument("SYNOD HISTORY [count] takes a number of 1 or more");
    }
    call.answer(
        Reply.texts(
            replica.chronicle().history((int) Math.min(count, MOST_ENTRIES)).stream()
                .map(ExplainCommands::line)
                .collect(Collectors.toList())));
  }

  private static String line(Past past) {
    String kind = past.event().getClass().getSimpleName();
    return past.at() + " " + past.times() + " " + kind + " " + past.text();
  }
}
