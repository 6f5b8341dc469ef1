/**
 * Whole replicas in one thread: the roles, the elector and the gateway as production builds them,
 * over disks with an unsynced tail, clocks of their own and a network that chance drives. The same
 * seed, the same run.
 */
@NullMarked
package synod.world;

import org.jspecify.annotations.NullMarked;
