/**
 * A replica's data directory: RocksDB behind the ports that paxos and kv declare. Used by replica,
 * whose guardian opens and closes it. The only package that imports {@code org.rocksdb}.
 *
 * <ol>
 *   <li>Journal and state are two databases, so that applying never waits behind the acceptor's
 *       sync.
 *   <li>The journal syncs when it is asked to. The state never does: a killed process loses nothing
 *       of it, a power cut a suffix, which the journal and the peers give back.
 *   <li>After a failure a database does nothing any more. A failed sync is indeterminate: after
 *       one, RocksDB has a record after a restart whose write it had reported as failed.
 *   <li>A directory belongs to one replica, to one process at a time, and counts its incarnations.
 * </ol>
 *
 * <pre>
 *   DATA/identity   whose it is, in text
 *   DATA/lock       held by the process that has it open
 *   DATA/journal/   promised and own ballot, accepted slots
 *   DATA/state/     keys and values, sessions, applied slot
 * </pre>
 */
@NullMarked
package synod.store;

import org.jspecify.annotations.NullMarked;
