package synod.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes docs/bugs.md: which seed catches which bug, after how many, and how long. */
final class BugTable {
  private static final Path FILE = Path.of("docs/bugs.md");
  private static final String BEGIN = "| bug | patched | caught by | seeds | ms | what is seen |";

  private final List<String> rows = new ArrayList<>();
  private long seeds;
  private long ms;

  void add(Bug bug, Hunt.Catch found, Map<String, Long> before) {
    long count = found.seed() - Hunt.FIRST + 1;
    seeds += count;
    ms += found.ms();
    rows.add(
        String.format(
            "| [%s](../src/test/resources/bugs/%s.txt) | %s | %s%s | %d | %d | `%s` |",
            bug.title(),
            bug.name(),
            bug.files().stream().map(f -> "`" + f + "`").collect(Collectors.joining(", ")),
            found.invariant(),
            before.isEmpty() ? "" : " (earlier: " + words(before) + ")",
            count,
            found.ms(),
            shortened(found.text())));
  }

  private static String words(Map<String, Long> before) {
    return before.entrySet().stream()
        .map(one -> one.getKey() + " at " + one.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String shortened(String text) {
    String plain = text.replaceAll("\\p{Cntrl}|[`|]", " ");
    return plain.length() <= 90 ? plain : plain.substring(0, 90) + "…";
  }

  /** Puts the table in place of the one that stands there, to the end of the file. */
  void write() throws IOException {
    String text = Files.readString(FILE);
    StringBuilder all = new StringBuilder(text.substring(0, text.indexOf(BEGIN)));
    all.append(BEGIN).append("\n| --- | --- | --- | --- | --- | --- |\n");
    rows.forEach(row -> all.append(row).append('\n'));
    all.append(String.format("%n%d bugs, %d seeds, %d s.%n", rows.size(), seeds, ms / 1_000));
    Files.writeString(FILE, all);
  }
}
