package synod.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import synod.paxos.Life;
import synod.paxos.Standing;
import synod.paxos.StoreException;

/**
 * How a process begins on a directory: what it reads, and refuses, before it writes anything.
 *
 * <pre>
 *   identity  fence   stores   what it is
 *   none      none    none     new: identity first, then fence, then stores
 *   none      any     any      refused, unless all are missing
 *   whole     whole   any      this replica's; without a journal it has lost what it had
 *   whole     none    none     new: the process before died when it had the identity only
 *   whole     none    some     refused; of format 1: this replica's, and gets a fence
 * </pre>
 *
 * "None" of the fence is: neither copy is whole.
 *
 * @param isNew whether identity and fence must be on disk before there is any store
 * @param notes what a person should know
 */
record Beginning(Identity identity, Marks marks, boolean isNew, List<String> notes) {
  private static final String MOVE =
      "; or move the directory aside and start on an empty one: the replica then comes back as one"
          + " whose disk was wiped";

  static Beginning on(Path data, DataDirectory.Owner owner) {
    Optional<Identity> last = new IdentityFile(data).read();
    FenceFiles.Found fence = FenceFiles.read(data);
    if (last.isEmpty()) {
      refuseNameless(data);
      Identity born = Identity.born(owner);
      return new Beginning(born, fresh(born), true, List.of());
    }
    refuseOthers(data, last.get(), owner);
    return again(data, last.get(), fence, owner);
  }

  private static Beginning again(
      Path data, Identity last, FenceFiles.Found fence, DataDirectory.Owner owner) {
    if (fence.newest().isPresent()) {
      Marks marks = fence.newest().get();
      Identity named = last.format() == 1 ? last.of(marks.directory()) : last;
      refuseStrange(data, named.life(), marks);
      List<String> notes =
          hasStore(data) ? fence.unusable().stream().map(Beginning::damaged).toList() : List.of();
      boolean voted = marks.standing().is(Standing.Kind.VOTING);
      return new Beginning(named.next(owner.cluster(), voted), marks.reopened(), false, notes);
    }
    Identity next = last.next(owner.cluster(), false);
    if (!hasStore(data)) {
      return new Beginning(next, fresh(next), true, List.of());
    }
    if (last.format() != 1) {
      throw new StoreException(
          data
              + " holds a store but no whole copy of its fence: check the disk, and put back"
              + " fence.1 or fence.2 as it was when this replica ran last"
              + MOVE);
    }
    Marks marks = Marks.first(next.life().directory(), Standing.of(Standing.Kind.RETURNING));
    return new Beginning(next, marks, false, List.of());
  }

  private static Marks fresh(Identity identity) {
    return Marks.first(identity.life().directory(), Standing.of(Standing.Kind.FRESH));
  }

  private static String damaged(Path copy) {
    return copy + " was damaged or missing, and is written anew from the other copy";
  }

  private static boolean hasStore(Path data) {
    return Stream.of("journal", "state").anyMatch(name -> Files.exists(data.resolve(name)));
  }

  /** Counting incarnations anew over old state would use old sessions a second time. */
  private static void refuseNameless(Path data) {
    if (hasStore(data) || FenceFiles.in(data).stream().anyMatch(Files::exists)) {
      throw new StoreException(
          data + " holds a store but no file named identity: put that file back" + MOVE);
    }
  }

  private static void refuseOthers(Path data, Identity last, DataDirectory.Owner owner) {
    if (!last.replica().equals(owner.replica())) {
      throw new StoreException(
          String.format(
              "%s is the data directory of replica %s, this is replica %s:"
                  + " give each replica a directory of its own",
              data, last.replica(), owner.replica()));
    }
    String cluster = last.cluster().orElse(owner.cluster());
    if (!cluster.equals(owner.cluster())) {
      throw new StoreException(
          String.format(
              "%s belongs to the cluster %s, and the configuration says cluster = %s:"
                  + " correct the one or the other",
              data, cluster, owner.cluster()));
    }
  }

  private static void refuseStrange(Path data, Life life, Marks marks) {
    if (life.directory() != marks.directory()) {
      throw new StoreException(
          data
              + " holds the identity of one directory and the fence of another: put back all of it"
              + " from one place"
              + MOVE);
    }
  }
}
