package synod.replica;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.serialization.Serialization;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.ReplicaId;

/**
 * Puts the pieces of large envelopes together. Of each sender it keeps unfinished ones within a
 * bound in bytes: past it the oldest goes, whose missing piece was lost, or will come too late.
 */
final class Reassembly {
  static final String NAME = "pieces";

  /** Of one envelope: what is announced takes a place in an array. */
  private static final int MOST_PIECES = 512;

  private final Map<ReplicaId, Sender> senders = new TreeMap<>();
  private final long bound;
  private final Serialization serialization;
  private final Predicate<Envelope<?>> admits;
  private final Consumer<Envelope<?>> deliver;

  private Reassembly(
      long bound,
      Serialization serialization,
      Predicate<Envelope<?>> admits,
      Consumer<Envelope<?>> deliver) {
    this.bound = bound;
    this.serialization = serialization;
    this.admits = admits;
    this.deliver = deliver;
  }

  static Behavior<Piece> of(
      long bound,
      Serialization serialization,
      Predicate<Envelope<?>> admits,
      Consumer<Envelope<?>> deliver) {
    return Behaviors.setup(
        context -> {
          Reassembly reassembly = new Reassembly(bound, serialization, admits, deliver);
          return Behaviors.receiveMessage(
              piece -> {
                reassembly.take(piece, context.getLog());
                return Behaviors.same();
              });
        });
  }

  private void take(Piece piece, Logger log) {
    if (piece.count() < 1
        || piece.count() > MOST_PIECES
        || piece.index() < 0
        || piece.index() >= piece.count()) {
      log.warn("dropped a piece from replica {} that is out of bounds", piece.from());
      return;
    }
    senders
        .computeIfAbsent(piece.from(), from -> new Sender())
        .add(piece, bound)
        .ifPresent(whole -> deliver(piece.from(), whole, log));
  }

  /** The unfinished envelopes of one replica, in the order in which it sent them. */
  private static final class Sender {
    private final TreeMap<Long, Unfinished> open = new TreeMap<>();
    private long bytes;

    /** The envelope, if this was its last missing piece. */
    Optional<byte[]> add(Piece piece, long bound) {
      Unfinished unfinished = open.computeIfAbsent(piece.id(), id -> new Unfinished(piece.count()));
      bytes += unfinished.add(piece);
      if (unfinished.missing == 0) {
        drop(piece.id(), unfinished);
        return Optional.of(unfinished.whole());
      }
      while (bytes > bound && open.size() > 1) {
        drop(open.firstKey(), open.firstEntry().getValue());
      }
      return Optional.empty();
    }

    private void drop(long id, Unfinished unfinished) {
      open.remove(id);
      bytes -= unfinished.bytes;
    }
  }

  /** State: the pieces that have come. */
  private static final class Unfinished {
    private final Bytes[] pieces;
    private int missing;
    private int bytes;

    Unfinished(int count) {
      pieces = new Bytes[count];
      missing = count;
    }

    /** How many bytes it is larger now. */
    int add(Piece piece) {
      if (piece.count() != pieces.length || pieces[piece.index()] != null) {
        return 0;
      }
      pieces[piece.index()] = piece.bytes();
      missing--;
      bytes += piece.bytes().size();
      return piece.bytes().size();
    }

    byte[] whole() {
      byte[] whole = new byte[bytes];
      int at = 0;
      for (Bytes piece : pieces) {
        System.arraycopy(piece.array(), 0, whole, at, piece.size());
        at += piece.size();
      }
      return whole;
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
