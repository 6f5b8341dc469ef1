/**
 * Two-phase commit, to compare with: a coordinator and its participants as plain roles, presumed
 * abort, with cooperative termination. After Gray, "Notes on Data Base Operating Systems" (1978),
 * and Bernstein, Hadzilacos and Goodman, "Concurrency Control and Recovery in Database Systems"
 * (1987), 7.4. The simulator hosts them; nothing of the store uses them.
 *
 * <ol>
 *   <li>A participant that has voted yes decides nothing by itself: it keeps its locks until it
 *       hears the decision.
 *   <li>A vote of yes, and a decision to commit, are durable before they are told.
 *   <li>Of a transaction of which its coordinator knows nothing, the decision is abort.
 * </ol>
 */
@NullMarked
package synod.sim.twophase;

import org.jspecify.annotations.NullMarked;
