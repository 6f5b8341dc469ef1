package synod.check;

import org.jspecify.annotations.Nullable;

/** The call or the return of an operation, in a list from which both are taken and put back. */
final class Moment {
  private final Operation operation;
  private final @Nullable Moment itsReturn;
  private final long bits;
  private Moment previous = this;
  private Moment next = this;

  private Moment(Operation operation, @Nullable Moment itsReturn, long bits) {
    this.operation = operation;
    this.itsReturn = itsReturn;
    this.bits = bits;
  }

  static Moment ofReturn(Operation operation) {
    return new Moment(operation, null, 0);
  }

  static Moment ofCall(Moment itsReturn, long bits) {
    return new Moment(itsReturn.operation, itsReturn, bits);
  }

  Operation operation() {
    return operation;
  }

  boolean isCall() {
    return itsReturn != null;
  }

  /** What stands for the operation in a sum of operations. */
  long bits() {
    return bits;
  }

  Moment next() {
    return next;
  }

  long time() {
    return isCall() ? operation.called() : operation.returned();
  }

  void putBehind(Moment other) {
    previous = other;
    next = other.next;
    next.previous = this;
    previous.next = this;
  }

  /** Takes the call and its return out of the list; both still know where they were. */
  void lift() {
    takeOut();
    if (itsReturn != null) {
      itsReturn.takeOut();
    }
  }

  /** Puts back what was lifted last. */
  void unlift() {
    if (itsReturn != null) {
      itsReturn.putBack();
    }
    putBack();
  }

  private void takeOut() {
    previous.next = next;
    next.previous = previous;
  }

  private void putBack() {
    previous.next = this;
    next.previous = this;
  }
}
