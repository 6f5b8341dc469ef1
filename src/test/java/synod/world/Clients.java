package synod.world;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.paxos.Bytes;
import synod.paxos.Invariant;

/**
 * Clients that write, each a key of its own, and read what is known to be written: a read that
 * begins after a write was done, at whatever replica, finds it.
 */
final class Clients {
  private final World world;
  private final TreeSet<Integer> done = new TreeSet<>();
  private final TreeSet<Integer> refused = new TreeSet<>();
  private int writes;
  private int reads;
  private int answered;

  Clients(World world) {
    this.world = world;
  }

  /** Returns the number of the write. */
  int write(WholeReplica at) {
    int number = ++writes;
    world.say(() -> at.self() + " client writes " + number);
    var entry = new Command.Entry(key(number), key(number));
    at.write(new Command.Put(List.of(entry)), outcome -> written(number, outcome));
    return number;
  }

  private void written(int number, Outcome outcome) {
    world.say(() -> "write " + number + ": " + outcome);
    if (outcome instanceof Outcome.Done) {
      done.add(number);
    } else if (outcome instanceof Outcome.NotDone) {
      refused.add(number);
    }
  }

  void read(WholeReplica at, SplittableRandom random) {
    if (done.isEmpty()) {
      return;
    }
    boolean newest = random.nextBoolean();
    int number = newest ? done.last() : done.ceiling(1 + random.nextInt(done.last()));
    reads++;
    world.say(() -> at.self() + " client reads " + number);
    at.read(new Query.Get(List.of(key(number))), outcome -> read(number, outcome));
  }

  private void read(int number, Outcome outcome) {
    if (outcome instanceof Outcome.Done found) {
      answered++;
      Answer wanted = new Answer.Values(List.of(Optional.of(key(number))));
      Invariant.check(found.answer().equals(wanted), "stale: %s after %s", found, number);
    }
  }

  boolean isDone(int number) {
    return done.contains(number);
  }

  /** What is refused was never sent to anyone: the client may ask anew. */
  boolean isRefused(int number) {
    return refused.contains(number);
  }

  int answered() {
    return answered;
  }

  private static Bytes key(int number) {
    return Bytes.utf8("k" + number);
  }

  @Override
  public String toString() {
    return done.size() + " of " + writes + " writes, " + answered + " of " + reads + " reads";
  }
}
