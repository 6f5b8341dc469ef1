package synod.console;

import java.io.EOFException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import synod.top.Glance;

/** Asks all replicas the same at the same time, each on a connection of its own. */
final class Poll {
  static final List<String> STATUS = List.of("SYNOD", "STATUS");

  private static final Executor EXECUTOR = task -> Daemon.start("ask", task);

  private Poll() {}

  /** The answers by replica; who gave none within the patience is left out. */
  static Map<Integer, Reply> ask(List<Address> all, int patienceMs, String... words) {
    Map<Integer, Reply> given = each(all, address -> ask(address, patienceMs, words));
    given.values().removeIf(Reply.Nil.class::isInstance);
    return given;
  }

  private static Reply ask(Address address, int patienceMs, String... words) {
    try (Resp door = new Resp(address, patienceMs)) {
      return door.call(List.of(words));
    } catch (IOException none) {
      return new Reply.Nil();
    }
  }

  /** What each says of itself, or why it says nothing within the patience. */
  static Map<Integer, Glance> status(List<Address> all, int patienceMs) {
    return each(all, address -> status(address, patienceMs));
  }

  private static Glance status(Address address, int patienceMs) {
    try (Resp door = new Resp(address, patienceMs)) {
      return glance(door.call(STATUS));
    } catch (IOException e) {
      return without(e);
    }
  }

  /** An answer to {@link #STATUS}; whoever answers with an error is there, and says nothing. */
  static Glance glance(Reply reply) {
    long now = System.nanoTime();
    return reply.fields().isEmpty()
        ? Glance.without(Glance.Presence.SILENT, now)
        : Glance.up(reply.fields(), now);
  }

  /**
   * Nobody listens, or whoever did has ended: it is down. Else nobody knows: a process that was
   * paused, or hangs, has its connections still accepted by the system, and a network may be cut.
   */
  static Glance without(IOException e) {
    boolean ended =
        e instanceof EOFException
            || (e instanceof SocketException && !(e instanceof NoRouteToHostException));
    return Glance.without(ended ? Glance.Presence.DOWN : Glance.Presence.SILENT, System.nanoTime());
  }

  private static <T> Map<Integer, T> each(List<Address> all, Function<Address, T> question) {
    List<CompletableFuture<T>> answers =
        all.stream()
            .map(address -> CompletableFuture.supplyAsync(() -> question.apply(address), EXECUTOR))
            .toList();
    Map<Integer, T> given = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      given.put(all.get(i).id(), answers.get(i).join());
    }
    return given;
  }
}
