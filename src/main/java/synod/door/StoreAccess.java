package synod.door;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import synod.door.Usage.Keys;
import synod.door.Usage.Kind;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Numbered;
import synod.kv.Query;
import synod.kv.SessionRequest;
import synod.paxos.Bytes;

/**
 * Between the commands of the door and the replica's store: verbs whose keys are measured before
 * they are carried out.
 */
final class StoreAccess {
  private static final Query NOTHING = new Query.Get(List.of());

  private final Hall hall;

  StoreAccess(Hall hall) {
    this.hall = hall;
  }

  DoorLimits limits() {
    return hall.limits();
  }

  Verb reader(String name, int arity, Keys keys, String summary, Consumer<Call> handler) {
    return verb(new Usage(name, arity, Kind.READ, keys, summary), handler);
  }

  Verb writer(String name, int arity, Keys keys, String summary, Consumer<Call> handler) {
    return verb(new Usage(name, arity, Kind.WRITE, keys, summary), handler);
  }

  private Verb verb(Usage usage, Consumer<Call> handler) {
    return new Verb(
        usage,
        call -> {
          measureKeys(usage.keys(), call);
          handler.accept(call);
        });
  }

  /**
   * What is read when the client takes it is as linearizable as what is read when the replica says
   * that it may be: both are between request and answer. But it does not wait in memory.
   */
  void read(Call call, Query query, Function<Answer, Reply> done) {
    hall.replica()
        .read(
            NOTHING,
            Outcomes.to(
                call,
                none ->
                    new Reply.Later(
                        () -> Outcomes.reply(counted(hall.replica().look(query)), done))));
  }

  /** Which keys that were read were there, as Redis counts hits and misses. */
  private Answer counted(Answer answer) {
    if (answer instanceof Answer.Values found) {
      long there = found.values().stream().filter(Optional::isPresent).count();
      hall.counters().hits.add(there);
      hall.counters().misses.add(found.values().size() - there);
    }
    return answer;
  }

  void write(Call call, Command command, Function<Answer, Reply> done) {
    hall.replica().write(carried(command, call), Outcomes.to(call, done));
  }

  private static Command carried(Command command, Call call) {
    return call.ticket()
        .<Command>map(
            ticket -> new Command.InSession(new SessionRequest.Do(new Numbered(ticket, command))))
        .orElse(command);
  }

  private void measureKeys(Keys keys, Call call) {
    int last = keys.last < 0 ? call.size() - 1 : keys.last;
    for (int i = keys.first; i > 0 && i <= last; i += keys.step) {
      measureKey(call.word(i));
    }
  }

  private void measureKey(Bytes key) {
    int most = hall.limits().maxKeyBytes();
    if (key.size() > most) {
      throw new BadArgument(
          String.format("key of %d bytes, at most %d are taken", key.size(), most));
    }
  }
}
