package synod.door;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import synod.kv.StateSummary;
import synod.replica.Copied;
import synod.replica.Replica;

/** {@code SYNOD SNAPSHOT} and {@code SYNOD BACKUP}: answered when what was asked for is durable. */
final class CopyCommands {
  private final Replica replica;

  CopyCommands(Replica replica) {
    this.replica = replica;
  }

  List<Verb> verbs() {
    return List.of(
        Verb.local("snapshot", 2, "Makes a snapshot now, and answers its slot", this::snapshot),
        Verb.local("backup", 3, "directory: copies a snapshot there, on my machine", this::backup));
  }

  private void snapshot(Call call) {
    replica.snapshot(
        copied ->
            call.answer(
                copied instanceof Copied.Done done
                    ? new Reply.Whole(done.state().applied())
                    : refusal(copied)));
  }

  private void backup(Call call) {
    Optional<Path> to = path(call.text(2));
    if (to.isEmpty() || !to.get().isAbsolute()) {
      call.answer(
          Reply.error(
              "SYNOD BACKUP takes an absolute path on the machine of replica " + replica.self()));
      return;
    }
    replica.backup(
        to.get(),
        copied ->
            call.answer(
                copied instanceof Copied.Done done ? backedUp(done.state()) : refusal(copied)));
  }

  /** As in {@code SYNOD STATUS}, so that the two can be compared. */
  private static Reply backedUp(StateSummary state) {
    return new Reply.Pairs(
        List.of(
            Reply.text("slot"),
            Reply.text(String.valueOf(state.applied())),
            Reply.text("keys"),
            Reply.text(String.valueOf(state.keys())),
            Reply.text("digest"),
            Reply.text(String.format("%016x", state.wholeDigest()))));
  }

  private static Reply refusal(Copied copied) {
    return Reply.error(((Copied.Refused) copied).why());
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException notOne) {
      return Optional.empty();
    }
  }
}
