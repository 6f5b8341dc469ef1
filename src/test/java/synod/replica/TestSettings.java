package synod.replica;

import java.util.List;
import java.util.Map;
import synod.testing.FreePorts;

/** Settings of replicas 1, 2, … on the loopback interface, at ports that nobody else has. */
final class TestSettings {
  private TestSettings() {}

  /** With these lines of configuration too. */
  static Settings of(int size, String configuration) {
    List<Integer> ports = FreePorts.find(3 * size);
    StringBuilder hocon = new StringBuilder("cluster = test\nreplicas = [\n");
    for (int i = 0; i < size; i++) {
      hocon
          .append("{ id = ")
          .append(i + 1)
          .append(", host = 127.0.0.1, artery-port = ")
          .append(ports.get(3 * i))
          .append(", link-port = ")
          .append(ports.get(3 * i + 1))
          .append(", door-port = ")
          .append(ports.get(3 * i + 2))
          .append(" }\n");
    }
    try {
      return Settings.parse(hocon.append("]\n").append(configuration).toString(), Map.of());
    } catch (BadSettings e) {
      throw new AssertionError(e);
    }
  }
}
