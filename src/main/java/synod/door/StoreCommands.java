package synod.door;

import java.util.ArrayList;
import java.util.List;
import synod.door.Usage.Keys;
import synod.kv.Command;
import synod.kv.Query;

/** The commands that read and change keys and values; those with more to say are elsewhere. */
final class StoreCommands {
  private final StoreAccess store;

  StoreCommands(StoreAccess store) {
    this.store = store;
  }

  List<Verb> verbs() {
    return List.of(
        store.reader("get", 2, Keys.FIRST, "The value of a key", this::get),
        store.reader("strlen", 2, Keys.FIRST, "The length of a value", this::strlen),
        store.reader("mget", -2, Keys.ALL, "The values of keys, at one moment", this::mget),
        store.reader("exists", -2, Keys.ALL, "How many of the keys exist", this::exists),
        store.reader("dbsize", 1, Keys.NONE, "How many keys there are", this::dbsize),
        store.writer("mset", -3, Keys.PAIRS, "Sets keys to values, at one moment", this::mset),
        store.writer("msetnx", -3, Keys.PAIRS, "Sets them if none of them exists", this::msetnx),
        store.writer("append", 3, Keys.FIRST, "Lengthens a value", this::append),
        store.writer("del", -2, Keys.ALL, "Removes keys, at one moment", this::del),
        store.writer("getdel", 2, Keys.FIRST, "Removes a key and tells its value", this::getdel));
  }

  private void get(Call call) {
    store.read(call, new Query.Get(call.arguments()), Outcomes::first);
  }

  private void strlen(Call call) {
    store.read(call, new Query.Get(call.arguments()), Outcomes::length);
  }

  private void mget(Call call) {
    store.read(call, new Query.Get(call.arguments()), Outcomes::all);
  }

  private void exists(Call call) {
    store.read(call, new Query.Exists(call.arguments()), Outcomes::amount);
  }

  private void dbsize(Call call) {
    store.read(call, new Query.Count(), Outcomes::amount);
  }

  private void mset(Call call) {
    store.write(call, new Command.Put(entries(call)), Outcomes::ok);
  }

  private void msetnx(Call call) {
    store.write(call, new Command.PutNew(entries(call)), Outcomes::amount);
  }

  private static List<Command.Entry> entries(Call call) {
    if (call.size() % 2 == 0) {
      throw new BadArgument(call.verb().orElseThrow().usage().wrongArity());
    }
    List<Command.Entry> entries = new ArrayList<>(call.size() / 2);
    for (int i = 1; i < call.size(); i += 2) {
      entries.add(new Command.Entry(call.word(i), call.word(i + 1)));
    }
    return entries;
  }

  /** What a value may grow to is what this door would take whole. */
  private void append(Call call) {
    int most = store.limits().maxValueBytes();
    store.write(call, new Command.Append(call.word(1), call.word(2), most), Outcomes::amount);
  }

  private void del(Call call) {
    store.write(call, new Command.Delete(call.arguments()), Outcomes::amount);
  }

  private void getdel(Call call) {
    store.write(call, new Command.Take(call.word(1)), Outcomes::first);
  }
}
