package synod.door;

import java.net.SocketAddress;

/**
 * What is known of the client at the other end of one connection. Its event loop alone writes, but
 * for the session.
 */
final class Client {
  private final long id;
  private final String address;
  private final String localAddress;
  private final long since = System.nanoTime();
  private volatile int protocol = 2;
  private volatile long session;
  private volatile String command = "NULL";
  private volatile boolean monitors;
  private volatile String name = "";
  private volatile String libraryName = "";
  private volatile String libraryVersion = "";

  Client(long id, SocketAddress address, SocketAddress localAddress) {
    this.id = id;
    this.address = plain(address);
    this.localAddress = plain(localAddress);
  }

  long id() {
    return id;
  }

  /** Host and port at the other end. */
  String address() {
    return address;
  }

  /** The command that it said last. */
  void did(Usage usage) {
    command = usage.name();
  }

  boolean monitors() {
    return monitors;
  }

  void monitor(boolean on) {
    monitors = on;
  }

  int protocol() {
    return protocol;
  }

  String name() {
    return name;
  }

  /** The session that its commands are numbered in, or 0. */
  long session() {
    return session;
  }

  /** Any thread. */
  void enter(long id) {
    session = id;
  }

  void speak(int version) {
    protocol = version;
  }

  void rename(String to) {
    name = to;
  }

  /** The client library calls itself so: its name, or else its version. */
  void library(boolean isName, String value) {
    if (isName) {
      libraryName = value;
    } else {
      libraryVersion = value;
    }
  }

  /** As a connection that was just opened. */
  void reset() {
    protocol = 2;
    session = 0;
    name = "";
  }

  /** One line of CLIENT LIST. */
  String line() {
    long age = (System.nanoTime() - since) / 1_000_000_000;
    return String.format(
        "id=%d addr=%s laddr=%s name=%s age=%d db=0 sub=0 psub=0 multi=-1 cmd=%s user=default"
            + " resp=%d lib-name=%s lib-ver=%s",
        id, address, localAddress, name, age, command, protocol, libraryName, libraryVersion);
  }

  private static String plain(SocketAddress address) {
    String text = String.valueOf(address);
    return text.substring(text.indexOf('/') + 1);
  }
}
