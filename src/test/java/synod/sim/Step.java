package synod.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One event of a trace, as {@code Trace.tla} reads it: what happened, at which replica, with what.
 */
public record Step(String kind, Map<String, String> fields) {
  public Step {
    fields = new LinkedHashMap<>(fields);
  }

  static Step of(String kind, WholeReplica at) {
    return of(kind, at.self().number());
  }

  static Step of(String kind, int replica) {
    return new Step(kind, Map.of()).with("r", replica);
  }

  /** With this field, in place of what it had before. */
  public Step with(String field, Object value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(field, String.valueOf(value));
    return new Step(kind, more);
  }

  public String get(String field) {
    return fields.getOrDefault(field, "");
  }

  @Override
  public String toString() {
    return fields.entrySet().stream()
        .map(field -> ", " + field.getKey() + " |-> " + field.getValue())
        .collect(Collectors.joining("", "[e |-> \"" + kind + "\"", "]"));
  }
}
