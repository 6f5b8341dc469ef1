package synod.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges a history: linearizability is local (Herlihy and Wing, 1990, theorem 1), so operations
 * that have no key in common, nor by way of others, are judged apart.
 *
 * @param <S> the model's states
 */
public final class Checker<S> {
  /** How many sets of operations one search remembers: about 100 bytes each. */
  private static final int MOST = 5_000_000;

  private final Model<S> model;
  private final int most;

  public Checker(Model<S> model) {
    this(model, MOST);
  }

  /** {@code most} bounds the memory of a search: it gives up beyond so many sets of operations. */
  Checker(Model<S> model, int most) {
    this.model = model;
    this.most = most;
  }

  /** A violation comes before what could not be decided. */
  public Verdict check(List<Operation> history) {
    List<Verdict.Undecided> undecided = new ArrayList<>();
    for (Partition part : Partition.of(history, model)) {
      switch (search(part.operations())) {
        case NONE -> {
          return new Witness<>(model).of(part.operations());
        }
        case GIVEN_UP ->
            undecided.add(new Verdict.Undecided(part.keys(), part.operations().size()));
        case FOUND -> {}
      }
    }
    return undecided.isEmpty() ? new Verdict.Linearizable(history.size()) : undecided.get(0);
  }

  private Search.Result search(List<Operation> operations) {
    return new Search<>(model, model.initial(), operations, most).any();
  }
}
