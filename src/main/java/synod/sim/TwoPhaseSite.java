package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import synod.sim.twophase.Coordinator;
import synod.sim.twophase.LogRecord;
import synod.sim.twophase.Message;
import synod.sim.twophase.Participant;
import synod.sim.twophase.Site;
import synod.sim.twophase.Transaction;
import synod.sim.twophase.Verdict;
import synod.trace.Fact;

/** A machine of a two-phase commit: its roles, while it lives, and its disk. */
final class TwoPhaseSite implements Site {
  private static final long TICK = 20_000;

  private final int self;
  private final TwoPhaseWorld world;
  private final List<LogRecord> disk = new ArrayList<>();
  private Optional<Coordinator> coordinator = Optional.empty();
  private Optional<Participant> participant = Optional.empty();
  private final List<Consumer<Verdict>> clients = new ArrayList<>();
  private int life;
  private boolean up;
  private long diskFree;

  TwoPhaseSite(int self, TwoPhaseWorld world) {
    this.self = self;
    this.world = world;
  }

  boolean isUp() {
    return up;
  }

  boolean holdsLocks() {
    return participant.map(Participant::holdsLocks).orElse(false);
  }

  void start() {
    if (up) {
      return;
    }
    up = true;
    life++;
    world.diary().happened(self, "process", "Began", 0, "the process begins");
    coordinator = Optional.of(new Coordinator(self, TwoPhaseWorld.COPIES, this, List.copyOf(disk)));
    if (TwoPhaseWorld.COPIES.contains(self)) {
      participant =
          Optional.of(new Participant(self, TwoPhaseWorld.COPIES, this, List.copyOf(disk)));
    }
    tick(life);
  }

  private void tick(int of) {
    if (of == life && up) {
      coordinator.ifPresent(Coordinator::tick);
      participant.ifPresent(Participant::tick);
      world.timeline().in(TICK, () -> tick(of));
    }
  }

  /** What was not synced is lost, and whoever waits for an answer finds the connection closed. */
  void kill() {
    if (!up) {
      return;
    }
    up = false;
    life++;
    diskFree = 0;
    coordinator = Optional.empty();
    participant = Optional.empty();
    world.diary().happened(self, "process", "Ended", 0, "the process ends");
    List<Consumer<Verdict>> waiting = List.copyOf(clients);
    clients.clear();
    waiting.forEach(client -> client.accept(new Verdict.Aborted(0, "")));
  }

  void begin(Transaction transaction, Consumer<Verdict> client) {
    clients.add(client);
    coordinator.orElseThrow().begin(transaction, verdict -> answer(client, verdict));
  }

  private void answer(Consumer<Verdict> client, Verdict verdict) {
    clients.remove(client);
    client.accept(verdict);
  }

  void receive(int from, Message message) {
    coordinator.ifPresent(role -> role.receive(from, message));
    participant.ifPresent(role -> role.receive(from, message));
  }

  @Override
  public void send(int to, Message message) {
    world.send(self, to, message);
  }

  /** One sync after the other; at its end the record is durable, and may be told of. */
  @Override
  public void write(LogRecord entry, Runnable then) {
    int writer = life;
    long took = world.syncTime();
    diskFree = Math.max(diskFree, world.timeline().now()) + took;
    world.timeline().at(diskFree, () -> synced(entry, took, writer, then));
  }

  private void synced(LogRecord entry, long took, int writer, Runnable then) {
    if (writer != life) {
      return;
    }
    disk.add(entry);
    String role = entry instanceof LogRecord.Committed ? "coordinator" : "participant";
    world.diary().write(self, new Fact.Synced(role, took));
    world.durable(this, entry);
    if (writer == life) {
      then.run();
    }
  }

  @Override
  public void happened(String name, long number, String text) {
    String role = name.equals("Decided") ? "coordinator" : "participant";
    world.diary().happened(self, role, name, number, text);
  }

  @Override
  public long now() {
    return world.timeline().now() / 1_000;
  }
}
