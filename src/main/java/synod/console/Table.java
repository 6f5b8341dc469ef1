package synod.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of cells in columns that fit a width. Wide heads give way first, then the widest columns,
 * and a cell that is cut ends in an ellipsis. Numbers stand right. State: the rows so far; the
 * first is the head.
 */
final class Table {
  private static final int NARROWEST = 3;
  private static final int READABLE = 5;

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... head) {
    rows.add(List.of(head));
  }

  void add(List<String> row) {
    rows.add(row);
  }

  /** The rows as objects by the names of the columns. */
  List<Object> objects() {
    return Cells.objects(rows.get(0), rows.subList(1, rows.size()));
  }

  /** The lines, none longer than {@code width}; 0 sets no bound. */
  List<String> lines(int width) {
    List<Integer> columns = widths(rows);
    int gap = width > 0 && total(columns, 2) > width ? 1 : 2;
    while (width > 0 && total(columns, gap) > width && Collections.max(columns) > NARROWEST) {
      int widest = giving(columns);
      columns.set(widest, columns.get(widest) - 1);
    }
    return rows.stream().map(row -> cut(line(row, columns, gap), width)).toList();
  }

  /**
   * The column that gives way next: one whose head alone is wide, before any that has to say more.
   */
  private int giving(List<Integer> columns) {
    List<Integer> bodies = widths(rows.subList(1, rows.size()));
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i) > Math.max(bodies.get(i), READABLE))
        .boxed()
        .max(Comparator.comparingInt(columns::get))
        .orElseGet(() -> columns.indexOf(Collections.max(columns)));
  }

  private List<Integer> widths(List<List<String>> of) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.get(0).size(); column++) {
      int at = column;
      widths.add(of.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    return widths;
  }

  private static int total(List<Integer> columns, int gap) {
    return columns.stream().mapToInt(Integer::intValue).sum() + gap * (columns.size() - 1);
  }

  private String line(List<String> row, List<Integer> columns, int gap) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = cut(row.get(i), columns.get(i));
      String padding = " ".repeat(columns.get(i) - cell.length());
      line.append(i == 0 ? "" : " ".repeat(gap));
      line.append(isNumeric(i) ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private boolean isNumeric(int column) {
    return rows.stream().skip(1).allMatch(row -> row.get(column).matches("[0-9]*|-"));
  }

  private static String cut(String text, int width) {
    return width == 0 || text.length() <= width
        ? text
        : text.substring(0, Math.max(0, width - 1)) + "…";
  }
}
