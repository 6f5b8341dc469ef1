package synod.console;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The commands about whole copies of the store. */
final class CopyVerbs {
  private final Doors doors;
  private final Screen screen;
  private final Launcher launcher;

  CopyVerbs(Doors doors, Screen screen, Launcher launcher) {
    this.doors = doors;
    this.screen = screen;
    this.launcher = launcher;
  }

  List<Verb> all() {
    List<String> directory = List.of("DIR");
    return List.of(
        new Verb("snapshot", List.of(), "have a replica make a snapshot now", w -> snapshot()),
        new Verb("backup", directory, "copy the whole store to a directory", this::backup),
        new Verb(
            "restore",
            List.of("DIR", "[REPLICA]"),
            "make data directories of a backup; nothing may run",
            this::restore));
  }

  private void snapshot() throws CommandFailed {
    Address address = doors.firstUp();
    Reply reply = doors.awaitAt(address, "SYNOD", "SNAPSHOT");
    if (!(reply instanceof Reply.Whole slot)) {
      throw new CommandFailed(address + " gave an answer that is none: " + reply.text());
    }
    screen.say("ok: replica " + address.id() + " has a snapshot of slot " + slot.number());
  }

  private void backup(List<String> words) throws CommandFailed {
    Address address = doors.firstUp();
    String to = absolute(words.get(0)).toString();
    Map<String, String> made = doors.awaitAt(address, "SYNOD", "BACKUP", Raw.of(to)).fields();
    screen.say(
        String.format(
            "ok: replica %d has copied slot %s, %s keys, digest %s, to %s on its machine",
            address.id(), made.get("slot"), made.get("keys"), made.get("digest"), to));
  }

  private void restore(List<String> words) throws CommandFailed {
    String from = absolute(words.get(0)).toString();
    launcher.run(
        words.size() == 1 ? List.of("restore", from) : List.of("restore", from, words.get(1)));
  }

  /** A relative path is one from where the console was started. */
  private static Path absolute(String raw) throws CommandFailed {
    try {
      return Path.of(Raw.text(raw)).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw new CommandFailed("'" + Raw.text(raw) + "' is no path: " + e.getReason());
    }
  }
}
