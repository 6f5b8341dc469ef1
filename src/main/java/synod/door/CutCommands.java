package synod.door;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import synod.paxos.ReplicaId;
import synod.replica.Replica;
import synod.replica.Status;

/** {@code SYNOD CUT} and {@code SYNOD HEAL}: this replica's end of a link, lost on purpose. */
final class CutCommands {
  private static final int HEAL_ALL = 2;
  private static final int HEAL_ONE = 3;

  private final Replica replica;

  CutCommands(Replica replica) {
    this.replica = replica;
  }

  List<Verb> verbs() {
    return List.of(
        Verb.local("cut", 3, "replica: loses all to and from it", this::cut),
        Verb.local("heal", -2, "[replica]: ends cut, for all unless given", this::heal));
  }

  private void cut(Call call) {
    withPeer(call, replica::cut);
  }

  private void heal(Call call) {
    if (call.size() == HEAL_ALL) {
      replica.healAll();
      call.answer(Reply.OK);
    } else if (call.size() == HEAL_ONE) {
      withPeer(call, replica::heal);
    } else {
      call.answer(Reply.error("SYNOD HEAL [replica] takes one replica, or none for all"));
    }
  }

  private void withPeer(Call call, Consumer<ReplicaId> then) {
    Optional<ReplicaId> peer = peer(call.text(2));
    peer.ifPresent(then);
    call.answer(peer.isPresent() ? Reply.OK : unknown(call));
  }

  private Optional<ReplicaId> peer(String text) {
    return peers().stream().filter(id -> id.toString().equals(text)).findFirst();
  }

  private List<ReplicaId> peers() {
    return replica.status().ring().stream()
        .map(Status.Peer::id)
        .filter(id -> !id.equals(replica.self()))
        .toList();
  }

  private Reply unknown(Call call) {
    return Reply.error(
        String.format(
            "'%s' is no other replica. Try one of: %s",
            CommandTable.shortened(call.word(2)),
            String.join(", ", peers().stream().map(ReplicaId::toString).toList())));
  }
}
