package synod.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The life of one slot, told in the order of cause and effect from what each replica remembers of
 * it. State: the answers to {@code SYNOD EXPLAIN SLOT}, and the lines so far.
 */
final class SlotStory {
  private static final Pattern COMMAND =
      Pattern.compile("replica=(\\d+) session=(\\d+) number=(\\d+) client=(\\S+) (.*)");

  private static final int MOST_COMMANDS = 10;

  private final long slot;
  private final List<Integer> all;
  private final List<View> views;
  private final List<String> lines = new ArrayList<>();

  private SlotStory(long slot, List<Integer> all, List<View> views) {
    this.slot = slot;
    this.all = all;
    this.views = views;
  }

  /** {@code all}: the configured replicas; {@code views}: of those that answered. */
  static List<String> tell(long slot, List<Integer> all, List<View> views) {
    SlotStory story = new SlotStory(slot, all, views);
    story.tell();
    return story.lines;
  }

  private void tell() {
    List<View> proposals = by("proposed.at");
    List<View> counts = by("counted.at");
    head(counts);
    sent();
    proposals.forEach(this::proposed);
    by("accepted.at").forEach(this::accepted);
    counts.forEach(this::chosen);
    by("applied.at").forEach(this::applied);
    spared(counts);
    unknown();
  }

  /** Those that know this moment, the earliest first: by their clocks, which may differ. */
  private List<View> by(String moment) {
    return views.stream()
        .filter(view -> view.has(moment))
        .sorted(Comparator.comparingLong((View view) -> view.number(moment)))
        .toList();
  }

  private void head(List<View> counts) {
    long applied = views.stream().mapToLong(view -> view.number("applied")).max().orElse(0);
    if (!counts.isEmpty()) {
      lines.add("slot " + slot + ", chosen at ballot " + counts.get(0).text("counted.ballot"));
    } else if (slot <= applied) {
      lines.add("slot " + slot + " is chosen; who counted the quorum is not remembered");
    } else {
      lines.add("slot " + slot + " is not known to be chosen; the last applied one is " + applied);
    }
  }

  private void sent() {
    for (View view : views) {
      if (view.has("batch.commands")) {
        commands(view);
        return;
      }
    }
    lines.add("  sent      its commands are no longer in a log that could be asked");
  }

  private void commands(View view) {
    long many = view.number("batch.commands");
    if (many == 0) {
      lines.add("  no-op     nobody sent it: the leader's heartbeat, a gap, or its own first slot");
    }
    for (int i = 1; i <= Math.min(many, MOST_COMMANDS); i++) {
      lines.add("  sent      " + command(view.text("command." + i)));
    }
    if (many > MOST_COMMANDS) {
      lines.add(
          "  sent      and " + (many - MOST_COMMANDS) + " more commands; 'log " + slot + " 1'");
    }
  }

  static String command(String field) {
    Matcher part = COMMAND.matcher(field);
    if (!part.matches()) {
      return field;
    }
    String client =
        part.group(4).equals("-")
            ? ""
            : ", of a client's session and number " + part.group(4).replace(".", ", ");
    return "%s: by a client through replica %s (its session %s, number %s%s)"
        .formatted(part.group(5), part.group(1), part.group(2), part.group(3), client);
  }

  private void proposed(View view) {
    String ballot = view.text("proposed.ballot");
    if (view.has("adopted.from")) {
      lines.add(
          "  adopted   by replica %d for ballot %s: an acceptor had it since ballot %s, and it may have been chosen"
              .formatted(view.id(), ballot, view.text("adopted.from")));
    }
    lines.add(
        "  proposed  %s by replica %d at ballot %s, %s bytes"
            .formatted(time(view, "proposed"), view.id(), ballot, view.text("proposed.bytes")));
    if (view.has("resent.at")) {
      lines.add(
          "  resent    %s by replica %d, for the %s. time: not enough had answered"
              .formatted(time(view, "resent"), view.id(), view.text("resent.times")));
    }
  }

  private void accepted(View view) {
    lines.add(
        "  accepted  %s by replica %d at ballot %s, its disk took %s"
            .formatted(
                time(view, "accepted"),
                view.id(),
                view.text("accepted.ballot"),
                Clock.span(view.number("accepted.sync"))));
  }

  private void chosen(View view) {
    lines.add(
        "  chosen    %s by the quorum %s, counted by replica %d"
            .formatted(time(view, "counted"), view.text("counted.by"), view.id()));
  }

  private void applied(View view) {
    lines.add("  applied   " + time(view, "applied") + " by replica " + view.id());
  }

  private static String time(View view, String moment) {
    return Clock.time(view.number(moment + ".at"));
  }

  private void spared(List<View> counts) {
    List<Integer> spared =
        views.stream()
            .filter(view -> view.has("applied.at") && !view.has("accepted.at"))
            .map(View::id)
            .toList();
    if (!counts.isEmpty() && !spared.isEmpty()) {
      lines.add(
          "  spared    "
              + View.listed(spared)
              + " learned it without accepting it: the leader asks a quorum and tells the others");
    }
  }

  private void unknown() {
    List<Integer> silent =
        all.stream().filter(id -> views.stream().noneMatch(v -> v.id() == id)).toList();
    for (int id : silent) {
      lines.add("  unknown   what replica " + id + " did: it does not answer; 'start " + id + "'");
    }
    views.stream().filter(view -> !view.has("applied.at")).forEach(this::unknown);
  }

  private void unknown(View view) {
    if (slot > view.number("applied")) {
      lines.add(
          "  not yet   replica %d has applied up to slot %s"
              .formatted(view.id(), view.text("applied")));
    } else if (slot >= view.number("oldest")) {
      lines.add("  unknown   replica " + view.id() + " got past it by a snapshot");
    } else if (view.text("full").equals("yes")) {
      lines.add(
          "  unknown   when replica %d did it: older than the last 16,384 slots, its memory begins with slot %s"
              .formatted(view.id(), view.text("oldest")));
    } else {
      lines.add(
          "  unknown   when replica %d did it: its process began later, with slot %s"
              .formatted(view.id(), view.text("oldest")));
    }
  }
}
