package synod.check;

import java.util.List;
import java.util.Optional;

/**
 * What a store must do if it does one operation after the other.
 *
 * @param <S> a state: immutable, with equals and hashCode
 */
public interface Model<S> {
  S initial();

  /** Why these words are no command of this model; nothing if they are. */
  Optional<String> objectionTo(List<String> words);

  /**
   * The state after the operation, if its answer is the one that it must have in this state; an
   * unknown answer is any.
   */
  Optional<S> step(S state, Operation operation);

  /** What it touches; two operations that touch nothing in common may be judged apart. */
  List<String> keys(Operation operation);

  /** Whether it changes no state, whatever it is answered. */
  boolean isRead(Operation operation);
}
