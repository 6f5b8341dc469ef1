package synod.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import synod.check.Search.Result;

/**
 * Shortens a history that is not linearizable, in steps that never make a good history bad: what
 * came later is left out; what came earlier is left out if all of it had returned, for the states
 * that it can have led to; a read is left out; of an operation the answer is forgotten, after which
 * it may be anywhere or nowhere. State: the states before, and what is left.
 */
final class Witness<S> {
  /**
   * Forgotten answers multiply the orders that are possible: a step that costs more is not done.
   */
  private static final int MOST = 20_000;

  private final Model<S> model;
  private Set<S> before;
  private List<Operation> left = List.of();

  Witness(Model<S> model) {
    this.model = model;
    this.before = Set.of(model.initial());
  }

  Verdict.Violated of(List<Operation> history) {
    left = shortestPrefix(history);
    cutFront();
    weaken(left.stream().filter(model::isRead).toList(), any -> Optional.empty());
    weaken(left.stream().filter(Operation::isKnown).toList(), o -> Optional.of(o.unknown()));
    List<Operation> told = left.stream().filter(Operation::isKnown).toList();
    return new Verdict.Violated(
        before.stream().map(String::valueOf).sorted().toList(), told, left.size() - told.size());
  }

  private boolean isBad(List<Operation> operations) {
    return isBad(before, operations);
  }

  private boolean isBad(Set<S> states, List<Operation> operations) {
    int most = MOST + operations.size();
    return states.stream()
        .allMatch(state -> new Search<>(model, state, operations, most).any() == Result.NONE);
  }

  /** At the last moment at which nothing was under way and behind which it is still bad. */
  private void cutFront() {
    List<Integer> calm = calmMoments();
    for (int i = calm.size() - 1; i >= 0; i--) {
      List<Operation> earlier = left.subList(0, calm.get(i));
      List<Operation> later = left.subList(calm.get(i), left.size());
      Set<S> ends = new LinkedHashSet<>();
      Result result =
          new Search<>(model, model.initial(), earlier, MOST + earlier.size()).all(ends);
      if (result == Result.FOUND && isBad(ends, later)) {
        before = ends;
        left = later;
        return;
      }
    }
  }

  /** How many operations were called, and had returned, when the next was called. */
  private List<Integer> calmMoments() {
    List<Integer> calm = new ArrayList<>();
    long returned = Long.MIN_VALUE;
    for (int i = 0; i < left.size(); i++) {
      if (i > 0 && left.get(i).called() > returned) {
        calm.add(i);
      }
      returned = Math.max(returned, left.get(i).returned());
    }
    return calm;
  }

  /** Up to the return that cannot be explained. */
  private List<Operation> shortestPrefix(List<Operation> history) {
    List<Long> returns =
        history.stream().filter(Operation::isKnown).map(Operation::returned).sorted().toList();
    int good = -1;
    int bad = returns.size() - 1;
    while (bad - good > 1) {
      int middle = (good + bad) / 2;
      if (isBad(until(returns.get(middle), history))) {
        bad = middle;
      } else {
        good = middle;
      }
    }
    return until(returns.get(bad), history);
  }

  /** Of what had not returned by then, nothing is known. */
  private static List<Operation> until(long time, List<Operation> history) {
    return history.stream()
        .filter(operation -> operation.called() <= time)
        .map(operation -> operation.returned() <= time ? operation : operation.unknown())
        .toList();
  }

  /**
   * Weakens as many of these as can be while the history stays bad: all, or each half by itself.
   */
  private void weaken(List<Operation> some, Function<Operation, Optional<Operation>> weaker) {
    if (some.isEmpty()) {
      return;
    }
    Set<Long> ids = some.stream().map(Operation::id).collect(Collectors.toSet());
    List<Operation> tried =
        left.stream()
            .flatMap(o -> (ids.contains(o.id()) ? weaker.apply(o) : Optional.of(o)).stream())
            .toList();
    if (isBad(tried)) {
      left = tried;
    } else if (some.size() > 1) {
      int half = some.size() / 2;
      weaken(some.subList(half, some.size()), weaker);
      weaken(some.subList(0, half), weaker);
    }
  }
}
