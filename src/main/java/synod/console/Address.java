package synod.console;

import java.util.ArrayList;
import java.util.List;

/** Where the door of a replica is. */
record Address(int id, String host, int port) {

  /** Reads {@code 1@127.0.0.1:7001,2@...}. */
  static List<Address> list(String text) {
    List<Address> addresses = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      int at = one.indexOf('@');
      int colon = one.lastIndexOf(':');
      if (at < 1 || colon < at) {
        throw new IllegalArgumentException("no address of a replica: '" + one + "'");
      }
      addresses.add(
          new Address(
              Integer.parseInt(one.substring(0, at)),
              one.substring(at + 1, colon),
              Integer.parseInt(one.substring(colon + 1))));
    }
    return List.copyOf(addresses);
  }

  @Override
  public String toString() {
    return "replica " + id + " (" + host + ":" + port + ")";
  }
}
