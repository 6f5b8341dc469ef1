package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import synod.check.Checker;
import synod.check.KeyValues;
import synod.check.Operation;
import synod.check.Verdict;
import synod.paxos.Invariant;

/** The clients of a world, and the history of what they saw. */
final class Clients implements Observer {
  /** Begins all that a client writes and nobody else does. */
  static final String MARK = "|";

  /** The search for an order tries every place for each that is open: many are not decided. */
  private static final int MOST_OPEN = 8;

  private final World world;
  private final SlotOrder order;
  private final List<Client> clients = new ArrayList<>();
  private final List<Operation> history = new ArrayList<>();
  private final TreeSet<String> served = new TreeSet<>();
  private final Client reader;
  private int answered;
  private int settled;
  private int open;
  private long operations;

  Clients(World world, SlotOrder order, SplittableRandom random) {
    this.world = world;
    this.order = order;
    for (int i = 1; i <= world.plan().number(Knob.CLIENTS); i++) {
      clients.add(new Client("c" + i, world, this, random.split()));
    }
    this.reader = new Client("last", world, this, random.split());
    world.onEnd(replica -> clients.forEach(client -> client.ended(replica)));
    world.onEnd(reader::ended);
    reader.rest();
  }

  void start() {
    clients.forEach(Client::think);
  }

  SlotOrder order() {
    return order;
  }

  void say(Supplier<String> line) {
    world.say(line);
  }

  long number() {
    return ++operations;
  }

  void record(Operation operation) {
    if (!operation.words().isEmpty()) {
      history.add(operation);
      open += operation.returned() == Operation.NEVER ? 1 : 0;
    }
  }

  /** Whether a command may be asked for, whose outcome may stay unknown. */
  boolean mayLeaveOpen() {
    return open < MOST_OPEN;
  }

  void succeeded(String name) {
    served.add(name);
    answered++;
  }

  void settled() {
    settled++;
  }

  int answered() {
    return answered;
  }

  /** How many unknown outcomes became known because somebody asked. */
  int outcomes() {
    return settled;
  }

  // ---------------------------------------------------------------- the end

  /** From now on it counts who gets an answer. */
  void countServed() {
    served.clear();
  }

  boolean allServed() {
    return served.size() >= clients.size();
  }

  void rest() {
    clients.forEach(Client::rest);
  }

  boolean allIdle() {
    return clients.stream().allMatch(Client::isIdle) && reader.isIdle();
  }

  /** All keys, to be read one after the other when all is over. */
  List<String> keys() {
    int keys = world.plan().number(Knob.KEYS);
    return IntStream.range(0, 2 * keys).mapToObj(i -> (i < keys ? "s" : "n") + i % keys).toList();
  }

  void readLast(String key) {
    reader.ask(Task.read(key));
  }

  /** I10, by a search for an order that explains every answer. */
  void check() {
    Verdict verdict = new Checker<>(new KeyValues()).check(history);
    Invariant.check(verdict instanceof Verdict.Linearizable, "I10: %s", verdict);
  }
}
