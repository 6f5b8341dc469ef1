package synod.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a table as objects. A column is one of numbers if all its cells are: whole ones of up
 * to 15 digits, which every reader of JSON keeps exactly, or decimal ones where the head names a
 * unit. So a ballot, {@code 7.1}, stays text, and so does a digest of 16 digits. An empty cell, or
 * {@code -}, is null; a column without a head is called {@code text}.
 */
final class Cells {
  private static final String WHOLE = "-?(0|[1-9][0-9]{0,14})";
  private static final String DECIMAL = "-?(0|[1-9][0-9]{0,14})([.][0-9]+)?";
  private static final String UNIT = ".*( ms|/s|%)";

  private Cells() {}

  /** Of a head and the rows below it. */
  static List<Object> objects(List<String> head, List<List<String>> rows) {
    List<Object> objects = new ArrayList<>();
    for (List<String> row : rows) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (int i = 0; i < head.size(); i++) {
        int at = i;
        boolean numbers = rows.stream().allMatch(each -> isNumber(head.get(at), each.get(at)));
        object.put(head.get(i).isEmpty() ? "text" : head.get(i), value(row.get(i), numbers));
      }
      objects.add(object);
    }
    return objects;
  }

  private static boolean isNone(String cell) {
    return cell.isEmpty() || cell.equals("-");
  }

  private static boolean isNumber(String head, String cell) {
    return isNone(cell) || cell.matches(head.matches(UNIT) ? DECIMAL : WHOLE);
  }

  private static Object value(String cell, boolean number) {
    if (isNone(cell)) {
      return Optional.empty();
    }
    return number ? new BigDecimal(cell) : cell;
  }
}
