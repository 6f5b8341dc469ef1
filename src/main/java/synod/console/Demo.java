package synod.console;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The story of Synod in about a minute: what it survives, and that nothing acknowledged is lost.
 * State: the ledger of what was acknowledged. It fails if the store does not bear the ledger out.
 */
final class Demo {
  private static final int FILL = 1000;
  private static final int LONG_MS = 30_000;
  private static final int WATCH_MS = 2000;

  private final Doors doors;
  private final List<Address> all;
  private final Screen screen;
  private final Launcher launcher;
  private final Ledger ledger;
  private final String prefix = "demo:" + Long.toString(System.currentTimeMillis(), 36) + ":";
  private int step;

  Demo(Doors doors, Screen screen, Launcher launcher) {
    this.doors = doors;
    this.all = doors.all();
    this.screen = screen;
    this.launcher = launcher;
    this.ledger = new Ledger(doors);
  }

  void run() throws CommandFailed {
    watch(LONG_MS, this::isWhole);
    if (!isWhole()) {
      throw new CommandFailed("the demo needs every replica and a leader; 'status' shows them");
    }
    fill();
    everyReplicaServes();
    try (DemoWriters writers = new DemoWriters(all, prefix + "load:")) {
      crashRoles(writers);
      killLeader(writers);
      ledger.putAll(writers.finish());
    }
    compare();
    count();
  }

  private boolean isWhole() {
    StatusView view = StatusView.of(all);
    return view.up().size() == all.size() && view.leader().isPresent();
  }

  private void title(String text) {
    screen.say("");
    screen.say(screen.ink().good(++step + ". " + text));
  }

  private void fill() throws CommandFailed {
    title("Fill the store: " + FILL + " puts, through each replica in turn");
    for (int i = 0; i < FILL; i++) {
      put(all.get(i % all.size()), prefix + "fill:" + i, "value " + i);
    }
    screen.say("   " + FILL + " acknowledged");
  }

  private void put(Address door, String key, String value) throws CommandFailed {
    doors.callAt(door, "SET", key, value);
    ledger.put(key, value);
  }

  private void everyReplicaServes() throws CommandFailed {
    title("Every replica serves every command: put at one, get at the next, delete at the third");
    for (int i = 0; i < all.size(); i++) {
      Address next = all.get((i + 1) % all.size());
      Address third = all.get((i + 2) % all.size());
      String key = prefix + "tour:" + i;
      put(all.get(i), key, "from " + all.get(i).id());
      String found = doors.callAt(next, "GET", key).text();
      doors.callAt(third, "DEL", key);
      ledger.delete(key);
      boolean gone = doors.callAt(all.get(i), "GET", key) instanceof Reply.Nil;
      screen.say(
          String.format(
              "   put at %d; get at %d: '%s'; delete at %d; get at %d: %s",
              all.get(i).id(),
              next.id(),
              found,
              third.id(),
              all.get(i).id(),
              gone ? "gone" : "STILL THERE"));
    }
  }

  private void crashRoles(DemoWriters writers) throws CommandFailed {
    title("Crash each role of the leader while four writers put: supervision restarts it");
    for (String role : Commands.ROLES) {
      StatusView before = StatusView.of(all);
      Address leader = doors.find(String.valueOf(before.leader().orElse(0)));
      int count = writers.count();
      int refused = writers.refused();
      writers.takeLongestMs();
      doors.callAt(leader, "SYNOD", "CRASH", role);
      watch(WATCH_MS, () -> false);
      StatusView after = StatusView.of(all);
      screen.say(
          String.format(
              "   %-8s of replica %d: now %s; leader %s; %d puts, %d refused, longest gap %d ms",
              role,
              leader.id(),
              after.field(leader.id(), "role." + role),
              after.leader().equals(before.leader()) ? "unchanged" : "changed",
              writers.count() - count,
              writers.refused() - refused,
              writers.takeLongestMs()));
    }
  }

  private void killLeader(DemoWriters writers) throws CommandFailed {
    Address leader = doors.find(String.valueOf(StatusView.of(all).leader().orElse(0)));
    List<Address> others = all.stream().filter(address -> !address.equals(leader)).toList();
    title("Kill the leader's process, replica " + leader.id() + ": a token goes round the others");
    int count = writers.count();
    writers.takeLongestMs();
    long began = System.nanoTime();
    try (Events events = new Events(others, (id, text) -> event(began, id, text))) {
      screen.say("   " + events.followed() + " replicas tell what happens:");
      launcher.run("kill", leader);
      watch(LONG_MS, () -> StatusView.of(others).leader().isPresent());
      watch(WATCH_MS, () -> false);
    }
    screen.say(
        String.format(
            "   replica %s leads; %d puts went on, longest gap %d ms",
            StatusView.of(others).leader().map(String::valueOf).orElse("none"),
            writers.count() - count,
            writers.takeLongestMs()));
    title("Start it again: it catches up");
    launcher.run("start", leader);
    watch(LONG_MS, this::isWhole);
  }

  private void event(long began, int id, String text) {
    if (!Events.isRoutine(text)) {
      long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      screen.say(screen.ink().faint(String.format("   %5d ms  replica %d  %s", ms, id, text)));
    }
  }

  private void compare() throws CommandFailed {
    title("Compare all " + all.size() + " stores, slot by slot, and read each whole");
    new Verification(all, screen).run();
  }

  private void count() throws CommandFailed {
    title("Count: what was acknowledged, and what is there");
    List<String> missing = ledger.missing();
    screen.say(
        String.format(
            "   acknowledged %d, there %d, missing %d",
            ledger.size(), ledger.size() - missing.size(), missing.size()));
    if (!missing.isEmpty()) {
      throw new CommandFailed("not as acknowledged: " + missing.stream().limit(10).toList());
    }
    ledger.remove();
    screen.say("   nothing acknowledged was lost; the demo has removed its keys");
  }

  /** Waits until that is so, at most that long. */
  private static void watch(int ms, BooleanSupplier until) throws CommandFailed {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
    try {
      while (System.nanoTime() < end && !until.getAsBoolean()) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted");
    }
  }
}
