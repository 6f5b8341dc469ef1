package synod.ring;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.script.ScriptFile;

class RingScriptTest {
  static List<String> scripts() {
    return ScriptFile.names("ring-");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void anElectionGoesAsItsScriptSays(String name) {
    ScriptFile.load(name).run(new RingScript()::run);
  }
}
