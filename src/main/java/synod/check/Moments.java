package synod.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Calls and returns in the order of time. What was called in the moment in which another returned
 * overlaps with it.
 */
final class Moments {
  private static final Comparator<Moment> ORDER =
      Comparator.comparingLong(Moment::time).thenComparing(moment -> !moment.isCall());

  private static final Operation NOTHING =
      new Operation(0, "", List.of("nothing"), 0, Optional.of(""), 0);

  private final Moment head;

  private Moments(Moment head) {
    this.head = head;
  }

  static Moments of(List<Operation> operations, SplittableRandom chance) {
    List<Moment> all = new ArrayList<>();
    for (Operation operation : operations) {
      Moment itsReturn = Moment.ofReturn(operation);
      all.add(itsReturn);
      all.add(Moment.ofCall(itsReturn, chance.nextLong()));
    }
    all.sort(ORDER);
    Moment head = Moment.ofReturn(NOTHING);
    Moment last = head;
    for (Moment moment : all) {
      moment.putBehind(last);
      last = moment;
    }
    return new Moments(head);
  }

  /** The first that is left; the head again if none is, which reads as a return. */
  Moment first() {
    return head.next();
  }
}
