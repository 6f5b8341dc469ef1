/**
 * Memories behind the ports of paxos and kv, with the faults that one wants of a disk: for the
 * simulator and for tests. No replica of a cluster uses them.
 */
@NullMarked
package synod.memory;

import org.jspecify.annotations.NullMarked;
