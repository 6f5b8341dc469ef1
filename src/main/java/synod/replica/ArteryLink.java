package synod.replica;

import akka.actor.typed.ActorRef;
import akka.serialization.Serialization;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.Network;
import synod.paxos.ReplicaId;

/**
 * To one peer. A large envelope goes in pieces; if one is lost, so is the envelope, and whoever
 * sent it sends it again.
 */
final class ArteryLink implements Network {
  /**
   * What is larger goes in pieces. Artery bounds its queue to a peer by the number of messages
   * alone, so this bounds it in bytes: small messages here, pieces in a queue of their own.
   */
  static final int SMALL_BYTES = 16 * 1024;

  /** Artery's frame is 256 KiB; this leaves room for addresses and manifests. */
  static final int PIECE_BYTES = 192 * 1024;

  /** What an incarnation leaves of 63 bits: a process may send so many each ms that it lives. */
  private static final int ID_BITS = 23;

  private final Roles peer;
  private final ActorRef<Piece> pieces;
  private final Serialization serialization;
  private final AtomicLong lastId;

  /**
   * {@code incarnation}: of this process, so that pieces of an earlier one, which the peer may
   * still hold, are never taken for pieces of this one's.
   */
  ArteryLink(Roles peer, ActorRef<Piece> pieces, Serialization serialization, long incarnation) {
    this.peer = peer;
    this.pieces = pieces;
    this.serialization = serialization;
    this.lastId = new AtomicLong(incarnation << ID_BITS);
  }

  @Override
  public void send(Envelope<?> envelope) {
    if (Weight.of(envelope.message()) <= SMALL_BYTES) {
      peer.deliver(envelope);
    } else {
      sendInPieces(envelope.from(), serialization.serialize(envelope).get());
    }
  }

  private void sendInPieces(ReplicaId from, byte[] whole) {
    long id = lastId.incrementAndGet();
    int count = (whole.length + PIECE_BYTES - 1) / PIECE_BYTES;
    for (int i = 0; i < count; i++) {
      int start = i * PIECE_BYTES;
      byte[] part = Arrays.copyOfRange(whole, start, Math.min(start + PIECE_BYTES, whole.length));
      pieces.tell(new Piece(from, id, i, count, Bytes.of(part)));
    }
  }
}
