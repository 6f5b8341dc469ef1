package synod.replica;

import synod.paxos.Bytes;
import synod.paxos.ReplicaId;

/**
 * A part of an envelope that is too large for one of Artery's frames.
 *
 * @param id tells the envelopes of one sender apart
 * @param index counts the parts from 0 to {@code count - 1}
 */
record Piece(ReplicaId from, long id, int index, int count, Bytes bytes) {}
