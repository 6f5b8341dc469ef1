package synod.console;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import synod.load.Kind;
import synod.load.Plan;
import synod.load.Run;

/** A small load that a key turns on and off. State: the run, if it is on. For one thread. */
final class TopLoad {
  private static final Plan PLAN = new Plan(Kind.PUT, 4, Plan.MOST_SECONDS, 100);

  private final List<Address> replicas;
  private Optional<Run> run = Optional.empty();

  TopLoad(List<Address> replicas) {
    this.replicas = replicas;
  }

  /** Turns it on or off; says which. */
  String turn() throws CommandFailed {
    if (run.isEmpty()) {
      run = Optional.of(Run.start(PLAN, targets(), progress -> {}));
      return "load on: " + PLAN.clients() + " clients put";
    }
    off();
    return "load off, its keys are removed";
  }

  private List<InetSocketAddress> targets() {
    return replicas.stream().map(a -> new InetSocketAddress(a.host(), a.port())).toList();
  }

  /** Ends it if it is on, and removes its keys. */
  void off() throws CommandFailed {
    if (run.isPresent()) {
      try {
        run.get().end();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      run = Optional.empty();
      new LoadKeys(new Doors(replicas), PLAN).remove();
    }
  }
}
