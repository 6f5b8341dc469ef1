package synod.sim.twophase;

import java.util.List;

/** Writes some keys, on all participants or on none. */
public record Transaction(long number, int coordinator, List<String> keys) {
  public Transaction {
    keys = List.copyOf(keys);
  }
}
