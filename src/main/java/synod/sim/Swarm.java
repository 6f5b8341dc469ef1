package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws a run from a seed. Each run has some of the faults and not the others, so that each is seen
 * alone, and with each other (Groce et al., Swarm Testing, 2012).
 */
final class Swarm {
  private static final List<String> ROLES = List.of("acceptor", "learner", "elector", "proposer");
  private static final List<String> TROUBLES =
      List.of(
          "cut-at-write", "cut-before-sync", "cut-after-sync", "fail-write", "fail-sync", "full");
  private static final List<String> WHERE = List.of("before", "midway", "after");

  /** What a role can be caught at. */
  private static final List<List<String>> MESSAGES =
      List.of(
          List.of(
              "acceptor", "Prepare", "Accept", "Confirm", "Hello", "Met", "Durable", "Truncate"),
          List.of("learner", "Accepted", "Journaled", "Proposed", "Chosen", "Fetch", "Learned"),
          List.of("learner", "SnapshotOffer", "FetchSnapshot", "SnapshotPiece"),
          List.of("elector", "Heard", "Leading", "StoodDown", "Token", "TokenAck", "Coordinator"),
          List.of("proposer", "Promise", "Rejected", "Confirmed", "SlotChosen", "Submit", "Read"),
          List.of("proposer", "Lead", "StepDown"));

  /** A family of faults. */
  private enum Fault {
    KILL,
    KILL_MANY,
    CRASH,
    TRAP,
    PAUSE,
    CUT,
    ISOLATE,
    SPLIT,
    DISK,
    COMMIT,
    ROT,
    HANG,
    WIPE,
    DAMAGE,
    PUT_BACK,
    ELECT,
    JUMP
  }

  private final SplittableRandom random;
  private final List<Action> actions = new ArrayList<>();
  private int replicas;
  private boolean leases;

  private Swarm(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static Script draw(long seed) {
    return new Swarm(seed).script(seed);
  }

  private Script script(long seed) {
    Plan plan = plan(new Plan(seed));
    long ms = any(1_500, 3_000, 3_000, 5_000, 8_000);
    List<Fault> faults = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      boolean often = leases && fault == Fault.ELECT;
      if (random.nextInt(often ? 2 : 4) == 0) {
        faults.add(fault);
      }
    }
    long every = any(150, 300, 600, 1_500);
    if (!faults.isEmpty()) {
      for (long at = random.nextLong(every); at < ms; at += 1 + random.nextLong(2 * every)) {
        happen(faults.get(random.nextInt(faults.size())), at);
      }
    }
    return new Script(plan, actions, ms).until(ms);
  }

  // ---------------------------------------------------------------- the world

  private Plan plan(Plan calm) {
    replicas = (int) any(3, 3, 5, 5, 5, 7);
    leases = random.nextInt(3) == 0;
    boolean flexible = random.nextInt(4) == 0;
    int majority = replicas / 2 + 1;
    Plan plan =
        calm.with(Knob.REPLICAS, replicas)
            .with(Knob.PHASE1, flexible ? replicas - 1 : majority)
            .with(Knob.PHASE2, flexible ? 2 : majority)
            .with(Knob.WINDOW, any(1, 2, 4, 4, 16))
            .with(Knob.BATCH_BYTES, any(100, 100, 1_000))
            .with(Knob.RETAIN, any(0, 0, 3, 8, 20))
            .with(Knob.LEASES, leases ? 1 : 0)
            .with(Knob.TICK, any(10, 20, 20, 50))
            .with(Knob.VOTED, random.nextInt(4) == 0 ? 0 : 1);
    return network(clients(clocks(patience(plan))));
  }

  /** By a die of its own. */
  private static Plan patience(Plan plan) {
    int die = new SplittableRandom(plan.seed() + 3).nextInt(4);
    return plan.with(Knob.PATIENCE, die < 2 ? 0 : 30L * (die - 1));
  }

  /** Under leases within what they allow for, up to the bound, and in some runs beyond it. */
  private Plan clocks(Plan plan) {
    long drift = any(0, 10, 40);
    long most = drift == 40 ? 240 : 5 * drift;
    long beyond = new SplittableRandom(plan.seed() + 2).nextInt(6) == 0 ? 300 : 0;
    return leases
        ? plan.with(Knob.DRIFT, drift).with(Knob.SKEW, any(0, most, most) + beyond)
        : plan.with(Knob.SKEW, any(0, 0, 20, 300));
  }

  private Plan clients(Plan plan) {
    return plan.with(Knob.CLIENTS, any(1, 2, 4, 6))
        .with(Knob.KEYS, any(1, 2, 4))
        .with(Knob.THINK, any(10, 60, 200))
        .with(Knob.SESSIONS, any(0, 50, 100))
        .with(Knob.SESSION_TIME, any(300, 2_000, 60_000, 60_000))
        .with(Knob.SESSION_COUNT, any(1, 3, 100, 100))
        .with(Knob.PADDING, random.nextInt(40) == 0 ? 40_000 : 0)
        .with(Knob.ROUND, random.nextInt(8) == 0 ? Integer.MAX_VALUE - 2 : 0)
        .with(Knob.SLOT, random.nextInt(12) == 0 ? Integer.MAX_VALUE - 20 : 0)
        .with(Knob.ORDEAL, random.nextInt(12) == 0 ? any(1, 2) : 0);
  }

