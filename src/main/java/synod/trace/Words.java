package synod.trace;

import java.util.List;
import java.util.stream.Collectors;
import synod.kv.CommandRange;
import synod.kv.Commands;
import synod.kv.Malformed;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Message;
import synod.paxos.ReplicaId;

/** Makes a {@link Said} of one message, from one role to another. */
record Words(Message message, String from, String to) {

  /** With no ballot and no slot. */
  Said says(String text) {
    return says("", 0, text);
  }

  /** With a ballot and no slot. */
  Said says(Ballot ballot, String text) {
    return says(ballot, 0, text);
  }

  Said says(Ballot ballot, long slot, String text) {
    return says(text(ballot), slot, text);
  }

  /** With a slot and no ballot. */
  Said says(long slot, String text) {
    return says("", slot, text);
  }

  private Said says(String ballot, long slot, String text) {
    String kind = Saying.kind(message);
    return new Said(kind, from, to, ballot, slot, text);
  }

  static String text(Ballot ballot) {
    return ballot.equals(Ballot.NONE) ? "" : ballot.toString();
  }

  /** For the middle of a sentence. */
  static String orNone(Ballot ballot) {
    return ballot.equals(Ballot.NONE) ? "none" : ballot.toString();
  }

  /** Which commands they are; none if they are none at all: anyone can send anything. */
  static List<CommandRange> commands(Bytes payload) {
    try {
      return Commands.ranges(payload);
    } catch (Malformed e) {
      return List.of();
    }
  }

  static String batch(Batch batch) {
    return batch.noOp() ? "a no-op" : batch.commands().size() + " bytes of commands";
  }

  static String ids(List<ReplicaId> replicas) {
    return replicas.stream().map(ReplicaId::toString).collect(Collectors.joining(" "));
  }

  static String path(List<Message.TokenEntry> path) {
    return ids(path.stream().map(Message.TokenEntry::replica).toList());
  }
}
