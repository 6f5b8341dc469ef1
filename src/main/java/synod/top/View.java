package synod.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a person sees of all replicas. State: what each said last, what happened, whom the keys act
 * on, and whether the help is shown. Of any number of threads.
 */
public final class View {
  /** Smaller than that it does not fit. */
  public static final int WIDTH = 80;

  public static final int HEIGHT = 24;

  private final TreeMap<Integer, Subject> subjects = new TreeMap<>();
  private final List<Integer> ring;
  private final Marks marks;
  private final Story story = new Story();
  private final Token token = new Token();
  private int chosen;
  private String word = "";
  private boolean helping;

  /** How large the screen is, the time of day as it is shown, and the time of the clock. */
  public record Moment(int width, int height, String time, long nowNs) {}

  /** Of these replicas, in the order of the ring. */
  public View(List<Integer> ring, Marks marks) {
    this.ring = List.copyOf(ring);
    this.marks = marks;
    ring.forEach(id -> subjects.put(id, new Subject(id)));
    this.chosen = ring.get(0);
  }

  /** A replica was asked; {@code time} is the time of day as it is shown. */
  public synchronized void take(int replica, Glance glance, String time) {
    Subject subject = subject(replica);
    Glance.Presence before = subject.presence();
    boolean first = !subject.wasAsked();
    subject.take(glance);
    if (!first && before != glance.presence()) {
      story.add(time, replica, presence(glance.presence()));
    }
  }

  private static String presence(Glance.Presence now) {
    return switch (now) {
      case UP -> "answers again";
      case DOWN -> "its process is GONE: nobody listens there";
      case SILENT -> "answers nothing: it is paused, or hangs";
    };
  }

  /** A replica tells an event. */
  public synchronized void hear(int replica, String event, View.Moment at) {
    token.hear(replica, event, at.nowNs());
    int crashed = event.indexOf(" crashed: ");
    if (crashed > 0 && Subject.ROLES.contains(event.substring(0, crashed))) {
      subject(replica).crash(event.substring(0, crashed), at.nowNs());
    }
    Plain.of(event).ifPresent(text -> story.add(at.time(), replica, text));
  }

  /** Keys act on that replica from now on, if there is such a one. */
  public synchronized void choose(int replica) {
    chosen = subjects.containsKey(replica) ? replica : chosen;
  }

  /** The next or the one before. */
  public synchronized void step(int by) {
    List<Integer> ids = List.copyOf(subjects.keySet());
    chosen = ids.get(Math.floorMod(ids.indexOf(chosen) + by, ids.size()));
  }

  public synchronized int chosen() {
    return chosen;
  }

  /** Whether the process of that replica seems to stand still. */
  public synchronized boolean isSilent(int replica) {
    return subject(replica).presence() == Glance.Presence.SILENT;
  }

  /** Whether one of the two says that the link between them is cut. */
  public synchronized boolean isCut(int one, int other) {
    return List.of(cuts().split(" ", -1)).contains(Cut.link(one, other));
  }

  /** Whether each was asked as often at least. */
  public synchronized boolean hasRates(int times) {
    return subjects.values().stream().allMatch(subject -> subject.rates().size() >= times);
  }

  /** Says it at the bottom, until the next time. */
  public synchronized void say(String text) {
    word = text;
  }

  /** Shows the help, or no longer. */
  public synchronized void help() {
    helping = !helping;
  }

  /** The lines from the top: as many as the screen has at most, and none longer than it is wide. */
  public synchronized List<Line> lines(Moment at) {
    if (at.width() < WIDTH || at.height() < HEIGHT) {
      return List.of(
          new Line()
              .add(
                  String.format(
                      "%dx%d is too small: %dx%d, please (q quits)",
                      at.width(), at.height(), WIDTH, HEIGHT)));
    }
    List<Line> lines = new ArrayList<>(state(at));
    below(lines, at);
    return List.copyOf(lines);
  }

  /** The lines of what is, without those of what happened, and without keys. */
  public synchronized List<Line> state(Moment at) {
    Optional<Token.Hop> hop = token.seen(at.nowNs());
    Service service = Service.of(subjects.values(), hop);
    Rows rows = new Rows(List.copyOf(subjects.values()), service.leader(), marks, at);
    List<Line> lines = new ArrayList<>();
    lines.add(
        new Line()
            .add("Synod  ", Look.STRONG)
            .add(service.headline(), service.good() ? Look.GOOD : Look.BAD)
            .endingAt(at.width() - 1, at.time(), Look.FAINT));
    lines.add(new Line().add("       ").add(service.reason()));
    lines.add(new Line());
    lines.addAll(rows.table(chosen));
    lines.add(new Line());
    lines.add(new RingLine(ring, subjects, marks).line(service.leader(), hop));
    lines.add(cutLine());
    lines.add(rows.puts());
    lines.add(new Line());
    return lines;
  }

  private void below(List<Line> lines, Moment at) {
    int last = at.height() - 3;
    List<Line> text = helping ? Help.lines(marks) : story(last - lines.size());
    for (int i = 0; lines.size() < last; i++) {
      lines.add(i < text.size() ? text.get(i) : new Line());
    }
    lines.add(new Line().add(word, Look.STRONG));
    lines.addAll(Help.keys(chosen));
  }

  private List<Line> story(int most) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line().add("what happened", Look.FAINT));
    for (Story.News one : story.last(most - 1)) {
      lines.add(
          new Line()
              .add(one.time() + "  ", Look.FAINT)
              .add(one.who(), Look.STRONG)
              .add("  " + one.text()));
    }
    return lines;
  }

  private Line cutLine() {
    String cuts = cuts();
    return cuts.isEmpty()
        ? new Line().add("links   ", Look.FAINT).add("none is cut")
        : new Line().add("cut     ", Look.BAD).add(cuts, Look.BAD).add("   (h heals all)");
  }

  private String cuts() {
    TreeMap<Integer, String> said = new TreeMap<>();
    subjects.forEach((id, s) -> said.put(id, s.isThere() ? s.last().field("cut") : ""));
    return Cut.words(said);
  }

  private Subject subject(int replica) {
    Subject subject = subjects.get(replica);
    if (subject == null) {
      throw new IllegalArgumentException("there is no replica " + replica);
    }
    return subject;
  }
}
