package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import synod.paxos.Bytes;

/**
 * The commands of one session that have no outcome yet, in the order of their numbers.
 *
 * <ol>
 *   <li>Numbers are given in order, from 1 on, each once.
 *   <li>A command leaves with its one outcome.
 *   <li>Commands are sent in order; after {@link #sendAllAgain} all are sent again, from the first.
 * </ol>
 */
final class PendingCommands {
  private final TreeMap<Long, Pending> pending = new TreeMap<>();
  private final long session;
  private long nextNumber = 1;
  private long unsentFrom = 1;
  private long everSent;
  private long bytes;

  PendingCommands(long session) {
    this.session = session;
  }

  private record Pending(Command command, int size, long deadline, Consumer<Outcome> then) {}

  boolean isEmpty() {
    return pending.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  void add(Command command, long deadline, Consumer<Outcome> then) {
    int size = Commands.size(command);
    pending.put(nextNumber++, new Pending(command, size, deadline, then));
    bytes += size;
  }

  boolean hasUnsent() {
    return !pending.isEmpty() && pending.lastKey() >= unsentFrom;
  }

  void sendAllAgain() {
    if (!pending.isEmpty()) {
      unsentFrom = pending.firstKey();
    }
  }

  /** The next unsent commands, encoded, as many as fit in the limit, but at least one. */
  Bytes takeUnsent(int limit) {
    List<Bytes> encoded = new ArrayList<>();
    int total = 0;
    for (var entry : pending.tailMap(unsentFrom).entrySet()) {
      if (!encoded.isEmpty() && total + entry.getValue().size() > limit) {
        break;
      }
      Ticket ticket = new Ticket(session, entry.getKey(), pending.firstKey());
      Bytes command = Commands.encode(ticket, entry.getValue().command());
      encoded.add(command);
      total += command.size();
      unsentFrom = entry.getKey() + 1;
    }
    everSent = Math.max(everSent, unsentFrom - 1);
    return join(encoded, total);
  }

  private static Bytes join(List<Bytes> parts, int total) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    byte[] joined = new byte[total];
    int at = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.array(), 0, joined, at, part.size());
      at += part.size();
    }
    return Bytes.of(joined);
  }

  /** Whether such a command was waiting. */
  boolean answer(long number, Answer answer) {
    return remove(number)
        .map(
            command -> {
              command.then().accept(new Outcome.Done(answer));
              return true;
            })
        .orElse(false);
  }

  private Optional<Pending> remove(long number) {
    Optional<Pending> removed = Optional.ofNullable(pending.remove(number));
    removed.ifPresent(command -> bytes -= command.size());
    return removed;
  }

  /** What was never sent has not taken effect and never will; of the rest nobody knows. */
  void giveUp(long now) {
    while (!pending.isEmpty() && pending.firstEntry().getValue().deadline() <= now) {
      long number = pending.firstKey();
      remove(number).ifPresent(command -> command.then().accept(givenUp(number)));
    }
  }

  private Outcome givenUp(long number) {
    return number > everSent
        ? new Outcome.NotDone("BUSY no leader is known; it was not sent. Is a majority alive?")
        : new Outcome.Unknown(session, number, "no answer in time; it may take effect yet, or not");
  }
}
