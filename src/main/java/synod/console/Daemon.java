package synod.console;

/** Threads that do not keep the console alive. */
final class Daemon {
  private Daemon() {}

  static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
