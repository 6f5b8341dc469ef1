package synod.replica;

import java.util.function.LongSupplier;
import java.util.function.Predicate;
import synod.paxos.Envelope;
import synod.paxos.Outbox;

/**
 * What all roles and the gateway of a replica have in common.
 *
 * @param border what comes in
 * @param clock ms that never fall
 * @param onlookers hear what roles do
 */
record Surroundings(
    Outbox.Owner owner,
    Surroundings.Border border,
    LongSupplier clock,
    Surroundings.Onlookers onlookers) {

  /**
   * What comes in.
   *
   * @param admits whether an envelope may be from whom it says it is
   * @param cut whether an envelope is of a peer that this replica is cut off from
   * @param pastThePulse whether an envelope stirs no {@link Pulse}: its role may have looked at the
   *     time a while ago, by which a token's next hop would be over before it began
   */
  record Border(
      Predicate<Envelope<?>> admits,
      Predicate<Envelope<?>> cut,
      Predicate<Envelope<?>> pastThePulse) {}

  /**
   * Who looks on.
   *
   * @param disk hears of each wait for it
   * @param tap hears what a trace tells
   */
  record Onlookers(DiskWatch disk, Tap tap) {}
}
