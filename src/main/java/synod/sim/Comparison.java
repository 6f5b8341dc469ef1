package synod.sim;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import synod.trace.Entry;

/**
 * The same clients, the same seed and the same crash, under two-phase commit and under Paxos.
 *
 * @param crash the moment, in microseconds
 */
record Comparison(Contest contest, long crash, List<Entry> twoPhase, List<Entry> paxos) {
  /** Nowhere within a second behind the wish are both in the middle of a round. */
  static final class NoSuchMoment extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    NoSuchMoment() {
      super("no moment within a second after --crash-ms finds both in mid-round: try another");
    }
  }

  static Comparison of(Contest contest) {
    PaxosStore unharmed = new PaxosStore(contest);
    unharmed.world().timeline().run(contest.crash() + 1_000_000);
    AtomicLong crash = new AtomicLong(-1);
    TwoPhaseWorld world = new TwoPhaseWorld(contest.plan());
    world.trap(
        now -> now >= contest.crash() && unharmed.wasInARound(now),
        site -> {
          crash.set(world.timeline().now());
          site.kill();
          contest.back().ifPresent(away -> world.timeline().in(away, site::start));
        });
    world.start();
    world.timeline().run(contest.end());
    if (crash.get() < 0 || crash.get() > contest.crash() + 1_000_000) {
      throw new NoSuchMoment();
    }
    return new Comparison(
        contest, crash.get(), world.diary().entries(), paxos(contest.at(crash.get()), List.of()));
  }

  static List<Entry> paxos(Contest contest, List<Observer> watching) {
    PaxosStore store = new PaxosStore(contest, watching);
    Timeline timeline = store.world().timeline();
    timeline.at(contest.crash(), () -> fell(store, contest));
    timeline.run(contest.end());
    return store.entries();
  }

  private static void fell(PaxosStore store, Contest contest) {
    WholeReplica leader = store.leader().orElseThrow(NoSuchMoment::new);
    leader.kill("killed");
    contest.back().ifPresent(away -> store.world().timeline().in(away, leader::start));
  }
}
