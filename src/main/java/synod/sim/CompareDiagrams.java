package synod.sim;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;
import synod.trace.Diagram;
import synod.trace.Entry;
import synod.trace.Fact;

/**
 * The round that the crash interrupts, message by message: the transaction that is in doubt, and
 * the slot that was open. What goes on and on meanwhile is left out.
 */
final class CompareDiagrams {
  private static final long BEFORE = 20_000;
  private static final long BEHIND = 130_000;
  private static final long AT_THE_END = 60_000;

  private CompareDiagrams() {}

  static String twoPhase(Comparison runs) {
    long transaction = first(runs.twoPhase(), "Blocked", at -> at > runs.crash());
    long back = runs.crash() + runs.contest().back().orElse(runs.contest().end());
    List<Entry> shown =
        runs.twoPhase().stream()
            .filter(one -> one.replica() != Diary.CLIENTS)
            .filter(one -> isNear(one, runs.crash()) || isNear(one, back, AT_THE_END))
            .toList();
    return diagram(
        "Two-phase commit: transaction " + transaction + " is in doubt", shown, transaction);
  }

  static String paxos(Comparison runs) {
    Contest contest = runs.contest().at(runs.crash());
    Recording recording =
        new Recording(new Script(contest.plan(), List.of(), contest.end() / 1_000));
    Comparison.paxos(contest, List.of(recording));
    List<Entry> all = recording.entries();
    long slot = last(all, "Proposed", at -> at <= runs.crash());
    return diagram("Paxos: slot " + slot + " is open when the leader dies", all, slot);
  }

  private static String diagram(String title, List<Entry> entries, long slot) {
    return Diagram.svg(entries, new Diagram.Options(title, OptionalLong.of(slot), false));
  }

  private static boolean isNear(Entry entry, long crash) {
    return entry.micros() > crash - BEFORE && entry.micros() < crash + BEHIND;
  }

  private static boolean isNear(Entry entry, long back, long behind) {
    return entry.micros() >= back && entry.micros() < back + behind;
  }

  private static long first(List<Entry> entries, String name, LongPredicate when) {
    return numbers(entries, name, when).stream().findFirst().orElse(0L);
  }

  private static long last(List<Entry> entries, String name, LongPredicate when) {
    List<Long> all = numbers(entries, name, when);
    return all.isEmpty() ? 0 : all.get(all.size() - 1);
  }

  private static List<Long> numbers(List<Entry> entries, String name, LongPredicate when) {
    return entries.stream()
        .filter(one -> when.test(one.micros()))
        .filter(one -> one.fact() instanceof Fact.Happened happened && happened.name().equals(name))
        .map(one -> one.fact().slot())
        .toList();
  }
}
