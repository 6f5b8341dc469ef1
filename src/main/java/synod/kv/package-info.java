/**
 * The replicated state machine: commands as bytes, what they do to keys and values, and the
 * sessions that let each take effect once. Used by replica (which encodes commands and answers
 * queries) and by store (which implements {@link synod.kv.StateStore}).
 *
 * <p>PURE: no threads, clocks, disks or randomness of its own. Nothing but a batch and its slot
 * decides what applying it does, so that all replicas reach the same state:
 *
 * <ol>
 *   <li>State, sessions and applied slot change together or not at all (rule 10).
 *   <li>A command takes effect in at most one slot, and every repeat gets the first answer (rule
 *       16).
 *   <li>A key that expires does so at the time of the log, in the same slot on all replicas.
 *   <li>All that is kept is bytes in the tables of a {@link synod.kv.StateStore}; what they mean is
 *       decided here alone, the same for a disk and for a memory.
 * </ol>
 */
@NullMarked
package synod.kv;

import org.jspecify.annotations.NullMarked;
