package synod.replica;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with one configuration file. State: the problems in the order they were found. */
final class Problems {
  private final Path file;
  private final List<String> found = new ArrayList<>();
  private final Set<String> keys = new LinkedHashSet<>();

  Problems(Path file) {
    this.file = file;
  }

  void add(ConfigValue where, String key, String what, String allowed) {
    add(where.origin(), key, what, allowed);
  }

  /** {@code what} is the value as it was found, or "is missing", or why it will not do. */
  void add(ConfigOrigin where, String key, String what, String allowed) {
    String line = where.lineNumber() > 0 ? ":" + where.lineNumber() : "";
    keys.add(key);
    found.add(file + line + ": " + key + " " + what + "; allowed: " + allowed);
  }

  boolean has(String key) {
    return keys.contains(key);
  }

  /** Whether an object around that key is a problem already. */
  boolean hasAbove(String key) {
    return keys.stream().anyMatch(above -> key.startsWith(above + "."));
  }

  void throwIfAny() throws BadSettings {
    if (!found.isEmpty()) {
      throw new BadSettings(found);
    }
  }
}
