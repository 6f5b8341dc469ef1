package synod.replica;

import java.util.function.Consumer;
import synod.kv.Machine;
import synod.paxos.Journal;
import synod.paxos.Message;
import synod.paxos.Network;
import synod.paxos.ReplicaId;
import synod.paxos.Role;

/**
 * What a replica is put together from: in production RocksDB and Artery, in tests memory and links
 * that can be cut.
 *
 * @param memory what outlives the process
 * @param fatal hears why the replica cannot go on
 */
record Wiring(
    ReplicaId self, Settings settings, Memory memory, Hooks hooks, Consumer<String> fatal) {

  /** What is on disk, which life of it this process is, and of which cluster. */
  record Memory(Journal journal, Machine machine, long incarnation, Cluster cluster) {}

  /** Where a test comes between; production uses {@link #none}. */
  interface Hooks {
    /** Comes between the roles and the links. */
    default Network network(Network links) {
      return links;
    }

    /** Comes between an actor and its role. */
    default <M extends Message> Role<M> role(RoleName name, Role<M> role) {
      return role;
    }

    static Hooks none() {
      return new Hooks() {};
    }
  }
}
