package synod.console;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key's last change, told from the answer to {@code SYNOD EXPLAIN KEY}. */
final class KeyStory {
  private KeyStory() {}

  static List<String> tell(String key, View view) {
    String shown = Raw.shown(key);
    boolean exists = view.number("version") > 0;
    List<String> lines = new ArrayList<>();
    if (exists) {
      lines.add("key " + shown + ", version " + view.text("version"));
      lines.add(
          "  changed   last in slot %s, by its command number %d"
              .formatted(view.text("slot"), view.number("place") + 1));
      lines.add("  expires   " + expiry(view.number("left")));
    } else {
      lines.add("there is no key " + shown);
    }
    named(view, exists, lines);
    return lines;
  }

  private static void named(View view, boolean exists, List<String> lines) {
    String slot = view.text("named.slot");
    if (slot.isEmpty() || (exists && !slot.equals(view.text("slot")))) {
      lines.add(
          exists
              ? "  sent      the log does not hold that slot any more"
              : "  unknown   the log that is still held does not name it");
      return;
    }
    String time = Clock.time(TimeUnit.MILLISECONDS.toMicros(view.number("named.time")));
    if (!exists) {
      lines.add("  last      named in slot " + slot + ": that removed it, or it has expired since");
    }
    lines.add("  sent      " + time + " " + SlotStory.command(view.text("named.command")));
    lines.add("  more      'explain " + slot + "' tells the life of that slot");
  }

  private static String expiry(long left) {
    return left < 0 ? "never" : "in " + Clock.span(TimeUnit.MILLISECONDS.toMicros(left));
  }
}
