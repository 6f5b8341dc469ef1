package synod.console;

import java.util.List;
import java.util.Map;

/** {@code explain} and {@code history}: what the five replicas remember, told as one story. */
final class ExplainVerbs {
  private static final int PATIENCE_MS = 3000;
  private static final int LINES = 1000;

  private final Doors doors;
  private final Screen screen;

  ExplainVerbs(Doors doors, Screen screen) {
    this.doors = doors;
    this.screen = screen;
  }

  List<Verb> all() {
    return List.of(
        new Verb(
            "explain",
            List.of("WHAT", "[KEY]"),
            "a SLOT, 'leader' or a KEY; a key called 42: key 42",
            this::explain),
        new Verb(
            "history",
            List.of("[COUNT]"),
            "elections, crashes and restarts of the last hour",
            this::history));
  }

  private void explain(List<String> words) throws CommandFailed {
    String what = words.get(0);
    if (words.size() == 2) {
      if (!what.equals("key")) {
        throw new CommandFailed(
            "usage: explain SLOT, explain leader, explain KEY; a key that is a number or is called"
                + " leader: explain key 42");
      }
      key(words.get(1));
    } else if (what.equals("leader")) {
      LeaderStory.tell(ids(), views("LEADER")).forEach(screen::say);
    } else if (what.matches("[0-9]{1,18}")) {
      slot(Long.parseLong(what));
    } else {
      key(what);
    }
  }

  private List<Integer> ids() {
    return doors.all().stream().map(Address::id).toList();
  }

  private List<View> views(String... what) {
    String[] words = new String[2 + what.length];
    words[0] = "SYNOD";
    words[1] = "EXPLAIN";
    System.arraycopy(what, 0, words, 2, what.length);
    return Poll.ask(doors.all(), PATIENCE_MS, words).entrySet().stream()
        .filter(answer -> !answer.getValue().fields().isEmpty())
        .map(answer -> new View(answer.getKey(), answer.getValue().fields()))
        .toList();
  }

  private void slot(long slot) throws CommandFailed {
    if (slot < 1) {
      throw new CommandFailed("the first slot is 1; 'log' lists the last");
    }
    List<View> views = views("SLOT", String.valueOf(slot));
    if (views.isEmpty()) {
      throw new CommandFailed("no replica answers; './run-cluster.sh start' starts them");
    }
    SlotStory.tell(slot, ids(), views).forEach(screen::say);
  }

  private void key(String key) throws CommandFailed {
    View view = new View(0, doors.ask("SYNOD", "EXPLAIN", "KEY", key).fields());
    KeyStory.tell(key, view).forEach(screen::say);
  }

  private void history(List<String> words) throws CommandFailed {
    int count = words.isEmpty() ? PastHour.usual() : count(words.get(0));
    Map<Integer, Reply> answers =
        Poll.ask(doors.all(), PATIENCE_MS, "SYNOD", "HISTORY", String.valueOf(LINES));
    if (answers.isEmpty()) {
      throw new CommandFailed("no replica answers; './run-cluster.sh start' starts them");
    }
    PastHour past = new PastHour();
    answers.forEach(
        (id, reply) -> {
          if (reply instanceof Reply.Items items) {
            past.add(id, items.items().stream().map(Reply::text).toList());
          }
        });
    past.lines(count).forEach(screen::say);
    doors.all().stream()
        .filter(address -> !answers.containsKey(address.id()))
        .forEach(address -> screen.say("replica " + address.id() + " does not answer now"));
  }

  private static int count(String word) throws CommandFailed {
    if (!word.matches("[1-9][0-9]{0,5}")) {
      throw new CommandFailed("'" + Raw.text(word) + "' is no number of lines; try: history 50");
    }
    return Integer.parseInt(word);
  }
}
