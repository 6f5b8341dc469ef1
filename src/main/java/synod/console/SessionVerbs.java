package synod.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The commands about sessions, in which a command is done once however often it is sent. */
final class SessionVerbs {
  private final Doors doors;
  private final Screen screen;

  SessionVerbs(Doors doors, Screen screen) {
    this.doors = doors;
    this.screen = screen;
  }

  List<Verb> all() {
    return List.of(
        new Verb(
            "session", List.of("ACTION", "[ID]"), "open, resume or close a session", this::session),
        new Verb(
            "do",
            List.of("SESSION", "N", "COMMAND"),
            "do 'incr a' once, however often it is sent",
            this::once),
        new Verb(
            "outcome",
            List.of("SESSION", "N"),
            "what became of it; if not done, it never will be",
            this::outcome));
  }

  private void session(List<String> words) throws CommandFailed {
    String what = words.get(0).toLowerCase(Locale.ROOT);
    Reply reply = doors.tell(request(List.of("SESSION"), words));
    String number = reply instanceof Reply.Whole whole ? String.valueOf(whole.number()) : "";
    switch (what) {
      case "open" ->
          screen.say(
              "session",
              reply.bare(),
              "session " + number + " is open; 'do " + number + " 1 ...' is next");
      case "resume" -> screen.say("next", reply.bare(), "it lives; the next number is " + number);
      default -> screen.say("closed");
    }
  }

  private void once(List<String> words) throws CommandFailed {
    List<String> command = Words.of(words.get(2));
    if (command.isEmpty()) {
      throw new CommandFailed("the command stands in quotes: do 1 1 'incr a'");
    }
    Reply reply = doors.ask(request(List.of("DO", words.get(0), words.get(1)), inDoor(command)));
    screen.say("answer", reply.bare(), reply.shown());
  }

  /** What the console calls put and delete, the door calls SET and DEL. */
  private static List<String> inDoor(List<String> command) {
    List<String> words = new ArrayList<>(command);
    words.set(
        0,
        switch (words.get(0).toLowerCase(Locale.ROOT)) {
          case "put" -> "SET";
          case "delete" -> "DEL";
          default -> words.get(0);
        });
    return words;
  }

  private void outcome(List<String> words) throws CommandFailed {
    Reply reply = doors.ask(request(List.of("OUTCOME"), words));
    List<Reply> said = reply instanceof Reply.Items items ? items.items() : List.of(reply);
    if (screen.isJson()) {
      screen.say("outcome", said.get(0).bare(), "");
      said.stream().skip(1).forEach(answer -> screen.say("answer", answer.bare(), ""));
      return;
    }
    switch (said.get(0).text()) {
      case "done" ->
          screen.say(said.size() > 1 ? "done: " + said.get(1).shown() : "done; its answer is lost");
      case "not-done" -> screen.say("not done, and it never will be");
      default -> screen.say("no longer known: the session is over, or the number is long answered");
    }
  }

  private static String[] request(List<String> first, List<String> then) {
    List<String> all = new ArrayList<>(List.of("SYNOD"));
    all.addAll(first);
    all.addAll(then);
    return all.toArray(String[]::new);
  }
}
