/**
 * Whether a history is linearizable (Herlihy and Wing, 1990): what clients asked and were answered,
 * judged from outside, by nothing of the store's own code. Uses nothing but the JDK, and is used by
 * tests and by {@code run-cluster.sh check}.
 */
@NullMarked
package synod.check;

import org.jspecify.annotations.NullMarked;
