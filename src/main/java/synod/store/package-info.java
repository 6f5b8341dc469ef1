/**
 * A replica's data directory: RocksDB behind the ports that paxos and kv declare. Used by replica,
 * whose guardian opens and closes it. The only package that imports {@code org.rocksdb}.
 *
 * <ol>
 *   <li>Journal and state are two databases, so that applying never waits behind the acceptor's
 *       sync.
 *   <li>The journal syncs when it is asked to. The state does so behind, now and then: a killed
 *       process loses nothing of it, a power cut a suffix, which the journal and the peers give
 *       back.
 *   <li>What takes long runs on threads of the store. A failure there is a failure of the store.
 *   <li>A snapshot is hard links to files that never change, so that making one copies nothing.
 *       What has its final name is whole and durable.
 *   <li>After a failure a database does nothing any more. A failed sync is indeterminate: after
 *       one, RocksDB has a record after a restart whose write it had reported as failed.
 *   <li>A failure behind the scenes ends the process too: whoever opened the directory hears of it.
 *   <li>A directory belongs to one replica of one cluster, to one process at a time, and knows
 *       which processes it has had.
 *   <li>A journal that has lost what it had synced is recognised by its fence, and then does not
 *       vote. What is damaged beyond that is refused, and nothing is changed.
 * </ol>
 *
 * <pre>
 *   DATA/identity   whose it is, in text
 *   DATA/lock       held by the process that has it open
 *   DATA/fence.*    twice: the standing, and the bounds between which the journal must be
 *   DATA/journal/   promised and own ballot, accepted slots, lives met
 *   DATA/state/N/   keys and values, sessions, applied slot; the highest N is the state
 *   DATA/snapshots/SLOT-ID/   header, and state/: a snapshot that was made here
 *   DATA/incoming/ID/         announced, header and state/: the one that is being received
 *   DATA/reserve    room for a start on a full disk
 * </pre>
 *
 * <p>{@code docs/data-directory.md} tells the operator.
 */
@NullMarked
package synod.store;

import org.jspecify.annotations.NullMarked;
