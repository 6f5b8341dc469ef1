package synod.sim;

import java.util.Optional;
import java.util.SplittableRandom;
import synod.memory.MemoryJournal;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Life;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;

/** What a replica has on its disk, and what befalls it while the replica is dead. */
final class Storage {
  private final ReplicaId self;
  private final Plan plan;
  private final SplittableRandom random;
  private final Watcher watcher;
  private Disk disk;
  private State state;
  private Optional<Backup> backup = Optional.empty();
  private boolean spoiled;

  private record Backup(Disk disk, State state) {}

  /** Hears of what is held for good, and of what the state applies. */
  interface Watcher extends State.Watcher {
    void durable(Acceptance held);
  }

  Storage(ReplicaId self, Plan plan, SplittableRandom random, Watcher watcher) {
    this.self = self;
    this.plan = plan;
    this.random = random;
    this.watcher = watcher;
    this.disk = newDisk(plan.is(Knob.VOTED) ? Standing.Kind.VOTING : Standing.Kind.FRESH);
    this.state = new State(watcher, random.split());
    if (plan.is(Knob.SLOT)) {
      state.skip(plan.get(Knob.SLOT));
      disk.truncate(plan.get(Knob.SLOT));
      disk.sync();
    }
  }

  private Disk newDisk(Standing.Kind standing) {
    Life life = new Life(1 + random.nextInt(Integer.MAX_VALUE), 1);
    MemoryJournal journal = new MemoryJournal(life, Standing.of(standing));
    long round = plan.get(Knob.ROUND);
    if (round > 0 && standing == Standing.Kind.VOTING) {
      journal.promise(new Ballot(round, new ReplicaId(1)));
      journal.makeBallot(new Ballot(round, self));
      journal.sync();
    }
    return new Disk(journal, random.split(), watcher::durable);
  }

  Disk disk() {
    return disk;
  }

  State state() {
    return state;
  }

  boolean is(Standing.Kind kind) {
    return disk.standing().is(kind);
  }

  boolean hasVoted() {
    return is(Standing.Kind.VOTING) || is(Standing.Kind.RETURNING);
  }

  /** It is a voter's, and has lost nothing or has been made good. */
  boolean isWhole() {
    return !spoiled && hasVoted();
  }

  void madeGood() {
    spoiled = false;
  }

  /** The power is cut. */
  void crash() {
    disk.crash();
    state.crash();
  }

  /** Nothing fails any more. */
  void mend() {
    disk.meets(Disk.Trouble.NONE);
    state.cutAtCommit(false);
  }

  /** It is a new one. */
  void wipe() {
    disk = newDisk(Standing.Kind.FRESH);
    state = new State(watcher, random.split());
    spoiled = true;
  }

  /** Some of what was synced is lost; it will know. */
  void damage(int slots) {
    disk.damage(slots);
    spoiled = true;
  }

  void backUp() {
    backup = Optional.of(new Backup(disk.copy(), state.copy()));
  }

  /** It is as it was backed up, once; false if it was not. */
  boolean putBack() {
    Optional<Backup> old = backup;
    backup = Optional.empty();
    old.ifPresent(this::become);
    return old.isPresent();
  }

  private void become(Backup old) {
    disk = old.disk();
    state = old.state();
    spoiled = true;
  }
}
