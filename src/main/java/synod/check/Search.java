package synod.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Looks for an order of operations that explains each answer and keeps those apart that did not
 * overlap (Wing and Gong, "Testing and Verifying Concurrent Objects", 1993, section 4), and never
 * looks twice at the same set of operations done in the same state (Lowe, "Testing for
 * Linearizability", 2017, section 4). A set is known by a sum of 64 random bits for each of its
 * members: among n sets two that differ are taken for one with a probability below n * n / 2^65.
 */
final class Search<S> {
  enum Result {
    FOUND,
    NONE,
    GIVEN_UP
  }

  private record Seen<S>(long set, S state) {}

  private record Step<S>(Moment call, S before) {}

  private final Model<S> model;
  private final Moments moments;
  private final int most;
  private final Set<Seen<S>> seen = new HashSet<>();
  private final Deque<Step<S>> steps = new ArrayDeque<>();
  private long set;
  private S state;
  private int open;

  /**
   * @param from the state before them
   * @param most how many sets it looks at before it gives up
   */
  Search(Model<S> model, S from, List<Operation> operations, int most) {
    this.model = model;
    this.moments = Moments.of(operations, new SplittableRandom(operations.size()));
    this.open = (int) operations.stream().filter(Operation::isKnown).count();
    this.most = most;
    this.state = from;
  }

  /** Whether there is any such order. */
  Result any() {
    return look(after -> true);
  }

  /** Adds the states to which all such orders lead. Not for operations of unknown outcome. */
  Result all(Set<S> ends) {
    return look(
        after -> {
          ends.add(after);
          return false;
        });
  }

  private Result look(Predicate<S> isEnough) {
    Result result = Result.NONE;
    Moment at = moments.first();
    while (true) {
      if (seen.size() > most) {
        return Result.GIVEN_UP;
      }
      boolean explained = open == 0;
      if (explained) {
        result = Result.FOUND;
        if (isEnough.test(state)) {
          return result;
        }
      }
      if (!explained && at.isCall()) {
        at = tryNext(at);
      } else if (steps.isEmpty()) {
        return result;
      } else {
        at = takeBack();
      }
    }
  }

  /** Does this operation next, if it may be next and leads to where nobody has been. */
  private Moment tryNext(Moment call) {
    Optional<S> after = model.step(state, call.operation());
    if (after.isPresent() && seen.add(new Seen<>(set ^ call.bits(), after.get()))) {
      steps.push(new Step<>(call, state));
      state = after.get();
      set ^= call.bits();
      open -= call.operation().isKnown() ? 1 : 0;
      call.lift();
      return moments.first();
    }
    return call.next();
  }

  /** An operation has returned that was not done: what was done last was wrong. */
  private Moment takeBack() {
    Step<S> last = steps.pop();
    Moment call = last.call();
    state = last.before();
    set ^= call.bits();
    open += call.operation().isKnown() ? 1 : 0;
    call.unlift();
    return call.next();
  }
}
