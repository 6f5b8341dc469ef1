/**
 * The simulator: whole replicas in one thread, driven by a seed alone. The roles, the elector, the
 * gateway, the state machine and the codec are those of production; network, disks, clocks and
 * clients are made here, and break as {@link synod.sim.Plan} says. The same plan and the same
 * actions, the same run, event for event.
 *
 * <p>A run has two phases, after TigerBeetle's simulator: first everything may break, and {@link
 * synod.sim.Invariants} are checked at every step; then a quorum is healed, and must serve.
 *
 * <p>Nothing else may use this package.
 */
@NullMarked
package synod.sim;

import org.jspecify.annotations.NullMarked;
