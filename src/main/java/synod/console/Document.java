package synod.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command says, as one JSON object: {@code rows}, its table, as an array of objects by the
 * names of the columns (a second table is {@code rows2}); {@code said}, its lines; what it has to
 * say under a name of its own; {@code error}, why it failed.
 */
final class Document {
  private static final String ROWS = "rows";
  private static final String SAID = "said";

  private final Map<String, Object> members = new LinkedHashMap<>();
  private final List<Object> said = new ArrayList<>();
  private int tables;

  void say(String line) {
    said.add(line);
    members.put(SAID, said);
  }

  void put(String name, Object value) {
    members.put(name, value);
  }

  void add(Table table) {
    tables++;
    members.put(tables == 1 ? ROWS : ROWS + tables, table.objects());
  }

  String json() {
    return Json.of(members);
  }
}
