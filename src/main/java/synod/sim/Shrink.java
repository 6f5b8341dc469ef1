package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Makes a run that fails as small as it can within so many trials, while it fails in the same way:
 * the first phase shorter, actions left out, knobs turned back to calm.
 */
final class Shrink {
  private final Function<Script, Run.Result> run;
  private final String failure;
  private int trials;

  /** {@code failure} is the name of what must go on to fail. */
  Shrink(Function<Script, Run.Result> run, String failure, int trials) {
    this.run = run;
    this.failure = failure;
    this.trials = trials;
  }

  Script of(Script script) {
    Script smallest = script;
    Script before;
    do {
      before = smallest;
      smallest = shorter(smallest);
      smallest = fewerActions(smallest);
      smallest = calmer(smallest);
    } while (!smallest.equals(before) && trials > 0);
    return smallest;
  }

  private boolean fails(Script script) {
    return trials-- > 0
        && run.apply(script).failure().filter(f -> f.name().equals(failure)).isPresent();
  }

  private Script shorter(Script script) {
    Script shortest = script;
    for (long part = 2; part <= 16; part *= 2) {
      Script shorter = shortest.until(shortest.ms() - shortest.ms() / part);
      while (shorter.ms() < shortest.ms() && fails(shorter)) {
        shortest = shorter;
        shorter = shortest.until(shortest.ms() - shortest.ms() / part);
      }
    }
    return shortest;
  }

  /** Leaves out halves, quarters and so on, down to single actions. */
  private Script fewerActions(Script script) {
    List<Action> left = script.actions();
    for (int size = Math.max(1, left.size() / 2); size >= 1; size /= 2) {
      for (int from = 0; from < left.size(); ) {
        List<Action> fewer = new ArrayList<>(left.subList(0, from));
        fewer.addAll(left.subList(Math.min(left.size(), from + size), left.size()));
        if (fails(script.with(fewer))) {
          left = fewer;
        } else {
          from += size;
        }
      }
    }
    return script.with(left);
  }

  private Script calmer(Script script) {
    Script calmest = script;
    for (Knob knob : script.plan().turned()) {
      Script calmer = calmest.with(calmest.plan().with(knob, knob.calm()));
      if (isSize(knob) || !fails(calmer)) {
        continue;
      }
      calmest = calmer;
    }
    return calmest;
  }

  /** What belongs together: actions name replicas, and quorums have to meet. */
  private static boolean isSize(Knob knob) {
    return knob == Knob.REPLICAS || knob == Knob.PHASE1 || knob == Knob.PHASE2;
  }
}
