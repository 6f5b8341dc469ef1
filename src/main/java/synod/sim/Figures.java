package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import synod.trace.Entry;
import synod.trace.Fact;

/**
 * What the entries of one run say. Moments are microseconds; {@code during} is from the crash until
 * the machine is back, or until the end.
 */
final class Figures {
  private static final String UNSAID = "";

  private final long crash;
  private final long back;
  private final long end;
  private final List<Long> answers = new ArrayList<>();
  private final List<Locked> locks = new ArrayList<>();
  private final TreeMap<String, String> waits = new TreeMap<>();

  /** A key that one copy at least keeps locked. */
  record Locked(String key, long from, long to) {
    long micros() {
      return to - from;
    }
  }

  Figures(List<Entry> entries, Contest contest, long crash) {
    this.crash = crash;
    this.back = contest.back().map(away -> crash + away).orElse(contest.end());
    this.end = contest.end();
    TreeMap<String, TreeSet<Integer>> holders = new TreeMap<>();
    TreeMap<String, Long> since = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.fact() instanceof Fact.Happened one) {
        switch (one.name()) {
          case "Answered" -> answers.add(entry.micros());
          case "Waits" -> waits(entry.micros(), one);
          case "Locked" -> {
            since.putIfAbsent(one.text(), entry.micros());
            holders.computeIfAbsent(one.text(), key -> new TreeSet<>()).add(entry.replica());
          }
          case "Unlocked" -> {
            TreeSet<Integer> left = holders.getOrDefault(one.text(), new TreeSet<>());
            left.remove(entry.replica());
            if (left.isEmpty()) {
              ends(one.text(), since, entry.micros());
            }
          }
          default -> {}
        }
      }
    }
    List.copyOf(since.keySet()).forEach(key -> ends(key, since, end));
  }

  private void ends(String key, Map<String, Long> since, long now) {
    Long from = since.remove(key);
    if (from != null) {
      locks.add(new Locked(key, from, now));
    }
  }

  private void waits(long now, Fact.Happened one) {
    if (now > crash && now <= back) {
      String client = one.text().substring(0, one.text().indexOf(' '));
      String key = one.text().substring(one.text().indexOf(' ') + 1);
      waits.put(client, client + " for " + key + " of transaction " + one.slot());
    }
  }

  List<Long> answers() {
    return List.copyOf(answers);
  }

  List<Locked> locks() {
    return List.copyOf(locks);
  }

  private long answered(long from, long to) {
    return answers.stream().filter(time -> time > from && time <= to).count();
  }

  long before() {
    return answered(0, crash);
  }

  long during() {
    return answered(crash, back);
  }

  long after() {
    return answered(back, end);
  }

  /** The longest time behind the crash in which nobody is answered; it may last until the end. */
  long silence() {
    long longest = 0;
    long last = crash;
    for (long answer : answers) {
      if (answer > crash) {
        longest = Math.max(longest, answer - last);
        last = answer;
      }
    }
    return Math.max(longest, end - last);
  }

  /** Those that the crash found locked, and for how long they were. */
  List<Locked> lockedAtCrash() {
    return locks.stream().filter(lock -> lock.from() <= crash && lock.to() > crash).toList();
  }

  /** Of all keys together, from the crash until the machine is back. */
  long lockedDuring() {
    return locks.stream()
        .mapToLong(l -> Math.max(0, Math.min(l.to(), back) - Math.max(l.from(), crash)))
        .sum();
  }

  long longestLock() {
    return locks.stream().mapToLong(Locked::micros).max().orElse(0);
  }

  boolean isLockedAtTheEnd() {
    return locks.stream().anyMatch(lock -> lock.to() == end && lock.micros() > 100_000);
  }

  /** Who was sent away last because of which lock while the machine was away. */
  String waiters() {
    return waits.isEmpty() ? UNSAID : String.join(", ", waits.values());
  }
}
