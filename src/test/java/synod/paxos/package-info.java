/**
 * The Paxos roles without a shell: tables over every inequality, scripts that read as transcripts
 * of the protocol, and seeded runs that check the invariants after every step.
 *
 * <p>{@link synod.paxos.Cluster} is the world of the last two: processes ({@link synod.paxos.Node})
 * with a disk each, and a network that does what the test says.
 */
@NullMarked
package synod.paxos;

import org.jspecify.annotations.NullMarked;
