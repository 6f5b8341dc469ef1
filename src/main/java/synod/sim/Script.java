package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run, written down: the world, what is done to it, and how long the first phase lasts.
 *
 * <pre>
 * world seed=7 replicas=3 phase1=2 phase2=2 loss=20
 * at 1200 kill leader
 * at 1900 start 1
 * run 3000
 * </pre>
 */
record Script(Plan plan, List<Action> actions, long ms) {
  Script {
    actions = actions.stream().sorted().toList();
  }

  Script with(Plan other) {
    return new Script(other, actions, ms);
  }

  Script with(List<Action> others) {
    return new Script(plan, others, ms);
  }

  /** The same, with the faults at an end after that long. */
  Script until(long end) {
    return new Script(plan, actions.stream().filter(action -> action.ms() <= end).toList(), end);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(plan.toString()));
    actions.forEach(action -> lines.add(action.toString()));
    lines.add("run " + ms);
    return lines;
  }

  /**
   * Reads what {@link #lines} writes.
   *
   * @throws IllegalArgumentException with the line that is none, and what one looks like
   */
  static Script parse(List<String> lines) {
    Optional<Plan> plan = Optional.empty();
    List<Action> actions = new ArrayList<>();
    long ms = 0;
    for (String line : lines) {
      List<String> words = List.of(line.trim().split(" +"));
      try {
        switch (words.get(0)) {
          case "world" -> plan = Optional.of(Plan.parse(words.subList(1, words.size())));
          case "at" ->
              actions.add(new Action(Long.parseLong(words.get(1)), words.subList(2, words.size())));
          case "run" -> ms = Long.parseLong(words.get(1));
          default -> throw new IllegalArgumentException("a line begins with world, at or run");
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("'" + line + "': " + e.getMessage(), e);
      }
    }
    return new Script(
        plan.orElseThrow(() -> new IllegalArgumentException("no line begins with world")),
        actions,
        ms);
  }
}
