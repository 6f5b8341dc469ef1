package synod.console;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Asks all replicas the same at the same time, each on a connection of its own. */
final class Poll {
  private static final Executor EXECUTOR = task -> Daemon.start("ask", task);

  private Poll() {}

  /** The answers by replica; who gave none within the patience is left out. */
  static Map<Integer, Reply> ask(List<Address> all, int patienceMs, String... words) {
    List<CompletableFuture<Reply>> answers =
        all.stream()
            .map(
                address ->
                    CompletableFuture.supplyAsync(() -> ask(address, patienceMs, words), EXECUTOR))
            .toList();
    Map<Integer, Reply> given = new TreeMap<>();
    for (int i = 0; i < all.size(); i++) {
      Reply reply = answers.get(i).join();
      if (!(reply instanceof Reply.Nil)) {
        given.put(all.get(i).id(), reply);
      }
    }
    return given;
  }

  private static Reply ask(Address address, int patienceMs, String... words) {
    try (Resp door = new Resp(address, patienceMs)) {
      return door.call(List.of(words));
    } catch (IOException down) {
      return new Reply.Nil();
    }
  }
}
