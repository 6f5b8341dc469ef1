package synod.replica;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings of replicas 1, 2, … on the loopback interface, at ports that nobody else has. */
final class TestSettings {
  private TestSettings() {}

  /** With these lines of configuration too. */
  static Settings of(int size, String configuration) {
    List<Integer> ports = freePorts(3 * size);
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

  private static List<Integer> freePorts(int count) {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
      for (ServerSocket socket : sockets) {
        socket.close();
      }
      return ports;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
