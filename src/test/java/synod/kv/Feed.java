package synod.kv;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;

/** A machine over a memory, fed slot by slot. */
final class Feed {
  static final long NOW = 1_000_000;

  private static final long SESSION = new SessionId(new ReplicaId(1), 1).value();

  final MemoryState store = new MemoryState();
  private Machine machine = Machine.open(store);
  private long number;
  private long time = NOW;

  Machine machine() {
    return machine;
  }

  /** From now on the log is so much later. */
  Feed after(long ms) {
    time += ms;
    return this;
  }

  void reopen() {
    machine = Machine.open(store);
  }

  /** Applies a slot with these commands. */
  List<Answer> apply(Command... commands) {
    return apply(batch(commands));
  }

  List<Answer> apply(Batch batch) {
    return machine.apply(machine.applied() + 1, batch, false).stream()
        .map(Reply::answer)
        .map(Answers::decode)
        .toList();
  }

  /** Commands under numbers that were not used before. */
  Batch batch(Command... commands) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    for (Command command : commands) {
      number++;
      Ticket ticket = new Ticket(SESSION, number, Math.max(1, number - 50));
      payload.writeBytes(Commands.encode(ticket, command).array());
    }
    return new Batch(time, Bytes.of(payload.toByteArray()));
  }

  Answer one(Command command) {
    return apply(command).get(0);
  }

  void noOp() {
    apply(Batch.noOp(time));
  }

  /** The value and how long it has left; as a person would write it. */
  String look(String key) {
    Answer.Values values = (Answer.Values) ask(new Query.Get(List.of(bytes(key))));
    Optional<Bytes> value = values.values().get(0);
    Answer.Amount left = (Answer.Amount) ask(new Query.Left(bytes(key)));
    return value.map(Bytes::utf8).orElse("none") + (left.value() < 0 ? "" : " " + left.value());
  }

  Answer ask(Query query) {
    return machine.answer(query);
  }

  static Bytes bytes(String text) {
    return Bytes.utf8(text);
  }

  static Command put(String key, String value) {
    return new Command.Put(List.of(new Command.Entry(bytes(key), bytes(value))));
  }

  /** A key that ends after so many ms. */
  static Command putFor(String key, String value, long ms) {
    return set(key, value, new Guard.Any(), new Lifetime.For(ms));
  }

  static Command set(String key, String value, Guard guard, Lifetime lifetime) {
    return new Command.Set(
        new Command.Entry(bytes(key), bytes(value)), guard, lifetime, Command.Asked.WHETHER);
  }

  static Command cas(String key, long version, String value) {
    return new Command.Set(
        new Command.Entry(bytes(key), bytes(value)),
        new Guard.Version(version),
        new Lifetime.Endless(),
        Command.Asked.VERSION);
  }

  static Command add(String key, long amount) {
    return new Command.Add(bytes(key), amount);
  }

  static Command expire(String key, long ms, Command.When when) {
    return new Command.Expire(bytes(key), new Lifetime.For(ms), when);
  }
}
