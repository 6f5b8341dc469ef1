package synod.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A trace as text: a column a replica, time downwards, a line for what came, did not come, or
 * happened. An arrow stands where it arrives. What was said to many or by many stands on one line
 * where that changes no replica's own order; runs of rounds that are alike are folded.
 *
 * <pre>
 *       0.412 |<------|<------o------>|------>|   accept 7.3 s12  3 to 1 2 4 5
 *       0.633 #       #       |       #       #   synced
 *       0.801 o-------o------>|<------o       |   accepted 7.3 s12  1 2 4 to 3
 * </pre>
 *
 * <p>State: the lines so far, and where each replica stood last.
 */
public final class Ladder {
  static final int COLUMN = 8;

  private static final int WIDTH = 100;
  private static final int MOST_BACK = 16;

  private final List<Entry> shown;
  private final long began;
  private final TreeSet<Integer> replicas = new TreeSet<>();
  private final Map<String, Integer> sent = new TreeMap<>();
  private final TreeSet<String> received = new TreeSet<>();
  private final TreeSet<String> arrived = new TreeSet<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Integer, Integer> touched = new TreeMap<>();

  private Ladder(List<Entry> merged) {
    shown = merged.stream().filter(Shown::is).toList();
    began = merged.get(0).micros();
    for (Entry entry : merged) {
      replicas.add(entry.replica());
      if (entry.fact() instanceof Fact.OfMessage f) {
        replicas.add(f.peer());
      }
    }
    for (int i = 0; i < shown.size(); i++) {
      if (shown.get(i).fact() instanceof Fact.Sent f) {
        sent.put(f.id(), i);
      } else if (shown.get(i).fact() instanceof Fact.Arrived f) {
        arrived.add(f.id());
      }
    }
  }

  /** Lines, the first of which names the columns. */
  public static List<String> lines(List<Entry> entries) {
    if (entries.isEmpty()) {
      return List.of("nothing happened");
    }
    Ladder ladder = new Ladder(Merge.of(entries));
    ladder.draw(Folds.of(ladder.shown));
    return ladder.text();
  }

  private void draw(Folds folds) {
    for (int i = 0; i < shown.size(); i++) {
      int position = i;
      if (!folds.leaveOut(i)) {
        draw(shown.get(i), i);
      }
      folds.behind(i).ifPresent(fold -> draw(fold, position));
    }
  }

  private void draw(Folds.Fold fold, int position) {
    String more = "... " + fold.rounds() + " more rounds like this: slots ";
    String label = more + fold.from() + "-" + fold.to();
    rows.add(new Row(shown.get(position), position, Row.Kind.FOLD, label));
    replicas.forEach(replica -> touched.put(replica, rows.size() - 1));
  }

  private void draw(Entry entry, int position) {
    Fact fact = entry.fact();
    if (fact instanceof Fact.Received f) {
      String again = received.add(f.id()) ? "" : ", again";
      String label = label(f.said()) + again;
      add(
          new Row(entry, position, Row.Kind.ARROW, label).with(f.from(), entry.replica()),
          sent.getOrDefault(f.id(), -1));
    } else if (fact instanceof Fact.Dropped f) {
      Row row = new Row(entry, position, Row.Kind.DROPPED, label(f.said()));
      add(row.with(f.from(), entry.replica()), sent.getOrDefault(f.id(), -1));
    } else if (fact instanceof Fact.Sent f && !arrived.contains(f.id())) {
      String label = label(f.said());
      add(new Row(entry, position, Row.Kind.LOST, label).with(entry.replica(), f.to()), -1);
    } else if (fact instanceof Fact.Happened f) {
      boolean crash = f.name().equals("RoleCrashed") || f.name().equals("Ended");
      Row.Kind kind = crash ? Row.Kind.CRASH : Row.Kind.EVENT;
      add(new Row(entry, position, kind, text(f)).with(entry.replica(), entry.replica()), -1);
    } else if (fact instanceof Fact.Synced f) {
      String label = f.role() + " synced";
      add(
          new Row(entry, position, Row.Kind.SYNC, label).with(entry.replica(), entry.replica()),
          -1);
    }
  }

  /** A token has neither ballot nor slot: its words tell it from another. */
  private static String label(Said said) {
    boolean bare = said.ballot().isEmpty() && said.slot() == 0;
    return ShiViz.label(said) + (bare ? " (" + said.text() + ")" : "");
  }

  private static String text(Fact.Happened happened) {
    return happened.text().startsWith(happened.role())
        ? happened.text()
        : happened.role() + " " + happened.text();
  }

  /**
   * On an earlier line, if nothing has come to its receiver since, and it had been sent by then;
   * else on one of its own.
   */
  private void add(Row row, int sentAt) {
    int receiver = row.receiver();
    for (int i = rows.size() - 1; i >= Math.max(0, rows.size() - MOST_BACK); i--) {
      if (touched.getOrDefault(receiver, -1) > i) {
        break;
      }
      if (rows.get(i).takes(row) && sentAt <= rows.get(i).position()) {
        rows.get(i).add(row);
        touched.put(receiver, i);
        return;
      }
    }
    rows.add(row);
    touched.put(receiver, rows.size() - 1);
  }

  private List<String> text() {
    List<Integer> columns = List.copyOf(replicas);
    StringBuilder head = new StringBuilder("       ms ");
    columns.forEach(replica -> head.append(String.format("%-" + COLUMN + "d", replica)));
    List<String> lines = new ArrayList<>(List.of(head.toString().stripTrailing()));
    for (Row row : rows) {
      String line = row.text(columns, began);
      lines.add(line.substring(0, Math.min(WIDTH, line.length())).stripTrailing());
    }
    return lines;
  }
}
