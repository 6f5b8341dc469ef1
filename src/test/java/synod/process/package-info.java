/**
 * Replicas as real processes, killed and paused by signals. Run after packaging (classes named IT).
 */
@NullMarked
package synod.process;

import org.jspecify.annotations.NullMarked;
