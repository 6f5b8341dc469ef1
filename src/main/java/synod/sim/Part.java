package synod.sim;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Role;

/**
 * A role of a replica, as its host needs it.
 *
 * @param name as production names it
 * @param messages what it understands
 * @param role makes it anew, from what is durable
 * @param writes whether it writes to the journal
 * @param clock ms that never fall
 */
public record Part<M extends Message>(
    String name,
    Class<M> messages,
    Supplier<Role<M>> role,
    boolean writes,
    Outbox.Owner owner,
    LongSupplier clock) {}
