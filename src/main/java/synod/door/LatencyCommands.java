package synod.door;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import synod.replica.Spikes;

/** {@code LATENCY}: when commands, and the disk of this replica, took long. */
final class LatencyCommands {
  private static final String COMMAND = "command";

  /** A sync of the journal. */
  private static final String FSYNC = "fsync";

  /** Two minutes of microseconds are 2 to the power of 27. */
  private static final int POWERS = 27;

  private static final String ADVICE =
      "SLOWLOG GET names the commands. A put waits for the disks of a quorum: spikes of puts alone"
          + " are slow syncs,\nspikes of reads as well an election (the log tells of it) or a slow"
          + " network. The event 'fsync' has the syncs of\nthis replica's disk only: ask the others"
          + " too. 'INFO latencystats' has the percentiles.\n";

  private final Hall hall;
  private final Subcommands subcommands;

  LatencyCommands(Hall hall) {
    this.hall = hall;
    this.subcommands =
        new Subcommands(
            "latency",
            List.of(
                Verb.local("latest", 2, "The last and the worst spike of each event", this::latest),
                Verb.local("history", 3, "event: spikes, one a second", this::history),
                Verb.local("reset", -2, "[event...]: forgets them", this::forget),
                Verb.local("histogram", -2, "[command...]: how long they take", this::histogram),
                Verb.local("doctor", 2, "What the spikes mean", this::doctor)));
  }

  Verb verb() {
    return subcommands.verb("How long commands and syncs take");
  }

  private Map<String, Spikes> events() {
    Map<String, Spikes> events = new LinkedHashMap<>();
    events.put(COMMAND, hall.slowlog().spikes());
    events.put(FSYNC, hall.replica().chronicle().slowSyncs());
    return events;
  }

  private void latest(Call call) {
    List<Reply> events = new ArrayList<>();
    events().forEach((name, spikes) -> latest(name, spikes).ifPresent(events::add));
    call.answer(new Reply.Items(events));
  }

  private static Optional<Reply> latest(String name, Spikes spikes) {
    return last(spikes.all())
        .map(
            spike ->
                new Reply.Items(
                    List.of(
                        Reply.text(name),
                        new Reply.Whole(spike.unixSeconds()),
                        new Reply.Whole(spike.ms()),
                        new Reply.Whole(spikes.worst()))));
  }

  private static Optional<Spikes.Spike> last(List<Spikes.Spike> spikes) {
    return spikes.isEmpty() ? Optional.empty() : Optional.of(spikes.get(spikes.size() - 1));
  }

  private void history(Call call) {
    List<Reply> pairs = new ArrayList<>();
    events()
        .forEach(
            (name, spikes) -> {
              if (call.is(2, name)) {
                spikes.all().forEach(spike -> pairs.add(pair(spike)));
              }
            });
    call.answer(new Reply.Items(pairs));
  }

  private static Reply pair(Spikes.Spike spike) {
    return new Reply.Items(
        List.of(new Reply.Whole(spike.unixSeconds()), new Reply.Whole(spike.ms())));
  }

  /** Answers of how many events there was anything. */
  private void forget(Call call) {
    List<String> named = call.words().stream().skip(2).map(word -> word.utf8()).toList();
    long forgotten =
        events().entrySet().stream()
            .filter(it -> named.isEmpty() || named.stream().anyMatch(it.getKey()::equalsIgnoreCase))
            .filter(it -> it.getValue().forget())
            .count();
    call.answer(new Reply.Whole(forgotten));
  }

  private void histogram(Call call) {
    List<String> names = call.arguments().stream().skip(1).map(word -> word.utf8()).toList();
    List<Reply> found = new ArrayList<>();
    hall.commands()
        .times()
        .forEach(
            (name, times) -> {
              boolean asked =
                  names.isEmpty() || names.stream().anyMatch(name.replace('|', ' ')::equals);
              if (times.calls() > 0 && (asked || names.stream().anyMatch(name::equalsIgnoreCase))) {
                found.add(Reply.text(name));
                found.add(histogram(times));
              }
            });
    call.answer(new Reply.Pairs(found));
  }

  /** How many calls took less than each power of two, from the first that any did. */
  private static Reply histogram(CommandTimes times) {
    List<Reply> buckets = new ArrayList<>();
    long before = 0;
    for (int power = 0; power <= POWERS; power++) {
      long below = times.below(power);
      if (below > before) {
        buckets.add(new Reply.Whole(1L << power));
        buckets.add(new Reply.Whole(below));
      }
      before = below;
    }
    return new Reply.Pairs(
        List.of(
            Reply.text("calls"),
            new Reply.Whole(times.calls()),
            Reply.text("histogram_usec"),
            new Reply.Pairs(buckets)));
  }

  private void doctor(Call call) {
    String found =
        found("command", hall.slowlog().spikes())
            + found("sync of this replica's disk", hall.replica().chronicle().slowSyncs());
    call.answer(Reply.text(found + ADVICE));
  }

  private String found(String what, Spikes spikes) {
    long threshold = hall.watching().slow().toMillis();
    int seconds = spikes.all().size();
    return seconds == 0
        ? String.format("No %s took longer than %d ms.\n", what, threshold)
        : String.format(
            "In %s a %s took longer than %d ms, the worst %d ms.\n",
            seconds == 1 ? "1 second" : seconds + " seconds", what, threshold, spikes.worst());
  }
}
