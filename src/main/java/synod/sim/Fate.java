package synod.sim;

import java.util.List;
import java.util.Locale;
import synod.kv.Command;
import synod.paxos.Bytes;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/** Does {@link Action}s to a world. What makes no sense at the moment is left out. */
final class Fate {
  private final World world;

  Fate(World world) {
    this.world = world;
  }

  /** Plans them all. */
  void plan(List<Action> actions) {
    for (Action action : actions) {
      world.timeline().at(action.ms() * 1_000, () -> act(action));
    }
  }

  private void act(Action action) {
    world.say(() -> "-- " + String.join(" ", action.words()));
    List<String> words = action.words();
    switch (words.get(0)) {
      case "cut" -> words.subList(1, words.size()).forEach(this::cut);
      case "heal" -> world.heal();
      case "watch" -> world.observer().watched(true);
      case "look-away" -> world.observer().watched(false);
      case "crash" -> replica(words.get(2)).crash(kind(words.get(1)));
      case "trap" -> replica(words.get(2)).trap(trap(words));
      default -> act(words, replica(words.get(1)));
    }
  }

  private void act(List<String> words, WholeReplica one) {
    switch (words.get(0)) {
      case "kill" -> one.kill("killed");
      case "start" -> one.start();
      case "pause" -> one.pause(micros(words));
      case "jump" -> one.jump(Long.parseLong(words.get(2)));
      case "isolate" -> isolate(one);
      case "disk" -> one.disk().meets(trouble(words.get(2)));
      case "commit" -> one.state().cutAtCommit(true);
      case "rot" -> one.state().rot();
      case "hang" -> one.hang();
      case "slow" -> one.slow(micros(words));
      case "mend" -> one.mend();
      case "wipe" -> spoil(one, one::wipe);
      case "damage" -> spoil(one, () -> one.damage(Integer.parseInt(words.get(2))));
      case "back-up" -> one.backUp();
      case "put-back" -> spoil(one, one::putBack);
      case "readmit" -> world.tell(one, new Message.Readmit());
      case "lead" ->
          world.tell(one, new Message.Lead(Long.parseLong(words.get(2)), one.state().applied()));
      case "put" -> put(one, words);
      case "elect" -> world.tell(one, new Message.Elect());
      default -> throw new IllegalArgumentException("no such action: " + words);
    }
  }

  private void put(WholeReplica one, List<String> words) {
    if (one.isUp()) {
      Bytes key = Bytes.utf8(words.get(2));
      Bytes value = Bytes.utf8(words.get(3));
      one.write(
          new Command.Put(List.of(new Command.Entry(key, value))),
          outcome -> world.say(() -> "-- put " + words.get(2) + ": " + outcome));
    }
  }

  private WholeReplica replica(String word) {
    if (!word.equals("leader")) {
      return world.replica(new ReplicaId(Integer.parseInt(word)));
    }
    return world.alive().stream()
        .filter(WholeReplica::leads)
        .findFirst()
        .orElseGet(() -> world.replicas().get(0));
  }

  private static long micros(List<String> words) {
    return 1_000 * Long.parseLong(words.get(2));
  }

  private static Kind kind(String word) {
    return Kind.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static Trap trap(List<String> words) {
    var where = Trap.Where.valueOf(words.get(4).toUpperCase(Locale.ROOT));
    return new Trap(kind(words.get(1)), words.get(3), where);
  }

  private static Disk.Trouble trouble(String word) {
    return Disk.Trouble.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  private void cut(String link) {
    int arrow = link.indexOf('>');
    world.cut(
        new ReplicaId(Integer.parseInt(link.substring(0, arrow))),
        new ReplicaId(Integer.parseInt(link.substring(arrow + 1))));
  }

  private void isolate(WholeReplica one) {
    for (WholeReplica other : world.replicas()) {
      world.cut(one.self(), other.self());
      world.cut(other.self(), one.self());
    }
  }

  /** As many disks may be spoiled at one time as replicas may be lost. */
  private void spoil(WholeReplica one, Runnable how) {
    long whole = world.replicas().stream().filter(r -> r != one && r.isWhole()).count();
    if (!one.isUp() && whole >= world.plan().needed()) {
      how.run();
    }
  }
}
