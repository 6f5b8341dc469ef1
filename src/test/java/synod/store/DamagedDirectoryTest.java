package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flipped bit in each file of a data directory, each file shorter, each file gone: the process
 * ends in order or starts right, and never serves wrong data.
 */
class DamagedDirectoryTest {
  /** Bytes of each file that are flipped, beside the first and the last. */
  private static final int PLACES = Integer.getInteger("synod.damage.places", 2);

  private static final Set<String> KINDS =
      Set.of(
          "identity",
          "lock",
          "fence.#",
          "reserve",
          "journal/#.log",
          "journal/#.sst",
          "journal/CURRENT",
          "journal/MANIFEST-#",
          "journal/OPTIONS-#",
          "state/#/#.log",
          "state/#/#.sst",
          "state/#/#.blob",
          "state/#/CURRENT",
          "state/#/MANIFEST-#",
          "state/#/OPTIONS-#",
          "snapshots/#-#/header",
          "snapshots/#-#/state/#.sst",
          "snapshots/#-#/state/CURRENT",
          "snapshots/#-#/state/MANIFEST-#",
          "incoming/#/announced",
          "incoming/#/header",
          "incoming/#/state/#.sst");

  private final Map<String, Map<Verdict.Kind, Integer>> table = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private Path temporary;

  @BeforeEach
  void place(@TempDir Path fresh) {
    temporary = fresh;
  }

  @Test
  void whateverIsDamagedOfAStoreWithSeveralLogsItServesNothingWrong() throws IOException {
    FullDirectory full = new FullDirectory(temporary, false);
    damageEach(full, files(full.path));

    Set<String> missed = new TreeSet<>(KINDS);
    files(full.path).forEach(file -> missed.remove(Damage.kindOf(file)));
    assertEquals(Set.of(), missed);
    Set<Verdict.Kind> met = EnumSet.noneOf(Verdict.Kind.class);
    table.values().forEach(verdicts -> met.addAll(verdicts.keySet()));
    assertEquals(EnumSet.complementOf(EnumSet.of(Verdict.Kind.WRONG)), met);
  }

  /**
   * All was written to tables when it was opened, and what its log says is that nothing followed.
   */
  @Test
  void whateverIsDamagedOfAStoreThatWasJustOpenedItServesNothingWrong() throws IOException {
    FullDirectory full = new FullDirectory(temporary, true);

    damageEach(
        full, files(full.path).stream().filter(file -> file.matches("(journal|state).*")).toList());
  }

  private void damageEach(FullDirectory full, List<String> files) {
    int tried = 0;
    for (String file : files) {
      List<Damage> all = new ArrayList<>(Damage.flips(full.path, file, PLACES));
      all.addAll(Damage.losses(full.path, file));
      for (Damage damage : all) {
        note(damage, Verdict.on(full, damage, temporary.resolve("damaged" + tried)));
        tried++;
      }
    }
    table.forEach((kind, verdicts) -> System.out.println(kind + " " + verdicts));
    assertEquals(List.of(), wrong, () -> String.join("\n", wrong));
  }

  private void note(Damage damage, Verdict verdict) {
    String row = Damage.kindOf(damage.file()) + " " + damage.kind();
    table.computeIfAbsent(row, kind -> new TreeMap<>()).merge(verdict.kind(), 1, Integer::sum);
    if (verdict.kind() == Verdict.Kind.WRONG) {
      wrong.add(damage + ": " + verdict.why());
    }
  }

  private static List<String> files(Path data) throws IOException {
    try (Stream<Path> paths = Files.walk(data)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> data.relativize(path).toString())
          .sorted()
          .toList();
    }
  }
}
