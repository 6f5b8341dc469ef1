package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Runs a {@link Script}: the faults, then the demand. */
final class Run {
  private final Script script;
  private final Host.Maker hosts;
  private final List<Observer> watching;

  Run(Script script, Host.Maker hosts, List<Observer> watching) {
    this.script = script;
    this.hosts = hosts;
    this.watching = watching;
  }

  /** On plain hosts, with nobody watching but the invariants. */
  static Result of(Script script) {
    return new Run(script, PlainHost::new, List.of()).go();
  }

  /**
   * How it ended.
   *
   * @param failure what did not hold; nothing if all did
   * @param chosen slots in which a batch was chosen
   * @param answered what clients were told to be done
   * @param outcomes unknown outcomes that became known because a client asked
   * @param events how often each kind of event has happened
   */
  record Result(
      Optional<Failure> failure,
      int chosen,
      int ballots,
      int answered,
      int outcomes,
      Map<String, Long> events) {

    /** It has chosen nothing, and proves nothing. */
    boolean isEmpty() {
      return chosen == 0;
    }

    @Override
    public String toString() {
      return failure
          .map(Failure::toString)
          .orElse(
              String.format(
                  "sound: %d slots chosen at %d ballots, %d requests done",
                  chosen, ballots, answered));
    }
  }

  /** The violated invariant, such as I4, or the kind of an exception; and what it says. */
  record Failure(String name, String message, Throwable cause) {
    static Failure of(Throwable thrown) {
      String message = String.valueOf(thrown.getMessage());
      boolean named = message.matches("(?s)(I\\d+|wire|endless): .*");
      String name =
          named ? message.substring(0, message.indexOf(':')) : thrown.getClass().getSimpleName();
      return new Failure(name, message, thrown);
    }

    @Override
    public String toString() {
      return message;
    }
  }

  Result go() {
    Invariants invariants = new Invariants(script.plan());
    SlotOrder order = new SlotOrder();
    Coverage coverage = new Coverage();
    List<Observer> all = new ArrayList<>(watching);
    all.addAll(List.of(invariants, order, coverage));
    SplittableRandom random = new SplittableRandom(script.plan().seed() + 1);
    World world = new World(script.plan(), hosts, new Observers(all));
    Clients clients = new Clients(world, order, random.split());
    Optional<Failure> failure = Optional.empty();
    try {
      world.start();
      clients.start();
      new Fate(world).plan(script.actions());
      world.timeline().run(script.ms() * 1_000);
      Demand demand = new Demand(world, clients, random.split());
      if (script.plan().is(Knob.ORDEAL)) {
        demand.ordeal();
      }
      demand.service();
      world.alive().forEach(invariants::recounts);
      clients.check();
    } catch (MayAnswer.Excused e) {
      world.say(() -> "-- the run ends: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      failure = Optional.of(Failure.of(e));
    }
    return new Result(
        failure,
        invariants.chosen(),
        invariants.ballots(),
        clients.answered(),
        clients.outcomes(),
        coverage.counts());
  }
}
