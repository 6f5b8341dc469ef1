package synod.console;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What one replica answered: fields by name; what it does not know it left out. */
record View(int id, Map<String, String> fields) {

  boolean has(String name) {
    return !text(name).isEmpty();
  }

  String text(String name) {
    return fields.getOrDefault(name, "");
  }

  /** 0 if there is none. */
  long number(String name) {
    String text = text(name);
    return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Replicas, parted by blanks. */
  List<Integer> ids(String name) {
    return has(name)
        ? Arrays.stream(text(name).split(" ", -1)).map(Integer::valueOf).toList()
        : List.of();
  }

  static String listed(List<Integer> ids) {
    return (ids.size() == 1 ? "replica " : "replicas ")
        + String.join(" ", ids.stream().map(String::valueOf).toList());
  }
}
