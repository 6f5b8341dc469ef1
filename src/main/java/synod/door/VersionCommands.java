package synod.door;

import java.util.List;
import java.util.Optional;
import synod.door.Usage.Keys;
import synod.kv.Command;
import synod.kv.Guard;
import synod.kv.Query;
import synod.paxos.Bytes;

/**
 * {@code SYNOD VERSION} and {@code SYNOD CAS}: each change of a key gives it a version that no
 * other change of it has, and a value can be set on the condition that the version is still the
 * same.
 */
final class VersionCommands {
  private final StoreAccess store;

  VersionCommands(StoreAccess store) {
    this.store = store;
  }

  List<Verb> verbs() {
    return List.of(
        store.reader("version", 3, Keys.SECOND, "key: its version and its value", this::version),
        store.writer(
            "cas",
            -5,
            Keys.SECOND,
            "key version value [EX s|PX ms|EXAT s|PXAT ms|KEEPTTL]: sets the key if it still has"
                + " that version (0: does not exist). The new version; or version and value found",
            this::cas));
  }

  private void version(Call call) {
    store.read(call, new Query.Versioned(call.word(2)), Outcomes::version);
  }

  private void cas(Call call) {
    Guard guard = new Guard.Version(natural(call.word(3)));
    SetOptions options =
        SetOptions.of("synod|cas", Optional.of(guard), call.words().subList(5, call.size()));
    if (options.old()) {
      throw BadArgument.syntax();
    }
    Command.Entry entry = new Command.Entry(call.word(2), call.word(4));
    store.write(
        call,
        new Command.Set(entry, guard, options.lifetime(), Command.Asked.VERSION),
        Outcomes::version);
  }

  private static long natural(Bytes word) {
    long version = Numbers.whole(word);
    if (version < 0) {
      throw new BadArgument("a version is never negative");
    }
    return version;
  }
}
