package synod.replica;

import java.util.function.LongSupplier;
import java.util.function.Predicate;
import synod.paxos.Envelope;
import synod.paxos.Outbox;

/**
 * What all roles and the gateway of a replica have in common.
 *
 * @param admits whether an envelope may be from whom it says it is
 * @param clock ms that never fall
 * @param onlookers hear what roles do
 */
record Surroundings(
    Outbox.Owner owner,
    Predicate<Envelope<?>> admits,
    LongSupplier clock,
    Surroundings.Onlookers onlookers) {

  /**
   * Who looks on.
   *
   * @param disk hears of each wait for it
   * @param tap hears what a trace tells
   */
  record Onlookers(DiskWatch disk, Tap tap) {}
}
