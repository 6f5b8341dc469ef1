package synod.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a person can do to the links between replicas, and to a process without ending it. */
final class LinkVerbs {
  private static final int PATIENCE_MS = 2000;
  private static final int BOTH = 2;

  private final Doors doors;
  private final Screen screen;
  private final Launcher launcher;

  LinkVerbs(Doors doors, Screen screen, Launcher launcher) {
    this.doors = doors;
    this.screen = screen;
    this.launcher = launcher;
  }

  List<Verb> all() {
    return List.of(
        new Verb("cut", List.of("A", "B"), "lose all that A and B say to each other", this::cut),
        new Verb("heal", List.of("[A]", "[B]"), "end cut, for all links unless given", this::heal),
        new Verb("pause", List.of("REPLICA"), "stop a process where it is", w -> run("pause", w)),
        new Verb("resume", List.of("REPLICA"), "let it go on", w -> run("resume", w)));
  }

  private void run(String command, List<String> words) throws CommandFailed {
    launcher.run(command, doors.find(words.get(0)));
  }

  private void cut(List<String> words) throws CommandFailed {
    atBothEnds("CUT", words);
    screen.say(
        "ok: %s and %s hear nothing from each other; 'heal' ends that"
            .formatted(words.get(0), words.get(1)));
  }

  private void heal(List<String> words) throws CommandFailed {
    if (words.isEmpty()) {
      List<String> silent = new ArrayList<>();
      for (Address address : doors.all()) {
        tell(address, silent, "SYNOD", "HEAL");
      }
      refuseIfAny(silent, "HEAL");
      screen.say("ok: no link is cut");
    } else if (words.size() == BOTH) {
      atBothEnds("HEAL", words);
      screen.say("ok: %s and %s hear each other".formatted(words.get(0), words.get(1)));
    } else {
      throw new CommandFailed("usage: heal, or heal A B");
    }
  }

  private void atBothEnds(String what, List<String> words) throws CommandFailed {
    Address one = doors.find(words.get(0));
    Address other = doors.find(words.get(1));
    if (one.equals(other)) {
      throw new CommandFailed("a link has two ends: name two replicas");
    }
    List<String> silent = new ArrayList<>();
    tell(one, silent, "SYNOD", what, words.get(1));
    tell(other, silent, "SYNOD", what, words.get(0));
    refuseIfAny(silent, what);
  }

  private static void tell(Address address, List<String> silent, String... words)
      throws CommandFailed {
    Map<Integer, Reply> answer = Poll.ask(List.of(address), PATIENCE_MS, words);
    if (answer.isEmpty()) {
      silent.add(String.valueOf(address.id()));
    }
    for (Reply reply : answer.values()) {
      if (reply instanceof Reply.Failure failure) {
        throw new CommandFailed(failure.message());
      }
    }
  }

  /** One that is down is cut off from nobody when it is started again. */
  private static void refuseIfAny(List<String> silent, String what) throws CommandFailed {
    if (!silent.isEmpty()) {
      String who = String.join(" ", silent);
      throw new CommandFailed(
          what.equals("CUT")
              ? "replica " + who + " does not answer; the link is cut at the other end at most"
              : "replica " + who + " does not answer; a process that is started anew is whole");
    }
  }
}
