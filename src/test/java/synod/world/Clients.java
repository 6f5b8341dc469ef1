package synod.world;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.kv.SessionAnswer;
import synod.kv.SessionRequest;
import synod.paxos.Bytes;
import synod.paxos.Invariant;

/**
 * Clients that write, each a key of its own, and read what is known to be written: a read that
 * begins after a write was done, at whatever replica, finds it. What is said to be not done never
 * is, and whoever asks about an unknown outcome is told the truth.
 */
final class Clients {
  private static final SessionAnswer GIVEN_UP =
      new SessionAnswer.Refusal(SessionAnswer.Reason.GIVEN_UP);

  private final World world;
  private final TreeSet<Integer> done = new TreeSet<>();
  private final TreeSet<Integer> refused = new TreeSet<>();
  private final TreeMap<Integer, Outcome.Unknown> unknown = new TreeMap<>();
  private int settled;
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
    } else if (outcome instanceof Outcome.Unknown asked) {
      unknown.put(number, asked);
    }
  }

  /** Asks what became of each write whose outcome is unknown. */
  void settle(WholeReplica at) {
    unknown.forEach(
        (number, asked) -> {
          var fate = new SessionRequest.Fate(asked.session(), asked.number());
          at.write(new Command.InSession(fate), outcome -> settled(number, at, outcome));
        });
  }

  private void settled(int number, WholeReplica at, Outcome outcome) {
    world.say(() -> "outcome of write " + number + ": " + outcome);
    if (!(outcome instanceof Outcome.Done told)
        || !(told.answer() instanceof Answer.OfSession answer)) {
      return;
    }
    if (answer.answer() instanceof SessionAnswer.Was) {
      Invariant.check(isThere(number, at), "write %s is done and not there", number);
      settled++;
    } else if (answer.answer().equals(GIVEN_UP)) {
      refused.add(number);
      settled++;
    }
  }

  private static boolean isThere(int number, WholeReplica at) {
    Answer one = new Answer.Amount(1);
    return at.state().answer(new Query.Exists(List.of(key(number)))).equals(one);
  }

  void nothingThatWasRefusedIsThere(WholeReplica at) {
    refused.forEach(n -> Invariant.check(!isThere(n, at), "write %s is not done and there", n));
  }

  /** How many unknown outcomes are known by now. */
  int settled() {
    return settled;
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

  /** It came to nothing that the client knows of: it may ask anew. */
  boolean isOver(int number) {
    return refused.contains(number) || unknown.containsKey(number);
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
