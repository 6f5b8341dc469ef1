package synod.console;

/** Threads that do not keep the console alive. */
final class Daemon {
  private Daemon() {}

  static Thread start(String name, Runnable task) {
    Thread thread = of(name, task);
    thread.start();
    return thread;
  }

  /** One that is not started yet. */
  static Thread of(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
