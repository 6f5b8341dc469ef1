package synod.door;

import java.util.LinkedHashMap;
import java.util.Map;
import synod.kv.Audit;
import synod.kv.StateSummary;

/**
 * The answers to {@code SYNOD HASH} and {@code SYNOD AUDIT}. A line of the first is {@code slot
 * chain keys digest}, the hashes in hexadecimal: equal on two replicas if they hold the same.
 */
final class HashFields {
  private HashFields() {}

  static String of(StateSummary state) {
    return String.format(
        "%d %016x %d %016x", state.applied(), state.chain(), state.keys(), state.wholeDigest());
  }

  static Map<String, String> of(Audit audit) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("sound", audit.sound() ? "yes" : "no");
    fields.put("told", of(audit.told()));
    fields.put("counted", of(audit.counted()));
    return fields;
  }
}
