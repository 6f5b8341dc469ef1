package synod.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the store has acknowledged to the demo. State: keys with their values, and deleted keys. */
final class Ledger {
  private static final int PIECE = 200;

  private final Doors doors;
  private final Map<String, String> present = new TreeMap<>();
  private final List<String> deleted = new ArrayList<>();

  Ledger(Doors doors) {
    this.doors = doors;
  }

  void put(String key, String value) {
    present.put(key, value);
  }

  void putAll(Map<String, String> acknowledged) {
    present.putAll(acknowledged);
  }

  void delete(String key) {
    present.remove(key);
    deleted.add(key);
  }

  int size() {
    return present.size();
  }

  /** Reads all of it back, through each replica in turn; the keys that are not as acknowledged. */
  List<String> missing() throws CommandFailed {
    List<String> missing = new ArrayList<>();
    int turn = 0;
    for (List<String> keys : pieces()) {
      List<Reply> found = items(request("MGET", keys), turn++);
      for (int i = 0; i < keys.size(); i++) {
        String value = present.get(keys.get(i));
        Reply expected = value == null ? new Reply.Nil() : new Reply.Text(value);
        if (i >= found.size() || !expected.equals(found.get(i))) {
          missing.add(keys.get(i));
        }
      }
    }
    return missing;
  }

  /** Takes the demo's keys out of the store again. */
  void remove() throws CommandFailed {
    for (List<String> keys : pieces()) {
      doors.tell(request("DEL", keys));
    }
  }

  private List<Reply> items(String[] request, int turn) throws CommandFailed {
    Address address = doors.all().get(turn % doors.all().size());
    return doors.callAt(address, request) instanceof Reply.Items items ? items.items() : List.of();
  }

  private List<List<String>> pieces() {
    List<String> keys = new ArrayList<>(present.keySet());
    keys.addAll(deleted);
    List<List<String>> pieces = new ArrayList<>();
    for (int from = 0; from < keys.size(); from += PIECE) {
      pieces.add(keys.subList(from, Math.min(keys.size(), from + PIECE)));
    }
    return pieces;
  }

  private static String[] request(String verb, List<String> keys) {
    List<String> words = new ArrayList<>(keys.size() + 1);
    words.add(verb);
    words.addAll(keys);
    return words.toArray(String[]::new);
  }
}
