package synod.paxos;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import synod.script.ScriptFile;

class PaxosScriptTest {
  static List<String> scripts() {
    return ScriptFile.names("paxos-");
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void theProtocolGoesAsItsScriptSays(String name) {
    ScriptFile.load(name).run(new PaxosScript()::run);
  }
}
