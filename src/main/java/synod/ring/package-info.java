/**
 * Who should lead: a token with a list goes round the configured ring and nominates a replica
 * (Tanenbaum's ring with a list of the living; Le Lann, Chang and Roberts for the order of tokens).
 * {@link synod.ring.Elector} is the role, {@link synod.ring.Ring} and {@link
 * synod.ring.ElectorSettings} are its configuration; the rest is its own.
 *
 * <p>Pure: time, chance and messages come in as arguments. {@code replica} hosts it, {@code paxos}
 * does not know it.
 *
 * <ol>
 *   <li>The ring nominates, phase 1 elects: whatever comes in here, lost, doubled, stale or forged,
 *       costs time and nothing else.
 *   <li>Nothing here is durable. A restarted elector knows the promise of its acceptor and waits
 *       one whole suspect timeout before it starts a token.
 *   <li>All that is kept is bounded by the number of configured replicas.
 * </ol>
 */
@NullMarked
package synod.ring;

import org.jspecify.annotations.NullMarked;
