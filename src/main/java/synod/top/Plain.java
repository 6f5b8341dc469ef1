package synod.top;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An event in words for somebody who has never seen Paxos. What happens in every slot has none. */
final class Plain {
  private static final Pattern ROUTINE =
      Pattern.compile(
          "(proposed|accepted|applied) slot \\d+.*|slot \\d+ is chosen.*|read round .*"
              + "|reads without.*|truncated the log.*|sent the accept of .*|made ballot .*"
              + "|dropped \\d+ events.*|tells no more.*|is down|nobody is known to lead|\\w+ started|reaches .*");

  private static final Map<Pattern, String> WORDS = words();

  private Plain() {}

  private static Map<Pattern, String> words() {
    Map<Pattern, String> words = new LinkedHashMap<>();
    put(
        words,
        "suspects the leader at ballot \\d+\\.(\\d+): silent for (\\d+) ms",
        "has heard nothing of leader $1 for $2 ms: takes it for dead");
    put(words, "starts a token, round (\\d+)", "election $1: sends a token round the ring");
    put(
        words,
        "token (\\d+) of \\d+ goes to (\\d+) with (\\d+)",
        "election $1: token goes on to replica $2, signed by $3");
    put(
        words,
        "token (\\d+) of \\d+ skips (\\d+), which is silent",
        "election $1: replica $2 takes no token, it is skipped");
    put(
        words,
        "token (\\d+) of \\d+ has been at (.*)",
        "election $1: the token is back, it was at $2");
    put(
        words,
        "round (\\d+) names replica (\\d+)",
        "election $1: the token names replica $2, who knows most");
    put(words, "round (\\d+) ends without a winner: (.*)", "election $1: no winner: $2");
    put(
        words,
        "the ring does not close: asks all, round (\\d+)",
        "election $1: the ring does not close, asks all at once");
    put(
        words,
        "sent prepare at ballot (\\S+) for .*",
        "asks all acceptors to promise ballot $1 (phase 1)");
    put(words, "promised ballot (\\S+)", "promises ballot $1: accepts nothing older now");
    put(words, "rejected ballot (\\S+): promised (\\S+)", "refuses ballot $1: has promised $2");
    put(
        words,
        "a quorum promised ballot (\\S+): .*, (\\d+) adopted, (\\d+) gaps",
        "a quorum has promised $1: finishes $2 open slots");
    put(
        words,
        "leads at ballot (\\S+): its no-op is chosen in slot (\\d+)",
        "LEADS at ballot $1: a quorum accepted its slot $2");
    put(
        words,
        "takes replica (\\d+) for the leader, at ballot (\\S+)",
        "follows leader $1 at ballot $2");
    put(words, "stood down from ballot (\\S+): (.*)", "leads no more at ballot $1: $2");
    put(words, "(\\w+) crashed: (.*)", "its $1 CRASHED: $2");
    put(words, "(\\w+) restarted \\((\\d+)\\)", "its $1 is built anew by supervision (time $2)");
    return words;
  }

  private static void put(Map<Pattern, String> words, String event, String text) {
    words.put(Pattern.compile(event), text);
  }

  /** Nothing if it is no news. */
  static Optional<String> of(String event) {
    if (ROUTINE.matcher(event).matches()) {
      return Optional.empty();
    }
    for (Map.Entry<Pattern, String> one : WORDS.entrySet()) {
      Matcher matcher = one.getKey().matcher(event);
      if (matcher.matches()) {
        return Optional.of(matcher.replaceFirst(one.getValue()));
      }
    }
    return Optional.of(event);
  }
}
