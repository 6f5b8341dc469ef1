package synod.console;

import java.util.List;

/**
 * A command of the console.
 *
 * @param words what follows the name, each a word that must be given, or {@code [one]} that may
 */
record Verb(String name, List<String> words, String summary, Action action) {

  /** What it does with the words after its name. */
  interface Action {
    void run(List<String> words) throws CommandFailed;
  }

  String usage() {
    return (name + " " + String.join(" ", words)).strip();
  }

  void run(List<String> given) throws CommandFailed {
    long least = words.stream().filter(word -> !word.startsWith("[")).count();
    if (given.size() < least || given.size() > words.size()) {
      throw new CommandFailed("usage: " + usage());
    }
    action.run(given);
  }
}
