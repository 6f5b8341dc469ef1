package synod.console;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The replicas' doors, and which of them to use. State: the one that {@code use} chose, the one
 * that answered last, and a connection to each that was needed.
 *
 * <p>Invariants: 1. Without a choice, a door that cannot be reached is passed over for the next. 2.
 * What may have arrived is repeated only if that changes nothing.
 */
final class Doors {
  /** Longer than a gateway keeps a command, so that the answer is the replica's. */
  private static final int PATIENCE_MS = 15_000;

  private static final Pattern UNKNOWN =
      Pattern.compile("UNKNOWN session=(\\d+) number=(\\d+) (.*)");

  private final List<Address> all;
  private final Map<Integer, Resp> open = new TreeMap<>();
  private Optional<Address> chosen = Optional.empty();
  private int last;

  Doors(List<Address> all) {
    this.all = all;
  }

  List<Address> all() {
    return all;
  }

  Optional<Address> chosen() {
    return chosen;
  }

  /** Uses one replica only from now on; nothing means any again. */
  void choose(Optional<Address> address) {
    chosen = address;
  }

  Address find(String id) throws CommandFailed {
    return all.stream()
        .filter(address -> String.valueOf(address.id()).equals(id))
        .findFirst()
        .orElseThrow(() -> new CommandFailed("there is no replica '" + id + "'; " + ids()));
  }

  private String ids() {
    return "there are " + String.join(", ", all.stream().map(a -> "" + a.id()).toList());
  }

  /** Asks what may be asked twice: it changes nothing, or does so once by its number. */
  Reply ask(String... words) throws CommandFailed {
    return call(List.of(words), true);
  }

  /** Has something done, once. */
  Reply tell(String... words) throws CommandFailed {
    return call(List.of(words), false);
  }

  private Reply call(List<String> words, boolean repeatable) throws CommandFailed {
    List<String> troubles = new ArrayList<>();
    for (Address address : candidates()) {
      Optional<Resp> door = connect(address, troubles);
      if (door.isPresent()) {
        Optional<Reply> reply = call(address, door.get(), words, troubles);
        if (reply.isPresent()) {
          return checked(reply.get());
        }
        if (!repeatable) {
          throw new CommandFailed(
              troubles.get(troubles.size() - 1)
                  + ". The outcome is unknown: it may have been done; look with get");
        }
      }
    }
    throw new CommandFailed(String.join("; ", troubles) + hint());
  }

  private String hint() {
    return chosen.isPresent()
        ? ". 'use any' goes to another replica"
        : ". 'start REPLICA' or './run-cluster.sh start' starts replicas";
  }

  /** To one replica, whatever was chosen. */
  Reply callAt(Address address, String... words) throws CommandFailed {
    List<String> troubles = new ArrayList<>();
    Optional<Resp> door = connect(address, troubles);
    if (door.isPresent()) {
      Optional<Reply> reply = call(address, door.get(), List.of(words), troubles);
      if (reply.isPresent()) {
        return checked(reply.get());
      }
    }
    throw new CommandFailed(String.join("; ", troubles));
  }

  /** The chosen replica, or the first that answers. */
  Address firstUp() throws CommandFailed {
    List<String> troubles = new ArrayList<>();
    for (Address address : candidates()) {
      if (connect(address, troubles).isPresent()) {
        return address;
      }
    }
    throw new CommandFailed(String.join("; ", troubles) + hint());
  }

  /** To one replica, and waits for as long as it takes. */
  Reply awaitAt(Address address, String... words) throws CommandFailed {
    try (Resp door = new Resp(address, 0)) {
      return checked(door.call(List.of(words)));
    } catch (IOException e) {
      throw new CommandFailed(address + " gave no answer: " + reason(e));
    }
  }

  private List<Address> candidates() {
    if (chosen.isPresent()) {
      return List.of(chosen.get());
    }
    List<Address> candidates = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      candidates.add(all.get((last + i) % all.size()));
    }
    return candidates;
  }

  /**
   * A kept connection may have died unnoticed; a ping tells before something is entrusted to it.
   */
  private Optional<Resp> connect(Address address, List<String> troubles) {
    Resp kept = open.get(address.id());
    try {
      if (kept != null && kept.call(List.of("PING")) instanceof Reply.Text) {
        return Optional.of(kept);
      }
    } catch (IOException dead) {
      drop(address);
    }
    try {
      Resp fresh = new Resp(address, PATIENCE_MS);
      open.put(address.id(), fresh);
      return Optional.of(fresh);
    } catch (IOException e) {
      troubles.add(address + " cannot be reached: " + reason(e));
      return Optional.empty();
    }
  }

  private Optional<Reply> call(
      Address address, Resp door, List<String> words, List<String> troubles) {
    try {
      Reply reply = door.call(words);
      last = all.indexOf(address);
      return Optional.of(reply);
    } catch (IOException e) {
      drop(address);
      troubles.add(address + " gave no answer: " + reason(e));
      return Optional.empty();
    }
  }

  private void drop(Address address) {
    last = (all.indexOf(address) + 1) % all.size();
    Resp dropped = open.remove(address.id());
    if (dropped != null) {
      dropped.close();
    }
  }

  private static String reason(IOException e) {
    return e instanceof SocketTimeoutException ? "timed out" : String.valueOf(e.getMessage());
  }

  private static Reply checked(Reply reply) throws CommandFailed {
    if (reply instanceof Reply.Failure failure) {
      throw new CommandFailed(inWords(failure.message()));
    }
    return reply;
  }

  private static String inWords(String failure) {
    Matcher unknown = UNKNOWN.matcher(failure);
    return unknown.matches()
        ? "the outcome is unknown: %s; 'outcome %s %s' settles it"
            .formatted(unknown.group(3), unknown.group(1), unknown.group(2))
        : failure;
  }
}
