package synod.door;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import synod.door.Usage.Keys;
import synod.door.Usage.Kind;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Query;
import synod.paxos.Bytes;
import synod.replica.Replica;

/** The commands that read and change the store. */
final class StoreCommands {
  private static final Query NOTHING = new Query.Get(List.of());

  private final Replica replica;
  private final DoorLimits limits;

  StoreCommands(Hall hall) {
    this.replica = hall.replica();
    this.limits = hall.limits();
  }

  List<Verb> verbs() {
    return List.of(
        read("get", 2, Keys.FIRST, "The value of a key", this::get),
        read("mget", -2, Keys.ALL, "The values of keys, at one moment", this::mget),
        read("exists", -2, Keys.ALL, "How many of the keys exist", this::exists),
        read("dbsize", 1, Keys.NONE, "How many keys there are", this::dbsize),
        write("set", -3, Keys.FIRST, "Sets a key to a value", this::set),
        write("mset", -3, Keys.PAIRS, "Sets keys to values, at one moment", this::mset),
        write("del", -2, Keys.ALL, "Removes keys, at one moment", this::del));
  }

  private static Verb read(
      String name, int arity, Keys keys, String summary, Consumer<Call> handler) {
    return new Verb(new Usage(name, arity, Kind.READ, keys, summary), handler);
  }

  private static Verb write(
      String name, int arity, Keys keys, String summary, Consumer<Call> handler) {
    return new Verb(new Usage(name, arity, Kind.WRITE, keys, summary), handler);
  }

  private void get(Call call) {
    if (keysFit(call)) {
      read(call, new Query.Get(List.of(call.word(1))), Outcomes::first);
    }
  }

  private void mget(Call call) {
    if (keysFit(call)) {
      read(call, new Query.Get(call.arguments()), Outcomes::all);
    }
  }

  private void exists(Call call) {
    if (keysFit(call)) {
      read(call, new Query.Exists(call.arguments()), Outcomes::amount);
    }
  }

  private void dbsize(Call call) {
    read(call, new Query.Count(), Outcomes::amount);
  }

  /**
   * What is read when the client takes it is as linearizable as what is read when the replica says
   * that it may be: both are between request and answer. But it does not wait in memory.
   */
  private void read(Call call, Query query, Function<Answer, Reply> reply) {
    replica.read(
        NOTHING,
        Outcomes.to(call, none -> new Reply.Later(() -> reply.apply(replica.look(query)))));
  }

  private void del(Call call) {
    if (keysFit(call)) {
      replica.write(new Command.Delete(call.arguments()), Outcomes.to(call, Outcomes::amount));
    }
  }

  private void set(Call call) {
    if (call.size() > 3) {
      String option = CommandTable.shortened(call.word(3));
      call.answer(
          Reply.error("syntax error: SET has no options yet, '" + option + "' is not supported"));
    } else {
      put(call);
    }
  }

  private void mset(Call call) {
    if (call.size() % 2 == 0) {
      call.answer(Reply.error("wrong number of arguments for 'mset' command"));
    } else {
      put(call);
    }
  }

  private void put(Call call) {
    if (keysFit(call)) {
      List<Command.Entry> entries = new ArrayList<>(call.size() / 2);
      for (int i = 1; i < call.size(); i += 2) {
        entries.add(new Command.Entry(call.word(i), call.word(i + 1)));
      }
      replica.write(new Command.Put(entries), Outcomes.to(call, Outcomes::ok));
    }
  }

  /** Answers the call if one of its keys is too long. */
  private boolean keysFit(Call call) {
    Optional<Bytes> tooLong = tooLongKey(call);
    tooLong.ifPresent(
        key ->
            call.answer(
                Reply.error(
                    String.format(
                        "key of %d bytes, at most %d are taken",
                        key.size(), limits.maxKeyBytes()))));
    return tooLong.isEmpty();
  }

  private Optional<Bytes> tooLongKey(Call call) {
    Keys keys = call.verb().orElseThrow().usage().keys();
    int end = keys.last < 0 ? call.size() : keys.last + 1;
    for (int i = keys.first; i < end; i += keys.step) {
      if (call.word(i).size() > limits.maxKeyBytes()) {
        return Optional.of(call.word(i));
      }
    }
    return Optional.empty();
  }
}
