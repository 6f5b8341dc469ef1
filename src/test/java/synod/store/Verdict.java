package synod.store;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import synod.kv.Machine;
import synod.kv.StateSummary;
import synod.paxos.Acceptance;
import synod.paxos.Bytes;
import synod.paxos.Snapshots;
import synod.paxos.Standing;
import synod.paxos.StoreException;

/**
 * What became of a damage.
 *
 * @param why what a person is told, or what is wrong
 */
record Verdict(Kind kind, String why) {
  enum Kind {
    /** All is as it was. */
    RIGHT,
    /** The state is that of an earlier slot, and comes to the last one from what the peers have. */
    EARLIER,
    /** The acceptor knows that it does not know what it has said. */
    LEARNS,
    /** There is no start. */
    REFUSED,
    /** The first look at the damage ends the process. */
    ENDS,
    /** It serves on what is not what it was. */
    WRONG
  }

  static Verdict on(FullDirectory full, Damage damage, Path place) {
    Directories.copy(full.path, place);
    damage.in(place);
    try {
      Verdict verdict = on(full, damage.file(), place);
      return verdict.kind == Kind.REFUSED ? putBack(full, damage.file(), place, verdict) : verdict;
    } finally {
      Directories.delete(place);
    }
  }

  /** A start that was refused has cost nothing. */
  private static Verdict putBack(FullDirectory full, String file, Path place, Verdict refused) {
    try {
      Files.copy(full.path.resolve(file), place.resolve(file), REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Verdict then = on(full, file, place);
    return then.kind == Kind.RIGHT
        ? refused
        : new Verdict(Kind.WRONG, refused.why + "; and whole again: " + then);
  }

  private static Verdict on(FullDirectory full, String file, Path place) {
    try (DataDirectory data = FullDirectory.open(place)) {
      return new Looking(full, data, file).verdict();
    } catch (StoreException e) {
      String message = String.valueOf(e.getMessage());
      boolean useful = message.contains(place.toString());
      return new Verdict(useful ? Kind.REFUSED : Kind.WRONG, message);
    } catch (RuntimeException e) {
      return new Verdict(Kind.WRONG, "no start, and no reason: " + e);
    }
  }

  /** At an open directory, of which one file was damaged. */
  private record Looking(FullDirectory full, DataDirectory data, String file) {
    Verdict verdict() {
      try {
        Contents found = Contents.of(data);
        Verdict journal = journal(found.journal());
        Verdict state = state(found.state());
        Verdict snapshots = snapshots(found.snapshot());
        return journal.kind != Kind.RIGHT ? journal : state.kind != Kind.RIGHT ? state : snapshots;
      } catch (StoreException e) {
        return new Verdict(Kind.ENDS, String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        return new Verdict(Kind.WRONG, "no answer, and no reason: " + e);
      }
    }

    private Verdict journal(Contents.OfJournal found) {
      Contents.OfJournal whole = full.contents.journal();
      for (Acceptance acceptance : found.accepted()) {
        if (!acceptance.equals(FullDirectory.accepted(acceptance.slot()))) {
          return new Verdict(Kind.WRONG, "another batch in slot " + acceptance.slot());
        }
      }
      Standing standing = data.journal().standing();
      if (standing.is(Standing.Kind.REPAIRING)) {
        return new Verdict(Kind.LEARNS, standing.toString());
      }
      boolean same = found.equals(whole) && standing.is(Standing.Kind.RETURNING);
      return new Verdict(
          same ? Kind.RIGHT : Kind.WRONG,
          "votes with " + found.accepted().size() + " slots of " + whole.accepted().size());
    }

    private Verdict state(Contents.OfState found) {
      Contents.OfState whole = full.contents.state();
      if (found.equals(whole)) {
        return new Verdict(Kind.RIGHT, "");
      }
      StateSummary then = found.summary();
      boolean ofThatSlot = then.applied() == 0 || then.equals(full.trail.get(then.applied()));
      if (!then.equals(found.counted()) || !ofThatSlot) {
        return new Verdict(Kind.WRONG, then + ", counted " + found.counted());
      }
      Machine machine = Machine.open(data.state());
      FullDirectory.after(then.applied())
          .forEach(batch -> machine.apply(machine.applied() + 1, batch, true));
      return new Verdict(
          machine.recount().equals(whole.summary()) ? Kind.EARLIER : Kind.WRONG, "after " + then);
    }

    private Verdict snapshots(Optional<Bytes> made) {
      Snapshots snapshots = data.state().snapshots();
      if (made.isPresent() && !made.equals(full.contents.snapshot())) {
        return new Verdict(Kind.WRONG, "a damaged snapshot is given away");
      }
      if (made.isEmpty() && snapshots.newest().isPresent()) {
        return new Verdict(Kind.WRONG, "a snapshot is offered and not given");
      }
      if (!file.startsWith("incoming") || snapshots.incoming().isEmpty()) {
        return new Verdict(Kind.RIGHT, "");
      }
      while (snapshots.stage() == Snapshots.Stage.RECEIVING) {
        int at = Math.toIntExact(snapshots.received());
        int length = Math.min(10_000, full.incoming.size() - at);
        snapshots.append(Bytes.of(Arrays.copyOfRange(full.incoming.array(), at, at + length)));
      }
      data.archive().await();
      return install(snapshots.stage());
    }

    private Verdict install(Snapshots.Stage stage) {
      if (stage != Snapshots.Stage.SOUND) {
        return new Verdict(Kind.RIGHT, "thrown away");
      }
      Machine machine = Machine.open(data.state());
      machine.install();
      boolean right = machine.summary().equals(machine.recount());
      return new Verdict(right ? Kind.RIGHT : Kind.WRONG, "installed " + machine.summary());
    }
  }
}
