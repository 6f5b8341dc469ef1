package synod.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer of a door. */
sealed interface Reply {

  /** A simple or a bulk string, raw. */
  record Text(String raw) implements Reply {}

  /** An integer. */
  record Whole(long number) implements Reply {}

  /** Nothing is there. */
  record Nil() implements Reply {}

  /** An error, in the door's words. */
  record Failure(String message) implements Reply {}

  /** An array. */
  record Items(List<Reply> items) implements Reply {}

  /** The text of an answer that should be one. */
  default String text() {
    return this instanceof Text text ? Raw.text(text.raw()) : String.valueOf(this);
  }

  /** As a person reads it. */
  default String shown() {
    if (this instanceof Items array) {
      return String.join("  ", array.items().stream().map(Reply::shown).toList());
    }
    if (this instanceof Whole whole) {
      return String.valueOf(whole.number());
    }
    if (this instanceof Failure failure) {
      return failure.message();
    }
    return this instanceof Text text ? Raw.shown(text.raw()) : "(none)";
  }

  /** As a script reads it: a number, a text, a list of such, or nothing. */
  default Object bare() {
    if (this instanceof Items array) {
      return array.items().stream().map(Reply::bare).toList();
    }
    if (this instanceof Whole whole) {
      return whole.number();
    }
    return this instanceof Nil ? Optional.empty() : shown();
  }

  /** Names and values that take turns in an array; of anything else, none. */
  default Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    List<Reply> items = this instanceof Items array ? array.items() : List.of();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      fields.put(items.get(i).text(), items.get(i + 1).text());
    }
    return fields;
  }
}
