package synod.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tries every order of every choice of operations: too slow for anything, and plainly right. */
final class BruteForce<S> {
  private final Model<S> model;

  BruteForce(Model<S> model) {
    this.model = model;
  }

  boolean isLinearizable(List<Operation> history) {
    return goesOn(model.initial(), history);
  }

  private boolean goesOn(S state, List<Operation> left) {
    if (left.stream().noneMatch(Operation::isKnown)) {
      return true;
    }
    for (Operation next : left) {
      boolean mayBeNext = left.stream().noneMatch(other -> other.returned() < next.called());
      Optional<S> after = model.step(state, next);
      if (mayBeNext && after.isPresent()) {
        List<Operation> others = new ArrayList<>(left);
        others.remove(next);
        if (goesOn(after.get(), others)) {
          return true;
        }
      }
    }
    return false;
  }
}
