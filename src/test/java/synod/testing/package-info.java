/**
 * What tests of several packages share: memories behind the ports of paxos and kv, with the faults
 * that tests want of a disk, and samples of every message.
 */
@NullMarked
package synod.testing;

import org.jspecify.annotations.NullMarked;
