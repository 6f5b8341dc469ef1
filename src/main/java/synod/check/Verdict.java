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
   * @param before the states in one of which the store was before them
   * @param unexplained how many more of unknown outcome there are, none of which explains it
   */
  record Violated(List<String> before, List<Operation> operations, int unexplained)
      implements Verdict {
    public Violated {
      before = List.copyOf(before);
      operations = List.copyOf(operations);
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("not linearizable: no order explains these\n");
      text.append("    before  ").append(String.join(" or ", before)).append('\n');
      operations.forEach(operation -> text.append(operation).append('\n'));
      if (unexplained > 0) {
        text.append("nor do ").append(unexplained).append(" others whose outcome is left open\n");
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
