package synod.store;

import java.nio.file.Path;
import java.util.function.Consumer;
import synod.kv.Machine;
import synod.kv.Transfers;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Batch;
import synod.paxos.Invariant;
import synod.paxos.Journal;
import synod.paxos.Snapshots.Stage;
import synod.paxos.Standing;
import synod.paxos.StoreException;

/**
 * Everything that a replica does with its data directory, in few steps: it votes, applies, makes a
 * snapshot, truncates, takes over the snapshot of another and votes again. Says each thing once it
 * is durable, as an acceptor does. Goes on with whatever an earlier run left.
 */
final class ShortRun {
  private static final int VOTES = 3;
  private static final long CLUSTER_ID = 7;

  private final Journal journal;
  private final RocksState state;
  private final Machine machine;
  private final Offer offer;
  private final Consumer<String> says;

  private ShortRun(DataDirectory data, Offer offer, Consumer<String> says) {
    this.journal = data.journal();
    this.state = (RocksState) data.state();
    this.machine = Machine.open(state);
    this.offer = offer;
    this.says = says;
  }

  /** A process that runs once: on a directory, with an offer. Ends as a replica does. */
  public static void main(String[] arguments) {
    DataDirectory.Manner manner = new DataDirectory.Manner(true, 1, ShortRun::endSoon);
    Path path = Path.of(arguments[0]);
    try {
      DataDirectory data = DataDirectory.open(path, Directories.OWNER, manner);
      Runtime.getRuntime().addShutdownHook(new Thread(data::close));
      run(data, Offer.in(Path.of(arguments[1])), System.out::println);
      data.close();
    } catch (StoreException e) {
      endSoon(String.valueOf(e.getMessage()));
    }
  }

  private static void endSoon(String why) {
    System.out.println("ended " + why);
    new Thread(() -> System.exit(1)).start();
  }

  static void run(DataDirectory data, Offer offer, Consumer<String> says) {
    says.accept("incarnation " + data.life().incarnation());
    data.found(CLUSTER_ID);
    new ShortRun(data, offer, says).run();
    says.accept("done 1");
  }

  private void run() {
    journal.stand(Standing.of(Standing.Kind.VOTING));
    says.accept("voting 1");
    vote();
    state.snapshots().make();
    truncate();
    if (machine.applied() < Offer.SLOT) {
      takeOver();
    }
    vote();
  }

  private void vote() {
    Ballot ballot = journal.promised().next(Directories.OWNER.replica());
    journal.promise(ballot);
    journal.makeBallot(ballot);
    journal.sync();
    says.accept("promised " + ballot.round());
    long last = Math.max(journal.highest(), machine.applied()) + VOTES;
    for (long slot = machine.applied() + 1; slot <= last; slot++) {
      journal.accept(new Acceptance(slot, ballot, batch(slot)));
      journal.sync();
      says.accept("accepted " + slot);
      machine.apply(slot, batch(slot), true);
    }
  }

  static Batch batch(long slot) {
    return Transfers.put(slot, "key" + slot % 3);
  }

  private void truncate() {
    machine.persist();
    state.awaitBehind();
    journal.truncate(machine.durable());
    machine.forget(machine.durable());
    journal.sync();
    says.accept("truncated " + journal.truncated());
  }

  private void takeOver() {
    offer.sendTo(state.snapshots());
    state.awaitBehind();
    Invariant.check(state.snapshots().stage() == Stage.SOUND, "%s", state.snapshots().stage());
    machine.install();
    says.accept("installed " + machine.applied());
    truncate();
  }
}
