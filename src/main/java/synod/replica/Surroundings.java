package synod.replica;

import java.util.function.LongSupplier;
import java.util.function.Predicate;
import synod.paxos.Envelope;
import synod.paxos.Outbox;

/**
 * What all roles and the gateway of a replica have in common.
 *
 * @param admits whether an envelope may be from whom it says it is
 * @param cut whether an envelope is of a peer that this replica is cut off from
 * @param clock ms that never fall
 */
record Surroundings(
    Outbox.Owner owner,
    Predicate<Envelope<?>> admits,
    Predicate<Envelope<?>> cut,
    LongSupplier clock) {}
