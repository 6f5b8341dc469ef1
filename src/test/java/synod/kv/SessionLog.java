package synod.kv;

import java.util.List;
import synod.kv.StateStore.Table;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;

/** A log of which each slot holds one command, from whichever gateway, and the state it makes. */
final class SessionLog {
  static final SessionLimits LIMITS = new SessionLimits(1_000, 4);

  private final MemoryState store = new MemoryState();
  private Machine machine = Machine.open(store);
  private long time = 1;
  private long number;

  Machine machine() {
    return machine;
  }

  int size(Table table) {
    return store.size(table);
  }

  /** The process ends and begins anew. */
  void reopen() {
    machine = Machine.open(store);
  }

  void pass(long ms) {
    time += ms;
  }

  /** From a gateway that sends each command once. */
  Answer run(Command command) {
    return Answers.decode(run(ticket(), command).get(0).answer());
  }

  private Ticket ticket() {
    number++;
    return new Ticket(new SessionId(new ReplicaId(9), 1).value(), number, number);
  }

  /** Both in one slot. */
  void together(Command first, Command second) {
    Bytes one = Commands.encode(ticket(), first);
    Bytes two = Commands.encode(ticket(), second);
    Bytes both = new ByteWriter(one.size() + two.size()).raw(one).raw(two).done();
    machine.apply(machine.applied() + 1, new Batch(time, both), false);
  }

  List<Reply> run(Ticket ticket, Command command) {
    Batch batch = new Batch(time, Commands.encode(ticket, command));
    return machine.apply(machine.applied() + 1, batch, false);
  }

  Answer ask(SessionRequest request) {
    return run(new Command.InSession(request));
  }

  long open() {
    return alive(ask(new SessionRequest.Open(LIMITS))).session();
  }

  static SessionAnswer.Alive alive(Answer answer) {
    return (SessionAnswer.Alive) ((Answer.OfSession) answer).answer();
  }

  Answer once(long session, long number, Command command) {
    return once(session, number, 0, command);
  }

  Answer once(long session, long number, long acknowledgedBelow, Command command) {
    return run(once(new Ticket(session, number, acknowledgedBelow), command));
  }

  static Command once(Ticket ticket, Command command) {
    return new Command.InSession(new SessionRequest.Do(new Numbered(ticket, command)));
  }

  Answer fate(long session, long number) {
    return ask(new SessionRequest.Fate(session, number));
  }

  static Answer refusal(SessionAnswer.Reason reason) {
    return new Answer.OfSession(new SessionAnswer.Refusal(reason));
  }

  static Answer was(Answer answer) {
    return new Answer.OfSession(new SessionAnswer.Was(answer));
  }

  static Command add(String key) {
    return new Command.Add(Bytes.utf8(key), 1);
  }

  /** How often it was added to. */
  long count(String key) {
    Answer answer = machine.answer(new Query.Get(List.of(Bytes.utf8(key))));
    return ((Answer.Values) answer)
        .values()
        .get(0)
        .map(value -> Long.parseLong(value.utf8()))
        .orElse(0L);
  }
}
