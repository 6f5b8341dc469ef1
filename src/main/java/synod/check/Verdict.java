package synod.check;

import java.util.List;

/** What a history was found to be. */
public sealed interface Verdict {
  /** There is an order that explains each answer. */
  record Linearizable(int operations) implements Verdict {
    @Override
    public String toString() {
      return operations + " operations are linearizable";
    }
  }

  /**
   * There is none, and this is as short as it could be made: the operations that show it, in the
   * order of their calls.
   *
   * @param unexplained how many more of unknown outcome there are, none of which explains it
   */
  record Violated(List<Operation> operations, int unexplained) implements Verdict {
    public Violated {
      operations = List.copyOf(operations);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("not linearizable: no order of these explains them\n");
      operations.forEach(operation -> text.append(operation).append('\n'));
      if (unexplained > 0) {
        text.append("whether or not ").append(unexplained).append(" of unknown outcome happened\n");
      }
      return text.toString();
    }
  }

  /** Too many operations at once touched the same keys: it was given up, which proves nothing. */
  record Undecided(List<String> keys, int operations) implements Verdict {
    public Undecided {
      keys = List.copyOf(keys);
    }

    @Override
    public String toString() {
      return "undecided: "
          + operations
          + " operations on "
          + keys
          + " overlap too much; record with fewer clients to a key";
    }
  }
}
