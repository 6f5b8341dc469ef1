package synod.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** All clients of a run. State: the clients and their threads, whose stacks are small. */
final class Crowd {
  private static final int STACK_BYTES = 192 << 10;
  private static final int ASSEMBLY_MS = 2000;
  private static final int GRACE_MS = 1000;

  /** Longer than a replica keeps a command, so that the answer is the replica's. */
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(15);

  private final Gate gate;
  private final List<Client> clients = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  Crowd(Task task) {
    this.gate = task.gate();
    ByteBuffer value = Requests.value(task.plan().valueBytes());
    for (int i = 0; i < task.plan().clients(); i++) {
      Client client = new Client(i, task, value);
      Thread thread = new Thread(null, client, "load-" + i, STACK_BYTES);
      thread.setDaemon(true);
      clients.add(client);
      threads.add(thread);
    }
  }

  /** Has them connect, and waits for the last, but not for ever. */
  void assemble() throws InterruptedException {
    threads.forEach(Thread::start);
    gate.awaitAll(ASSEMBLY_MS);
  }

  void begin() {
    gate.open();
  }

  /** Takes a connection away from whoever has waited too long. */
  void look(long nowNs) {
    clients.stream().filter(client -> client.hasWaited(PATIENCE_NS, nowNs)).forEach(Client::hangUp);
  }

  /** No more requests. */
  void dismiss() {
    gate.close();
  }

  /** As above; those that are open have a second for their answers, which is waited for. */
  void end() throws InterruptedException {
    dismiss();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GRACE_MS);
    for (Thread thread : threads) {
      TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
    }
    clients.forEach(Client::hangUp);
    for (Thread thread : threads) {
      thread.join(GRACE_MS);
    }
  }
}
