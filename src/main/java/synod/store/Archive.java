package synod.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import synod.kv.StateSummary;
import synod.paxos.StoreException;

/**
 * Whole copies of the state, made while it is applied to. What is asked for is done one after the
 * other on the thread behind, which calls back; nothing is, if the store fails or is closed before.
 */
public final class Archive {
  private final Path data;
  private final RocksState state;

  Archive(Path data, RocksState state) {
    this.data = data.toAbsolutePath().normalize();
    this.state = state;
  }

  /** How a backup ended. */
  public sealed interface Result {
    /** It is durable, and this is what stands in it. */
    record Done(StateSummary state) implements Result {}

    /** There is none, and the store is none the worse for it. */
    record Refused(String why) implements Result {}
  }

  /** Makes a snapshot of what is applied by now. */
  public void snapshot(Consumer<StateSummary> then) {
    state.snapshots().make((files, summary) -> then.accept(summary));
  }

  /**
   * Makes a snapshot of what is applied by now, and copies it: a disk that holds the store and its
   * backup as one and the same file would lose both at once.
   *
   * @param to an absolute path to an empty directory, or to none
   */
  public void backup(Path to, Consumer<Result> then) {
    Optional<String> refusal = refusal(to);
    if (refusal.isPresent()) {
      then.accept(new Result.Refused(refusal.get()));
    } else {
      state.snapshots().make((files, summary) -> then.accept(copy(files, summary, to)));
    }
  }

  RocksSnapshots snapshots() {
    return state.snapshots();
  }

  /** Returns when all is done that had been asked for. */
  void await() {
    state.awaitBehind();
  }

  private Optional<String> refusal(Path to) {
    if (!to.isAbsolute()) {
      return Optional.of(to + " is no absolute path: it is one on the machine of the replica");
    }
    return to.normalize().startsWith(data)
        ? Optional.of(to + " lies within the data directory " + data)
        : Optional.empty();
  }

  /** Whatever goes wrong with the copy is the other disk's affair, and not the store's. */
  private static Result copy(SnapshotFiles files, StateSummary summary, Path to) {
    try {
      Files.createDirectories(to);
      if (!DurableFiles.list(to).isEmpty()) {
        return new Result.Refused(to + " is not empty: name a directory that is not there yet");
      }
      return copyOrClean(files, to)
          .<Result>map(Result.Refused::new)
          .orElseGet(() -> new Result.Done(summary));
    } catch (FileAlreadyExistsException e) {
      return new Result.Refused(to + " is no directory");
    } catch (IOException | StoreException e) {
      return new Result.Refused("cannot write to " + to + ": " + e.getMessage());
    }
  }

  /** Says why there is no copy, if there is none; what there was of it is deleted then. */
  private static Optional<String> copyOrClean(SnapshotFiles files, Path to) {
    try {
      files.copyTo(to);
      return Optional.empty();
    } catch (IOException | StoreException e) {
      DurableFiles.list(to).forEach(DurableFiles::delete);
      return Optional.of("cannot copy to " + to + ": " + e.getMessage());
    }
  }
}
