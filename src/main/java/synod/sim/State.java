package synod.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import synod.kv.Answer;
import synod.kv.Changes;
import synod.kv.Machine;
import synod.kv.Query;
import synod.kv.StateSummary;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Reply;
import synod.paxos.Snapshots;
import synod.paxos.StateMachine;

/**
 * The state machine of a replica over a memory that survives as a store without a log does: up to
 * the last {@link #persist} that has come to its end, and perhaps some slots beyond.
 */
final class State implements StateMachine {
  private final Watcher watcher;
  private final SplittableRandom random;
  private final Store store = new Store();
  private MemoryState image = new MemoryState();
  private long imageSlot;
  private final Deque<Applied> sinceImage = new ArrayDeque<>();
  private Machine machine = Machine.open(store);

  /** What was begun in an earlier one comes to nothing. */
  private int lives;

  private boolean cutAtCommit;

  private record Applied(long slot, Batch batch, boolean kept) {}

  /** A memory of which a power cut leaves the last image, and that can end the process. */
  private final class Store extends MemoryState {
    @Override
    public synchronized void commit(Changes changes) {
      super.commit(changes);
      if (cutAtCommit) {
        throw new PowerCut("at a commit");
      }
    }

    @Override
    public void persist(Runnable then) {
      MemoryState now = copy();
      int life = lives;
      watcher.later(
          () -> {
            if (life == lives) {
              survives(now);
              then.run();
            }
          });
    }

    @Override
    public synchronized void install() {
      super.install();
      lives++;
      survives(copy());
    }
  }

  /** Hears of each applied slot, and finishes in its own time what was begun. */
  interface Watcher {
    void applied(long slot, Batch batch, List<Reply> replies);

    /** A snapshot has replaced the state that had {@code before} applied. */
    void installed(long before);

    void later(Runnable what);
  }

  State(Watcher watcher, SplittableRandom random) {
    this.watcher = watcher;
    this.random = random;
  }

  /** As if so many no-ops had been applied. */
  void skip(long slots) {
    image.begin(slots);
    imageSlot = slots;
    open();
  }

  /** The same as it is on the disk at this moment, to be put back one day. */
  State copy() {
    State copy = new State(watcher, random);
    copy.image = image.copy();
    copy.imageSlot = imageSlot;
    copy.open();
    return copy;
  }

  private void open() {
    store.become(image);
    machine = Machine.open(store);
    sinceImage.clear();
    lives++;
  }

  @Override
  public long applied() {
    return machine.applied();
  }

  @Override
  public List<Reply> apply(long slot, Batch batch, boolean keep) {
    List<Reply> replies = machine.apply(slot, batch, keep);
    sinceImage.add(new Applied(slot, batch, keep));
    watcher.applied(slot, batch, replies);
    return replies;
  }

  @Override
  public Optional<Batch> kept(long slot) {
    return machine.kept(slot);
  }

  @Override
  public void persist() {
    machine.persist();
  }

  @Override
  public long durable() {
    return machine.durable();
  }

  private void survives(MemoryState now) {
    image = now;
    imageSlot = StateSummary.read(now).applied();
    sinceImage.removeIf(applied -> applied.slot() <= imageSlot);
  }

  /** The slot to which a power cut may send it back. */
  long survives() {
    return imageSlot;
  }

  @Override
  public void forget(long slot) {
    machine.forget(slot);
  }

  @Override
  public Snapshots snapshots() {
    return machine.snapshots();
  }

  @Override
  public void install() {
    long before = applied();
    machine.install();
    watcher.installed(before);
  }

  /** The snapshot that was made here is not read as it was written. */
  void rot() {
    store.snapshots().rot();
  }

  /** Whether the process ends at its next commit, which survives. */
  void cutAtCommit(boolean does) {
    cutAtCommit = does;
  }

  /** A process has ended: of the slots since the last image the first may have got to the disk. */
  void crash() {
    if (cutAtCommit) {
      cutAtCommit = false;
      survives(store.copy());
    }
    List<Applied> slots = List.copyOf(sinceImage);
    int survivors = random.nextInt(slots.size() + 1);
    open();
    for (Applied applied : slots.subList(0, survivors)) {
      machine.apply(applied.slot(), applied.batch(), applied.kept());
      sinceImage.add(applied);
    }
  }

  Answer answer(Query query) {
    return machine.answer(query);
  }

  StateSummary summary() {
    return machine.summary();
  }

  /** The summary, with all records counted anew. */
  StateSummary recount() {
    return machine.recount();
  }
}
