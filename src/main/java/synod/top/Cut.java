package synod.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which links are cut, by what both ends say. */
public final class Cut {
  private Cut() {}

  /** Such as {@code 1-3 2-5}, by the field {@code cut} of each replica; empty if none is. */
  public static String words(Map<Integer, String> said) {
    TreeMap<Integer, String> ordered = new TreeMap<>(said);
    List<String> links = new ArrayList<>();
    ordered.forEach(
        (id, peers) -> {
          for (String peer : peers.split(" ", -1)) {
            if (!peer.isEmpty()) {
              links.add(link(id, Integer.parseInt(peer)));
            }
          }
        });
    return String.join(" ", links.stream().distinct().sorted().toList());
  }

  static String link(int one, int other) {
    return Math.min(one, other) + "-" + Math.max(one, other);
  }
}
