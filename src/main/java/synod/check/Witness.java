package synod.check;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Shortens a history that is not linearizable, in steps that never make a good history bad: what
 * came later is left out; a read is left out; of an operation the answer is forgotten, after which
 * it may be anywhere or nowhere.
 */
final class Witness<S> {
  /** Forgotten answers multiply the orders that are possible: a step that costs more is not done. */
  private static final int MOST = 20_000;

  private final Model<S> model;
  private List<Operation> left = List.of();

  Witness(Model<S> model) {
    this.model = model;
  }

  Verdict.Violated of(List<Operation> history) {
    left = shortestPrefix(history);
    weaken(left.stream().filter(model::isRead).toList(), any -> Optional.empty());
    weaken(left.stream().filter(Operation::isKnown).toList(), o -> Optional.of(o.unknown()));
    List<Operation> told = left.stream().filter(Operation::isKnown).toList();
    return new Verdict.Violated(told, left.size() - told.size());
  }

  private boolean isBad(List<Operation> operations) {
    return new Search<>(model, operations, MOST + operations.size()).run() == Search.Result.NONE;
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

  /** Weakens as many of these as can be while the history stays bad: all, or each half by itself. */
  private void weaken(
      List<Operation> some, Function<Operation, Optional<Operation>> weaker) {
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
