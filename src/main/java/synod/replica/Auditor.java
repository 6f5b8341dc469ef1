package synod.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import synod.kv.Audit;
import synod.kv.Machine;

/**
 * Reads a whole store on a thread of its own, so that nobody waits behind it. State: who waits for
 * the audit under way; there is one at a time, however many ask.
 */
final class Auditor implements AutoCloseable {
  private final Machine machine;
  private final Consumer<String> fatal;
  private List<Consumer<Audit>> waiting = new ArrayList<>();
  private boolean closed;

  /** {@code fatal} hears of a store that cannot be read. */
  Auditor(Machine machine, Consumer<String> fatal) {
    this.machine = machine;
    this.fatal = fatal;
  }

  synchronized void audit(Consumer<Audit> then) {
    waiting.add(then);
    if (waiting.size() == 1) {
      Thread thread = new Thread(this::run, "audit");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    try {
      Audit audit = machine.audit();
      takeWaiting().forEach(then -> then.accept(audit));
    } catch (RuntimeException e) {
      takeWaiting();
      if (!isClosed()) {
        fatal.accept("the store cannot be read: " + e.getMessage());
      }
    }
  }

  private synchronized List<Consumer<Audit>> takeWaiting() {
    List<Consumer<Audit>> taken = waiting;
    waiting = new ArrayList<>();
    return taken;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** From now on a store that is closed under an audit is no failure. */
  @Override
  public synchronized void close() {
    closed = true;
  }
}
