package synod.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import synod.sim.Recorded;
import synod.sim.Step;

/** Makes of a trace one that must be refused at a certain event. */
enum Corruption {
  PROMISE_OF_ANOTHER_BALLOT {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return change(trace, "promise", step -> true, step -> step.with("b", "<<900, 1>>"));
    }
  },

  /** The first accept behind a recovery that leaves no gap bears what was adopted. */
  ACCEPT_OF_ANOTHER_VALUE {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      List<Step> steps = trace.steps();
      for (int i = 0; i < steps.size(); i++) {
        Step recover = steps.get(i);
        boolean adopts = recover.kind().equals("recover") && recover.get("gaps").equals("0");
        if (adopts && number(recover, "last") >= number(recover, "first")) {
          int accept = next(steps, i, step -> is(step, "accept", recover.get("r")));
          if (accept > 0 && steps.get(accept).get("s").equals(recover.get("first"))) {
            return Optional.of(replace(trace, accept, steps.get(accept).with("v", 9_999)));
          }
        }
      }
      return Optional.empty();
    }
  },

  ACCEPTED_BEFORE_ITS_SYNC {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return early(trace, "onAccept", "accepted");
    }
  },

  PROMISE_BEFORE_ITS_SYNC {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return early(trace, "onPrepare", "promise");
    }
  },

  PREPARE_BEFORE_ITS_SYNC {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return early(trace, "ballot", "prepare");
    }
  },

  PROMISE_THAT_FORGETS {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return change(
          trace, "promise", step -> !step.get("acc").equals("{}"), step -> step.with("acc", "{}"));
    }
  },

  CHOSEN_WITHOUT_A_QUORUM {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return tooEarly(trace, "chosen");
    }
  },

  COUNTED_WITHOUT_A_QUORUM {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return tooEarly(trace, "counted");
    }
  },

  RECOVERY_WITHOUT_A_QUORUM {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return change(
          trace,
          "recover",
          step -> true,
          step -> step.with("q", step.get("q").replaceFirst("\\d+(, )?", "").replace(", }", "}")));
    }
  },

  BALLOT_MADE_TWICE {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      int ballot = next(trace.steps(), -1, step -> step.kind().equals("ballot"));
      if (ballot < 0) {
        return Optional.empty();
      }
      List<Step> steps = new ArrayList<>(trace.steps());
      steps.add(ballot + 1, steps.get(ballot));
      return Optional.of(new Corrupted(trace.with(steps), ballot + 1));
    }
  },

  ANOTHER_VALUE_APPLIED {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return change(trace, "apply", step -> true, step -> step.with("v", 9_999));
    }
  },

  PROMISE_BELOW_THE_PROMISED {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return change(trace, "refuse", step -> true, step -> new Step("onPrepare", step.fields()));
    }
  },

  CRASH_THAT_LOSES_WHAT_WAS_SYNCED {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return change(
          trace, "crash", step -> !step.get("acc").equals("{}"), step -> step.with("acc", "{}"));
    }
  },

  CRASH_THAT_LOSES_A_PROMISE {
    @Override
    Optional<Corrupted> of(Recorded trace) {
      return change(
          trace,
          "crash",
          step -> !step.get("acc").equals("{}"),
          step -> step.with("p", "<<0, 0>>"));
    }
  };

  /** The event that must be refused is at {@code at}, from 0. */
  record Corrupted(Recorded trace, int at) {}

  private interface Change {
    Step of(Step step);
  }

  /** Nothing, if the trace has no place for it. */
  abstract Optional<Corrupted> of(Recorded trace);

  private static Optional<Corrupted> change(
      Recorded trace, String kind, Predicate<Step> where, Change how) {
    int at = next(trace.steps(), -1, step -> step.kind().equals(kind) && where.test(step));
    return at < 0
        ? Optional.empty()
        : Optional.of(replace(trace, at, how.of(trace.steps().get(at))));
  }

  private static Corrupted replace(Recorded trace, int at, Step step) {
    List<Step> steps = new ArrayList<>(trace.steps());
    steps.set(at, step);
    return new Corrupted(trace.with(steps), at);
  }

  private static int next(List<Step> steps, int after, Predicate<Step> which) {
    for (int i = after + 1; i < steps.size(); i++) {
      if (which.test(steps.get(i))) {
        return i;
      }
    }
    return -1;
  }

  /** The sync between a write and the word for it comes behind the word. */
  private static Optional<Corrupted> early(Recorded trace, String write, String word) {
    List<Step> steps = new ArrayList<>(trace.steps());
    for (int i = 0; i < steps.size(); i++) {
      String replica = steps.get(i).get("r");
      int sync = next(steps, i, step -> is(step, "sync", replica));
      int says = next(steps, sync, step -> step.get("r").equals(replica));
      if (is(steps.get(i), write, replica) && sync > 0 && says > 0) {
        if (is(steps.get(says), word, replica)
            && steps.get(says).get("b").equals(steps.get(i).get("b"))) {
          steps.add(says, steps.remove(sync));
          return Optional.of(new Corrupted(trace.with(steps), says - 1));
        }
      }
    }
    return Optional.empty();
  }

  /** Said of the slot behind it, which fewer than a quorum have accepted. */
  private static Optional<Corrupted> tooEarly(Recorded trace, String word) {
    List<Step> steps = trace.steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).kind().equals(word)) {
        Step early = steps.get(i).with("s", number(steps.get(i), "s") + 1);
        long acceptors =
            steps.subList(0, i).stream()
                .filter(step -> step.kind().equals("accepted"))
                .filter(step -> step.get("b").equals(early.get("b")))
                .filter(step -> step.get("s").equals(early.get("s")))
                .map(step -> step.get("r"))
                .distinct()
                .count();
        if (acceptors < trace.phase2()) {
          return Optional.of(replace(trace, i, early));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean is(Step step, String kind, String replica) {
    return step.kind().equals(kind) && step.get("r").equals(replica);
  }

  private static long number(Step step, String field) {
    return Long.parseLong(step.get(field));
  }
}
