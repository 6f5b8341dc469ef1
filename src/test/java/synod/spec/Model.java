package synod.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A module of {@code src/spec} and its configuration, some of which a test may set otherwise. */
record Model(String module, String name, String config) {
  private static final Path SPEC = Path.of(System.getProperty("synod.home", ""), "src", "spec");

  /** As its file has it. */
  static Model of(String module) throws IOException {
    return new Model(module, module, Files.readString(SPEC.resolve(module + ".cfg"), UTF_8));
  }

  Model named(String other) {
    return new Model(module, other, config);
  }

  /** With another value of a constant that the file has. */
  Model with(String constant, Object value) {
    Matcher line = Pattern.compile("(?m)^  " + Pattern.quote(constant) + " = .*$").matcher(config);
    if (!line.find()) {
      throw new IllegalArgumentException(module + ".cfg does not set " + constant);
    }
    String set = "  " + constant + " = " + value;
    return new Model(module, name, line.replaceFirst(Matcher.quoteReplacement(set)));
  }

  /** With that deviation from what is built. */
  Model withBug(String bug) {
    return with("Bug", '"' + bug + '"').named(bug);
  }

  /** Checked for these only. */
  Model checking(String... invariants) {
    int at = config.indexOf("\nINVARIANT");
    String others = at < 0 ? config : config.substring(0, at);
    return new Model(module, name, others + "\nINVARIANTS\n  " + String.join("\n  ", invariants));
  }

  /** Lays all modules and this configuration there. */
  void layOut(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(SPEC)) {
      List<Path> modules = files.filter(file -> file.toString().endsWith(".tla")).toList();
      for (Path file : modules) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
    Files.writeString(directory.resolve(module + ".cfg"), config + "\n", UTF_8);
  }
}
