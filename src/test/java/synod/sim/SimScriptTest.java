package synod.sim;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.script.ScriptFile;

/** Runs that once failed, made small, and that must not fail again. */
class SimScriptTest {
  static List<String> scripts() {
    return ScriptFile.names("sim-");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void script(String name) {
    ScriptFile.load(name).run(lines -> Run.of(Script.parse(lines)).toString());
  }
}