  private Plan network(Plan plan) {
    return plan.with(Knob.LOSS, any(0, 0, 10, 50, 150))
        .with(Knob.DOUBLE, any(0, 0, 20, 100))
        .with(Knob.DELAY, any(100, 200, 2_000))
        .with(Knob.JITTER, any(300, 1_000, 10_000, 100_000))
        .with(Knob.LATE, any(0, 0, 5, 30))
        .with(Knob.OLD, any(0, 0, 0, 10))
        .with(Knob.SYNC, any(300, 500, 5_000, 30_000));
  }

  // ---------------------------------------------------------------- what happens

  private void happen(Fault fault, long at) {
    String one = one();
    long later = at + 1 + random.nextLong(any(20, 500, 2_000));
    switch (fault) {
      case KILL -> gone(at, later, one);
      case KILL_MANY -> {
        int many = 2 + random.nextInt(replicas - 1);
        for (int i = 0; i < many; i++) {
          gone(at + random.nextInt(20), later + random.nextInt(200), one());
        }
      }
      case CRASH -> crash(at, ROLES.get(random.nextInt(ROLES.size())), one);
      case TRAP -> trap(at, one);
      case PAUSE -> act(at, "pause", one, any(50, 700, 3_000));
      case CUT -> {
        act(at, "cut", link());
        heals(later);
      }
      case ISOLATE -> {
        act(at, "isolate", one);
        heals(later);
      }
      case SPLIT -> {
        split(at);
        heals(later);
      }
      case DISK -> {
        act(at, "disk", one, TROUBLES.get(random.nextInt(TROUBLES.size())));
        act(later, "mend", one);
        act(later + 1, "start", one);
      }
      case COMMIT -> {
        act(at, "commit", one);
        act(later, "start", one);
      }
      case ROT -> {
        for (int i = 1; i <= replicas; i++) {
          act(at, "rot", i);
        }
      }
      case HANG -> {
        if (random.nextBoolean()) {
          act(at, "hang", one);
        } else {
          act(at, "slow", one, 50);
        }
        act(later, "mend", one);
      }
      case WIPE -> spoil(at, later, List.of("wipe", number()));
      case DAMAGE -> spoil(at, later, List.of("damage", number(), "" + (1 + random.nextInt(6))));
      case PUT_BACK -> putBack(at, later);
      case ELECT -> elect(at);
      case JUMP -> act(at, "jump", one, leases ? 0 : any(100, 2_000));
      default -> throw new IllegalStateException("nothing is known of " + fault);
    }
  }

  /** A proposer where it leads, and again while what its last life has asked for is answered. */
  private void crash(long at, String role, String one) {
    if (!role.equals("proposer")) {
      act(at, "crash", role, one);
      return;
    }
    long next = at;
    for (int lives = 1 + random.nextInt(3); lives > 0; lives--) {
      act(next, "crash", role, "leader");
      next += 1 + random.nextInt(30);
    }
  }

  private void gone(long at, long back, String one) {
    act(at, "kill", one);
    if (one.equals("leader")) {
      for (int i = 1; i <= replicas; i++) {
        act(back, "start", i);
      }
    } else {
      act(back, "start", one);
    }
  }

  private void spoil(long at, long back, List<String> how) {
    String one = how.get(1);
    act(at, "kill", one);
    actions.add(new Action(at + 1, how));
    act(back + 1, "start", one);
    act(back + any(200, 2_000), "readmit", one);
  }

  /** Another process has used the disk since it was copied. */
  private void putBack(long at, long later) {
    String one = number();
    act(at, "kill", one);
    act(at + 1, "back-up", one);
    act(at + 2, "start", one);
    spoil(later + 300, later + 600, List.of("put-back", one));
    if (random.nextBoolean()) {
      act(later + 602, "kill", one);
      act(later + 650, "start", one);
    }
  }

  /** Perhaps at a moment when several acceptors know only what their disks do. */
  private void elect(long at) {
    if (random.nextBoolean()) {
      for (int i = 1; i <= replicas; i++) {
        if (random.nextBoolean()) {
          act(at, "crash", "acceptor", i);
        }
      }
    }
    act(at + any(0, 1, 20), "elect", number());
  }

  private void trap(long at, String one) {
    List<String> messages = MESSAGES.get(random.nextInt(MESSAGES.size()));
    String message = messages.get(1 + random.nextInt(messages.size() - 1));
    act(at, "trap", messages.get(0), one, message, WHERE.get(random.nextInt(WHERE.size())));
  }

  /** Halves, or a bridge: one that reaches both. */
  private void split(long at) {
    int bridge = random.nextInt(2) == 0 ? random.nextInt(replicas) + 1 : 0;
    int border = 1 + random.nextInt(replicas - 1);
    List<Object> words = new ArrayList<>(List.of("cut"));
    for (int a = 1; a <= replicas; a++) {
      for (int b = 1; b <= replicas; b++) {
        if (a != bridge && b != bridge && (a <= border) != (b <= border)) {
          words.add(a + ">" + b);
        }
      }
    }
    act(at, words.toArray());
  }

  private void heals(long later) {
    if (random.nextInt(8) > 0) {
      act(later, "heal");
    }
  }

  private String link() {
    return (1 + random.nextInt(replicas)) + ">" + (1 + random.nextInt(replicas));
  }

  /** Often the leader, whose faults matter most. */
  private String one() {
    return random.nextInt(3) == 0 ? "leader" : number();
  }

  private String number() {
    return Integer.toString(1 + random.nextInt(replicas));
  }

  private void act(long at, Object... words) {
    actions.add(Action.at(at, words));
  }

  private long any(long... values) {
    return values[random.nextInt(values.length)];
  }
}
