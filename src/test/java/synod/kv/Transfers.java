package synod.kv;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;
import synod.paxos.Snapshot;
import synod.paxos.Snapshots;
import synod.paxos.Snapshots.Stage;

/** States to make snapshots of, and their way from one store to another. */
public final class Transfers {
  static final int PIECE = 1_000;

  private static final int KEYS = 1_000;
  private static final long SESSION = new SessionId(new ReplicaId(1), 1).value();

  private Transfers() {}

  /** Applies slots up to this one, each with a put of one of a thousand keys. */
  public static Machine filled(StateStore store, long slots) {
    Machine machine = Machine.open(store);
    for (long slot = machine.applied() + 1; slot <= slots; slot++) {
      machine.apply(slot, put(slot, "key" + slot % KEYS), false);
    }
    // A view is of the tables: so they have it all.
    store.view().close();
    return machine;
  }

  /** A batch that puts the number of the slot. */
  public static Batch put(long slot, String... keys) {
    return put(slot, Bytes.utf8("value of slot " + slot), keys);
  }

  public static Batch put(long slot, Bytes value, String... keys) {
    List<Command.Entry> entries =
        List.of(keys).stream().map(key -> new Command.Entry(Bytes.utf8(key), value)).toList();
    return new Batch(
        slot, Commands.encode(new Ticket(SESSION, slot, slot), new Command.Put(entries)));
  }

  /** Hands over pieces until so many bytes are there. */
  public static void send(Snapshots from, Snapshots to, long until) {
    Snapshot snapshot = to.incoming().orElseThrow();
    while (to.received() < until && to.stage() == Stage.RECEIVING) {
      int most = (int) Math.min(PIECE, until - to.received());
      Bytes piece = from.read(snapshot, to.received(), most).orElseThrow();
      assertTrue(piece.size() > 0 && piece.size() <= most);
      to.append(piece);
    }
  }

  public static void sendAll(Snapshots from, Snapshots to) {
    send(from, to, to.incoming().orElseThrow().bytes());
  }
}
