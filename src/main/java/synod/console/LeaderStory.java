package synod.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import synod.top.Need;

/**
 * Who leads and why, or why nobody does and what to do. State: the answers to {@code SYNOD EXPLAIN
 * LEADER}, and the lines so far.
 */
final class LeaderStory {
  /** A disk that lets a sync wait for as long hangs. */
  private static final long HANGS_MICROS = 500_000;

  private final List<Integer> all;
  private final List<View> views;
  private final Need need;
  private final List<String> lines = new ArrayList<>();

  private LeaderStory(List<Integer> all, List<View> views) {
    this.all = all;
    this.views = views;
    this.need = Need.of(views.stream().map(view -> view.text("quorums")).toList(), all.size());
  }

  /** {@code all}: the configured replicas; {@code views}: of those that answered. */
  static List<String> tell(List<Integer> all, List<View> views) {
    LeaderStory story = new LeaderStory(all, views);
    Optional<View> leader = story.leader();
    leader.ifPresentOrElse(story::leads, story::nobody);
    story.troubles();
    if (leader.isEmpty()) {
      story.attempts();
    }
    story.advice(leader.isPresent());
    return story.lines;
  }

  /** It says so itself; of two the one with the higher ballot. */
  private Optional<View> leader() {
    return views.stream()
        .filter(view -> view.text("leader").equals(String.valueOf(view.id())))
        .filter(view -> view.text("proposer").equals("leading"))
        .filter(view -> reaches(view).size() >= need.serve())
        .max(Comparator.comparingLong(view -> round(view.text("led.ballot"))));
  }

  /** Only those that answer here as well: a replica that was stopped is missed a little later. */
  private List<Integer> reaches(View view) {
    return view.ids("reached").stream().filter(this::answers).toList();
  }

  private boolean answers(int id) {
    return views.stream().anyMatch(view -> view.id() == id);
  }

  private static long round(String ballot) {
    String digits = ballot.replaceAll("[^0-9].*", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  // ---------------------------------------------------------------- somebody leads

  private void leads(View leader) {
    lines.add(
        "replica %d leads at ballot %s since %s"
            .formatted(
                leader.id(), leader.text("led.ballot"), Clock.time(leader.number("last.led.at"))));
    elected(leader.id())
        .ifPresentOrElse(
            view -> election(view),
            () -> lines.add("  why       no election of it is remembered by those that answer"));
    List<Integer> with =
        views.stream()
            .filter(view -> view.text("leader").equals(String.valueOf(leader.id())))
            .map(View::id)
            .toList();
    lines.add("  followed  by " + View.listed(with));
    if (voting().size() < need.elect()) {
      lines.add(
          "  after it  nobody: %d of %d replicas answer with a disk that may vote, %d are needed to elect another"
              .formatted(voting().size(), all.size(), need.elect()));
    }
  }

  /** The last election that ended with its name, told by whoever closed it. */
  private Optional<View> elected(int winner) {
    return views.stream()
        .filter(view -> view.has("elected.winner") && view.number("elected.winner") == winner)
        .max(Comparator.comparingLong(view -> view.number("elected.round")));
  }

  private void election(View view) {
    lines.add(
        "  elected   %s in round %s, closed by replica %d: %s"
            .formatted(
                Clock.time(view.number("last.elected.at")),
                view.text("elected.round"),
                view.id(),
                view.text("elected.why")));
    if (view.text("closed.round").equals(view.text("elected.round"))) {
      lines.add("  token     it had been at replicas " + view.text("closed.path"));
    }
  }

  // ---------------------------------------------------------------- nobody leads

  private void nobody() {
    if (views.isEmpty()) {
      lines.add("nobody leads: no replica answers");
      return;
    }
    lines.add("nobody leads");
    if (voting().size() < need.elect()) {
      lines.add(
          "  quorum    none: %d of %d replicas answer with a disk that may vote, %d are needed"
              .formatted(voting().size(), all.size(), need.elect()));
    } else {
      lines.add(
          "  quorum    %d of %d replicas could make one, %d are needed: an election is under way or will be"
              .formatted(voting().size(), all.size(), need.elect()));
    }
  }

  private List<View> voting() {
    return views.stream()
        .filter(view -> view.text("acceptor").equals("voting"))
        .filter(view -> view.number("disk_us") < HANGS_MICROS)
        .toList();
  }

  private List<Integer> silent() {
    return all.stream().filter(id -> !answers(id)).toList();
  }

  private void troubles() {
    if (!silent().isEmpty() && !views.isEmpty()) {
      lines.add("  silent    " + View.listed(silent()));
    }
    for (View view : views) {
      if (view.number("disk_us") >= HANGS_MICROS) {
        lines.add(
            "  disk      replica %d has waited for its disk for %s"
                .formatted(view.id(), Clock.span(view.number("disk_us"))));
      }
      if (!view.text("acceptor").equals("voting")) {
        lines.add(
            "  no vote   replica %d: its acceptor is %s"
                .formatted(view.id(), view.text("acceptor")));
      }
      List<Integer> unheard = unheard(view);
      if (!unheard.isEmpty()) {
        lines.add(
            "  link      replica %d does not hear %s, which answers here"
                .formatted(view.id(), View.listed(unheard)));
      }
    }
  }

  private List<Integer> unheard(View view) {
    List<Integer> reached = view.ids("reached");
    return all.stream().filter(id -> answers(id) && !reached.contains(id)).toList();
  }

  private void attempts() {
    for (View view : views) {
      for (String kind : List.of("electionaborted", "hopskipped", "stooddown", "rejected")) {
        String name = "last." + kind;
        if (view.has(name + ".at")) {
          lines.add(
              "  tried     %s %d: %s"
                  .formatted(
                      Clock.time(view.number(name + ".at")), view.id(), view.text(name + ".text")));
        }
      }
    }
  }

  // ---------------------------------------------------------------- what to do

  private void advice(boolean led) {
    TreeSet<Integer> hung = new TreeSet<>();
    views.stream().filter(v -> v.number("disk_us") >= HANGS_MICROS).forEach(v -> hung.add(v.id()));
    if (!silent().isEmpty()) {
      lines.add(
          "  do        "
              + String.join(
                  ", ", silent().stream().map(id -> "./run-cluster.sh start " + id).toList())
              + (led ? "" : "; if its process is up, it hangs or its door cannot be reached"));
    }
    hung.forEach(id -> lines.add("  do        look at the disk of replica " + id));
    for (View view : views) {
      if (view.text("acceptor").equals("quarantined")) {
        lines.add("  do        'readmit " + view.id() + "' if its disk is lost for good");
      }
      if (!unheard(view).isEmpty()) {
        lines.add("  do        heal the link from replica " + view.id());
      }
    }
    if (!led && lines.stream().noneMatch(line -> line.startsWith("  do "))) {
      lines.add("  do        wait a second and ask again; 'elect' starts a token by hand");
    }
  }
}
