package synod.process;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisException;
import synod.replica.RoleName;
import synod.replica.Status;

/**
 * Crashes a role that chance picks each second, and kills a process each twenty, which it starts
 * again a while later. State: by replica, what was done to it.
 *
 * <ol>
 *   <li>Never are more than two down; one that was started is down until it serves.
 *   <li>No role crashes so often that supervision gives it up.
 *   <li>Whatever else ends or restarts is a fault.
 * </ol>
 */
final class Trouble {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final List<RoleName> ROLES = List.of(RoleName.values());
  private static final int KILL_EACH = 20;
  private static final int FIRST_KILL = 5;
  private static final int LONGEST_AWAY = 10;
  private static final int MOST_DOWN = 2;

  private final Processes processes;
  private final Random chance;
  private final Map<Integer, Victim> victims = new TreeMap<>();
  private int kills;
  private int crashes;

  Trouble(Processes processes, Random chance) {
    this.processes = processes;
    this.chance = chance;
    Processes.ALL.forEach(id -> victims.put(id, new Victim()));
  }

  /** Makes trouble for so many seconds; then all five are started. */
  void run(int seconds) {
    long began = System.nanoTime();
    for (int second = 1; second <= seconds; second++) {
      LockSupport.parkNanos(began + second * SECOND - System.nanoTime());
      int now = second;
      victims.forEach((id, victim) -> startIfDue(id, victim, now));
      if (second % KILL_EACH == FIRST_KILL) {
        kill(second);
      }
      crash(second);
    }
    victims.forEach((id, victim) -> startIfDue(id, victim, Integer.MAX_VALUE));
  }

  private void startIfDue(int id, Victim victim, int second) {
    if (!victim.isStarted() && victim.awayUntil <= second) {
      victim.begin();
      processes.start(id);
    } else if (victim.isStarted() && !processes.process(id).isAlive()) {
      throw new AssertionError("replica " + id + " ended by itself\n" + processes.lastLines());
    }
  }

  /** One, and now and then a second one, as long as a majority is left. */
  private void kill(int second) {
    List<Integer> serving = serving();
    int room = MOST_DOWN - (Processes.ALL.size() - serving.size());
    int wanted = chance.nextInt(4) == 0 ? 2 : 1;
    for (int id : serving.subList(0, Math.max(0, Math.min(room, wanted)))) {
      processes.process(id).kill();
      victim(id).awayUntil = second + 1 + chance.nextInt(LONGEST_AWAY);
      kills++;
    }
  }

  private void crash(int second) {
    RoleName role = ROLES.get(chance.nextInt(ROLES.size()));
    for (int id : serving()) {
      if (victim(id).mayCrash(role, second)) {
        crash(id, role, second);
        return;
      }
    }
  }

  private void crash(int id, RoleName role, int second) {
    try {
      processes.synod(id, "CRASH", role.toString());
      victim(id).crashed(role, second);
      crashes++;
    } catch (JedisException e) {
      throw new AssertionError("replica " + id + " served, and took no crash", e);
    }
  }

  /** In an order that chance made. */
  private List<Integer> serving() {
    List<Integer> serving = new ArrayList<>(Processes.ALL);
    serving.removeIf(id -> !victim(id).isStarted() || !processes.serves(id));
    serving.forEach(id -> victim(id).serves(() -> processes.status(id)));
    Collections.shuffle(serving, chance);
    return serving;
  }

  private Victim victim(int id) {
    return victims.getOrDefault(id, new Victim());
  }

  /** What a replica says of its past must be what was done to it, and nothing else. */
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    victims.forEach((id, victim) -> victim.compare(processes.status(id), faults));
    return faults;
  }

  String summary() {
    return kills + " processes killed, " + crashes + " roles crashed";
  }

  /** What was done to one replica. */
  private static final class Victim {
    private static final int NOT_AWAY = Integer.MAX_VALUE;
    private static final int MOST_A_MINUTE = 8;

    private final Map<RoleName, List<Integer>> crashes = new TreeMap<>();
    private OptionalLong incarnation = OptionalLong.empty();
    private int awayUntil = NOT_AWAY;

    boolean isStarted() {
      return awayUntil == NOT_AWAY;
    }

    void begin() {
      awayUntil = NOT_AWAY;
      incarnation = OptionalLong.empty();
      crashes.clear();
    }

    /** It serves for the first time since it was started, or again. */
    void serves(Supplier<Status> status) {
      if (incarnation.isEmpty()) {
        incarnation = OptionalLong.of(status.get().incarnation());
      }
    }

    private List<Integer> of(RoleName role) {
      return crashes.computeIfAbsent(role, any -> new ArrayList<>());
    }

    boolean mayCrash(RoleName role, int second) {
      return of(role).stream().filter(then -> then > second - 65).count() < MOST_A_MINUTE;
    }

    void crashed(RoleName role, int second) {
      of(role).add(second);
    }

    void compare(Status status, List<String> faults) {
      if (status.incarnation() != incarnation.orElse(status.incarnation())) {
        faults.add(status.self() + " is in incarnation " + status.incarnation());
      }
      for (Status.Role role : status.roles()) {
        if (role.restarts() != of(role.name()).size()) {
          faults.add(status.self() + ": " + role + ", crashed " + of(role.name()).size());
        }
      }
    }
  }
}
