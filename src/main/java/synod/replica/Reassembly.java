package synod.replica;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.serialization.Serialization;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.ReplicaId;

/**
 * Puts the pieces of large envelopes together. It keeps at most {@link #MOST_OPEN} unfinished ones
 * of each sender, and none of more than {@link #MOST_PIECES} pieces.
 */
final class Reassembly {
  static final String NAME = "pieces";
  private static final int MOST_OPEN = 16;
  private static final int MOST_PIECES = 512;

  private final Map<ReplicaId, TreeMap<Long, Unfinished>> open = new TreeMap<>();
  private final Serialization serialization;
  private final Predicate<Envelope<?>> admits;
  private final Consumer<Envelope<?>> deliver;

  private Reassembly(
      Serialization serialization, Predicate<Envelope<?>> admits, Consumer<Envelope<?>> deliver) {
    this.serialization = serialization;
    this.admits = admits;
    this.deliver = deliver;
  }

  static Behavior<Piece> of(
      Serialization serialization, Predicate<Envelope<?>> admits, Consumer<Envelope<?>> deliver) {
    return Behaviors.setup(
        context -> {
          Reassembly reassembly = new Reassembly(serialization, admits, deliver);
          return Behaviors.receiveMessage(
              piece -> {
                reassembly.take(piece, context.getLog());
                return Behaviors.same();
              });
        });
  }

  private static final class Unfinished {
    private final Bytes[] pieces;
    private int missing;

    Unfinished(int count) {
      pieces = new Bytes[count];
      missing = count;
    }

    boolean add(Piece piece) {
      if (piece.count() == pieces.length && pieces[piece.index()] == null) {
        pieces[piece.index()] = piece.bytes();
        missing--;
      }
      return missing == 0;
    }

    byte[] whole() {
      int size = 0;
      for (Bytes piece : pieces) {
        size += piece.size();
      }
      byte[] whole = new byte[size];
      int at = 0;
      for (Bytes piece : pieces) {
        System.arraycopy(piece.array(), 0, whole, at, piece.size());
        at += piece.size();
      }
      return whole;
    }
  }

  private void take(Piece piece, Logger log) {
    if (piece.count() < 1
        || piece.count() > MOST_PIECES
        || piece.index() < 0
        || piece.index() >= piece.count()) {
      log.warn("dropped a piece from replica {} that is out of bounds", piece.from());
      return;
    }
    TreeMap<Long, Unfinished> ofSender =
        open.computeIfAbsent(piece.from(), sender -> new TreeMap<>());
    Unfinished unfinished =
        ofSender.computeIfAbsent(piece.id(), id -> new Unfinished(piece.count()));
    if (unfinished.add(piece)) {
      ofSender.remove(piece.id());
      deliver(piece.from(), unfinished.whole(), log);
    }
    while (ofSender.size() > MOST_OPEN) {
      ofSender.pollFirstEntry();
    }
  }

  private void deliver(ReplicaId sender, byte[] whole, Logger log) {
    Envelope<?> envelope = serialization.deserialize(whole, Envelope.class).get();
    if (envelope.from().equals(sender) && admits.test(envelope)) {
      deliver.accept(envelope);
    } else {
      log.warn("dropped a large envelope from {}: not for this replica", envelope.from());
    }
  }
}
