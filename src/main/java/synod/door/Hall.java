package synod.door;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import synod.replica.Replica;

/** What all connections of one door share. Safe for any thread. */
final class Hall {
  private static final Logger LOG = LoggerFactory.getLogger(Hall.class);

  private final DoorLimits limits;
  private final Replica replica;
  private final Watching watching;
  private final long slowNanos;
  private final Slowlog slowlog = new Slowlog();
  private final Monitors monitors = new Monitors();
  private final CommandTable commands;
  private final Counters counters = new Counters();
  private final Rates rates = new Rates(counters);
  private final Budget budget;
  private final AtomicLong ids = new AtomicLong();
  private final ConcurrentHashMap<Long, Connection> connections = new ConcurrentHashMap<>();

  Hall(DoorSettings settings, Replica replica) {
    this.limits = settings.limits();
    this.watching = settings.watching();
    this.slowNanos = watching.slow().toNanos();
    this.budget = new Budget(limits.maxMemoryBytes());
    this.replica = replica;
    this.commands = AllCommands.of(this);
  }

  DoorLimits limits() {
    return limits;
  }

  Budget budget() {
    return budget;
  }

  Replica replica() {
    return replica;
  }

  CommandTable commands() {
    return commands;
  }

  Watching watching() {
    return watching;
  }

  Slowlog slowlog() {
    return slowlog;
  }

  Monitors monitors() {
    return monitors;
  }

  Rates rates() {
    return rates;
  }

  /** The call's answer has been written: how long did it take, and how did it end? */
  void measure(Call call) {
    Reply reply = call.reply().orElse(Reply.NIL);
    if (reply instanceof Reply.Failure failure) {
      counters.fail(failure.text());
    }
    if (call.verb().isPresent()) {
      CommandTimes times = call.verb().get().meant(call.words()).times();
      if (call.rejected()) {
        times.reject();
      } else {
        time(call, times, !(reply instanceof Reply.Failure));
      }
    }
  }

  private void time(Call call, CommandTimes times, boolean good) {
    long nanos = System.nanoTime() - call.arrived();
    times.carriedOut(TimeUnit.NANOSECONDS.toMicros(nanos), good);
    if (nanos > slowNanos) {
      slowlog.add(call, TimeUnit.NANOSECONDS.toMicros(nanos));
    }
  }

  Counters counters() {
    return counters;
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  /** Lets one more client in, unless the hall is full. */
  boolean enter(Connection connection) {
    connections.put(connection.client().id(), connection);
    if (connections.size() <= limits.maxConnections()) {
      counters.connections.increment();
      return true;
    }
    leave(connection);
    counters.rejectedConnections.increment();
    return false;
  }

  void leave(Connection connection) {
    connections.remove(connection.client().id());
  }

  Collection<Connection> connections() {
    return connections.values();
  }

  /**
   * Carries a request out, or says why not. A fault closes the connection without an answer:
   * whether the request has taken effect is then unknown, and an error would say that it has not.
   */
  void serve(Call call) {
    try {
      Optional<Reply> refusal = refusal(call);
      if (refusal.isPresent()) {
        call.reject(refusal.get());
      } else {
        call.verb().orElseThrow().handler().accept(call);
      }
    } catch (BadArgument bad) {
      call.answer(bad.reply());
    } catch (RuntimeException fault) {
      LOG.error(
          "a fault in {}: its connection is closed", CommandTable.shortened(call.word(0)), fault);
      call.connection().close();
    }
  }

  private static Optional<Reply> refusal(Call call) {
    if (call.request().refusal().isPresent()) {
      return call.request().refusal().map(Outcomes::notDone);
    }
    if (call.verb().isEmpty()) {
      return Optional.of(Reply.error(CommandTable.unknown(call.words())));
    }
    Usage usage = call.verb().get().usage();
    return usage.takes(call.size())
        ? Optional.empty()
        : Optional.of(Reply.error(usage.wrongArity()));
  }
}
