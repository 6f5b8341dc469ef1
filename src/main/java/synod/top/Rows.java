package synod.top;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A row for each replica, and the chart of what is put. */
record Rows(List<Subject> subjects, Optional<Integer> leader, Marks marks, View.Moment at) {
  private static final int ID = 2;
  private static final int PROCESS = 5;
  private static final int CLUSTER = 12;
  private static final int ROLES = 21;
  private static final int ROLE_WIDTH = 3;
  private static final int BALLOT = 34;
  private static final int PROMISED = 41;
  private static final int CHOSEN_END = 56;
  private static final int APPLIED_END = 64;
  private static final int LAG = 65;
  private static final int LAG_WIDTH = 4;
  private static final int RATE_END = 74;
  private static final int SPARKS = 75;
  private static final int THOUSAND = 1000;
  private static final int LABEL = 8;
  private static final int RATE_WIDTH = 10;

  List<Line> table(int chosen) {
    List<Line> lines = new ArrayList<>();
    lines.add(head());
    long most = there().mapToLong(subject -> subject.last().number("chosen")).max().orElse(0);
    subjects.forEach(subject -> lines.add(row(subject, chosen, most)));
    return lines;
  }

  private static Line head() {
    Line line = new Line().to(ID).add("id", Look.FAINT).to(PROCESS);
    line.add("proc", Look.FAINT).to(CLUSTER).add("cluster", Look.FAINT).to(ROLES);
    for (String role : Subject.ROLES) {
      line.add(padded(role.substring(0, 1).toUpperCase(Locale.ROOT), ROLE_WIDTH), Look.FAINT);
    }
    return line.to(BALLOT)
        .add("ballot", Look.FAINT)
        .to(PROMISED)
        .add("promised", Look.FAINT)
        .endingAt(CHOSEN_END, "chosen", Look.FAINT)
        .endingAt(APPLIED_END, "applied", Look.FAINT)
        .to(LAG)
        .add("lag", Look.FAINT)
        .to(RATE_END - LAG_WIDTH)
        .add("puts/s", Look.FAINT);
  }

  private Line row(Subject subject, int chosen, long most) {
    boolean leads = leader.filter(id -> id == subject.id()).isPresent();
    Line line = new Line().add(subject.id() == chosen ? "> " : "  ", Look.STRONG);
    line.add(subject.id() + (leads ? marks.crown : ""), Look.STRONG).to(PROCESS);
    if (!subject.isThere()) {
      String word = subject.wasAsked() ? subject.presence().name().toLowerCase(Locale.ROOT) : "?";
      return line.add(word, Look.BAD).to(CLUSTER).add(cluster(subject), Look.BAD);
    }
    line.add("up", Look.GOOD).to(CLUSTER).add(cluster(subject)).to(ROLES);
    Subject.ROLES.forEach(role -> light(line, subject, role));
    numbers(line, subject.last());
    long lag = Math.max(0, most - subject.last().number("applied"));
    line.to(LAG).add(bar(lag), lag > 0 ? Look.BAD : Look.FAINT);
    line.endingAt(RATE_END, shortly(subject.rate()), Look.PLAIN).to(SPARKS);
    return line.add(sparks(subject.rates(), at.width() - SPARKS - 1), Look.GOOD);
  }

  private static void numbers(Line line, Glance last) {
    line.to(BALLOT)
        .add(last.field("ballot"))
        .to(PROMISED)
        .add(last.field("promised"))
        .endingAt(CHOSEN_END, shortly(last.number("chosen")), Look.PLAIN)
        .endingAt(APPLIED_END, shortly(last.number("applied")), Look.PLAIN);
  }

  /** What Akka Cluster calls it at another replica, and how many of those reach it. */
  private String cluster(Subject subject) {
    List<Subject> others = there().filter(other -> other.id() != subject.id()).toList();
    if (others.isEmpty()) {
      return "";
    }
    long reaching = others.stream().filter(o -> o.last().reaches(subject.id())).count();
    String member = others.get(0).last().member(subject.id());
    String word =
        switch (member) {
          case "unreachable" -> "lost";
          case "absent", "" -> "-";
          default ->
              member.length() > ROLE_WIDTH + 1 ? member.substring(0, ROLE_WIDTH + 1) : member;
        };
    return word + " " + reaching + "/" + others.size();
  }

  private java.util.stream.Stream<Subject> there() {
    return subjects.stream().filter(Subject::isThere);
  }

  /** A role's light, and how often it was restarted. */
  private void light(Line line, Subject subject, String role) {
    int restarts = subject.last().restarts(role);
    String count = restarts == 0 ? "" : String.valueOf(Math.min(restarts, 9));
    String state = subject.last().state(role);
    if (subject.hasJustCrashed(role, at.nowNs()) || state.equals("crashed")) {
      line.add(padded(marks.crash + count, ROLE_WIDTH), Look.LOUD);
    } else {
      line.add(padded(mark(state) + count, ROLE_WIDTH), Look.GOOD);
    }
  }

  private String mark(String state) {
    return switch (state) {
      case "leading", "voting", "following", "ready" -> marks.on;
      case "idle" -> marks.idle;
      default -> marks.busy;
    };
  }

  /** A mark for each power of ten of slots that are chosen and not applied. */
  private String bar(long lag) {
    int length = lag == 0 ? 0 : Math.min(LAG_WIDTH, String.valueOf(lag).length());
    return length == 0 ? "." : marks.bar.repeat(length);
  }

  /** All puts of the cluster: each replica applies them all, so the fastest tells. */
  Line puts() {
    int length = subjects.stream().mapToInt(s -> s.rates().size()).max().orElse(0);
    List<Double> rates = new ArrayList<>();
    for (int back = length; back > 0; back--) {
      int ago = back;
      rates.add(subjects.stream().mapToDouble(s -> ago(s.rates(), ago)).max().orElse(0));
    }
    double now = rates.isEmpty() ? 0 : rates.get(rates.size() - 1);
    int room = at.width() - LABEL - RATE_WIDTH - 1;
    return new Line()
        .add("puts/s  ", Look.FAINT)
        .add(sparks(rates, room), Look.GOOD)
        .add("  " + shortly(now));
  }

  private static double ago(List<Double> rates, int ago) {
    return ago > rates.size() ? 0 : rates.get(rates.size() - ago);
  }

  private String sparks(List<Double> rates, int width) {
    double most = rates.isEmpty() ? 1 : Math.max(1, Collections.max(rates));
    StringBuilder text = new StringBuilder();
    for (double rate : rates.subList(Math.max(0, rates.size() - width), rates.size())) {
      text.append(marks.height(rate, most));
    }
    return text.toString();
  }

  /** In four columns, or six for a slot. */
  private static String shortly(double number) {
    return number < 10.0 * THOUSAND
        ? String.valueOf(Math.round(number))
        : Math.round(number / THOUSAND) + "k";
  }

  private static String shortly(long number) {
    return number < THOUSAND * THOUSAND ? String.valueOf(number) : number / THOUSAND + "k";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
