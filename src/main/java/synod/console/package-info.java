/**
 * A person's terminal, and the same commands for scripts. It stands above the door and knows Synod
 * only as any client does, by RESP over TCP: nothing here imports another package of Synod but
 * {@code synod.load}, which does not either, so that it loads few classes and starts in a fraction
 * of a second. {@code run-cluster.sh} starts it, and tells it where the replicas are; started and
 * killed they are by calling that script back.
 *
 * <p>Invariants: 1. A command whose outcome is unknown is never sent a second time by itself. 2.
 * What goes to a file or a pipe bears no colour and is cut to no width. 3. A command that fails
 * says what was wrong and what to do, and counts in the exit code.
 */
@NullMarked
package synod.console;

import org.jspecify.annotations.NullMarked;
