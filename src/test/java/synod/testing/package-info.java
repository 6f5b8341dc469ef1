/** Memories behind the ports of paxos and kv, with the faults that tests want of a disk. */
@NullMarked
package synod.testing;

import org.jspecify.annotations.NullMarked;
