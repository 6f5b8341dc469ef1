package synod.replica;

import akka.actor.typed.ActorRef;
import akka.serialization.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import synod.paxos.Acceptance;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Network;
import synod.paxos.ReplicaId;

/**
 * To one peer. An envelope that would not fit in a frame goes in pieces; if one is lost, so is the
 * envelope, and whoever sent it sends it again.
 */
final class ArteryLink implements Network {
  /** Artery's frame is 256 KiB; this leaves room for addresses and manifests. */
  static final int MOST_BYTES = 192 * 1024;

  private final Roles peer;
  private final ActorRef<Piece> pieces;
  private final Serialization serialization;
  private final AtomicLong lastId = new AtomicLong();

  ArteryLink(Roles peer, ActorRef<Piece> pieces, Serialization serialization) {
    this.peer = peer;
    this.pieces = pieces;
    this.serialization = serialization;
  }

  @Override
  public void send(Envelope<?> envelope) {
    if (bytesOf(envelope.message()) <= MOST_BYTES) {
      peer.deliver(envelope);
    } else {
      sendInPieces(envelope.from(), serialization.serialize(envelope).get());
    }
  }

  private void sendInPieces(ReplicaId from, byte[] whole) {
    long id = lastId.incrementAndGet();
    int count = (whole.length + MOST_BYTES - 1) / MOST_BYTES;
    for (int i = 0; i < count; i++) {
      int start = i * MOST_BYTES;
      byte[] part = Arrays.copyOfRange(whole, start, Math.min(start + MOST_BYTES, whole.length));
      pieces.tell(new Piece(from, id, i, count, Bytes.of(part)));
    }
  }

  /** What makes a message large: what it carries of clients' bytes. */
  private static long bytesOf(Message message) {
    if (message instanceof Message.Accept accept) {
      return accept.batch().size();
    }
    if (message instanceof Message.Submit submit) {
      return submit.commands().size();
    }
    if (message instanceof Message.Promise promise) {
      return sum(promise.accepted().stream().map(Acceptance::batch).toList());
    }
    if (message instanceof Message.SnapshotPiece piece) {
      return piece.bytes().size();
    }
    if (message instanceof Message.Learned learned) {
      return sum(learned.batches());
    }
    return 0;
  }

  /** With some bytes for each, since small batches are mostly that. */
  private static long sum(List<Batch> batches) {
    return batches.stream().mapToLong(batch -> batch.size() + 64L).sum();
  }
}
