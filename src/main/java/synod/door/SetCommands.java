package synod.door;

import java.util.List;
import java.util.Optional;
import synod.door.Numbers.Clock;
import synod.door.Usage.Keys;
import synod.kv.Command;
import synod.kv.Command.Asked;
import synod.kv.Guard;
import synod.kv.Lifetime;

/** SET and what was a command of its own before SET had options. */
final class SetCommands {
  private static final Guard ANY = new Guard.Any();
  private static final Lifetime ENDLESS = new Lifetime.Endless();

  private final StoreAccess store;

  SetCommands(StoreAccess store) {
    this.store = store;
  }

  List<Verb> verbs() {
    return List.of(
        store.writer(
            "set",
            -3,
            Keys.FIRST,
            "[NX|XX] [GET] [EX s|PX ms|EXAT s|PXAT ms|KEEPTTL]: sets a key to a value",
            this::set),
        store.writer("setnx", 3, Keys.FIRST, "Sets a key that does not exist", this::setnx),
        store.writer("getset", 3, Keys.FIRST, "Sets a key, tells its old value", this::getset),
        store.writer(
            "setex", 4, Keys.FIRST, "Sets a key for seconds", call -> setFor(call, Clock.EX)),
        store.writer("psetex", 4, Keys.FIRST, "Sets a key for ms", call -> setFor(call, Clock.PX)));
  }

  private void set(Call call) {
    Command.Entry entry = new Command.Entry(call.word(1), call.word(2));
    if (call.size() == 3) {
      store.write(call, new Command.Put(List.of(entry)), Outcomes::ok);
      return;
    }
    SetOptions options =
        SetOptions.of("set", Optional.empty(), call.words().subList(3, call.size()));
    Asked asked = options.old() ? Asked.OLD : Asked.WHETHER;
    store.write(
        call,
        new Command.Set(entry, options.guard(), options.lifetime(), asked),
        options.old() ? Outcomes::first : Outcomes::okOrNil);
  }

  private void setnx(Call call) {
    Command.Entry entry = new Command.Entry(call.word(1), call.word(2));
    store.write(
        call,
        new Command.Set(entry, new Guard.Version(0), ENDLESS, Asked.WHETHER),
        Outcomes::amount);
  }

  private void getset(Call call) {
    Command.Entry entry = new Command.Entry(call.word(1), call.word(2));
    store.write(call, new Command.Set(entry, ANY, ENDLESS, Asked.OLD), Outcomes::first);
  }

  private void setFor(Call call, Clock clock) {
    Lifetime lifetime = clock.ahead(call.word(2), call.verb().orElseThrow().usage().name());
    Command.Entry entry = new Command.Entry(call.word(1), call.word(3));
    store.write(call, new Command.Set(entry, ANY, lifetime, Asked.WHETHER), Outcomes::okOrNil);
  }
}
