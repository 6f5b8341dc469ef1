package synod.door;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** {@code SLOWLOG}, {@code LATENCY} and {@code MONITOR}: what a door has seen of its commands. */
final class WatchCommands {
  private static final String EVENT = "command";
  private static final int SHOWN = 10;

  /** Two minutes of microseconds are 2 to the power of 27. */
  private static final int POWERS = 27;

  private final Hall hall;
  private final Subcommands slowlog;
  private final Subcommands latency;

  WatchCommands(Hall hall) {
    this.hall = hall;
    this.slowlog =
        new Subcommands(
            "slowlog",
            List.of(
                Verb.local("get", -2, "[count]: slow commands, the last 10", this::get),
                Verb.local("len", 2, "How many are kept", this::length),
                Verb.local("reset", 2, "Forgets them", this::reset)));
    this.latency =
        new Subcommands(
            "latency",
            List.of(
                Verb.local("latest", 2, "The last and the worst spike", this::latest),
                Verb.local("history", 3, "event: spikes, one a second", this::history),
                Verb.local("reset", -2, "[event...]: forgets them", this::forget),
                Verb.local("histogram", -2, "[command...]: how long they take", this::histogram),
                Verb.local("doctor", 2, "What the spikes mean", this::doctor)));
  }

  List<Verb> verbs() {
    return List.of(
        slowlog.verb("Commands that took long"),
        latency.verb("How long commands take"),
        Verb.local("monitor", 1, "Every command from now on, if allowed", this::monitor));
  }

  private void get(Call call) {
    OptionalLong count = call.size() == 2 ? OptionalLong.of(SHOWN) : count(call.text(2));
    if (count.isEmpty() || call.size() > 3) {
      call.answer(Reply.error("SLOWLOG GET [count] takes a number from -1 (all) on"));
      return;
    }
    List<Reply> entries = new ArrayList<>();
    hall.slowlog().newest(count.getAsLong()).forEach(entry -> entries.add(reply(entry)));
    call.answer(new Reply.Items(entries));
  }

  private static OptionalLong count(String word) {
    if (word.equals("-1")) {
      return OptionalLong.of(Slowlog.BOUND);
    }
    return word.matches("[0-9]{1,9}")
        ? OptionalLong.of(Long.parseLong(word))
        : OptionalLong.empty();
  }

  private static Reply reply(Slowlog.Entry entry) {
    List<Reply> words = new ArrayList<>();
    entry.words().forEach(word -> words.add(new Reply.Bulk(word)));
    return new Reply.Items(
        List.of(
            new Reply.Whole(entry.id()),
            new Reply.Whole(entry.unixSeconds()),
            new Reply.Whole(entry.micros()),
            new Reply.Items(words),
            Reply.text(entry.client().address()),
            Reply.text(entry.client().name())));
  }

  private void length(Call call) {
    call.answer(new Reply.Whole(hall.slowlog().size()));
  }

  private void reset(Call call) {
    hall.slowlog().clear();
    call.answer(Reply.OK);
  }

  private void latest(Call call) {
    List<Slowlog.Spike> spikes = hall.slowlog().spikes();
    List<Reply> events = new ArrayList<>();
    if (!spikes.isEmpty()) {
      Slowlog.Spike last = spikes.get(spikes.size() - 1);
      events.add(
          new Reply.Items(
              List.of(
                  Reply.text(EVENT),
                  new Reply.Whole(last.unixSeconds()),
                  new Reply.Whole(last.ms()),
                  new Reply.Whole(hall.slowlog().worst()))));
    }
    call.answer(new Reply.Items(events));
  }

  private void history(Call call) {
    List<Reply> spikes = new ArrayList<>();
    if (call.is(2, EVENT)) {
      hall.slowlog().spikes().forEach(spike -> spikes.add(pair(spike)));
    }
    call.answer(new Reply.Items(spikes));
  }

  private static Reply pair(Slowlog.Spike spike) {
    return new Reply.Items(
        List.of(new Reply.Whole(spike.unixSeconds()), new Reply.Whole(spike.ms())));
  }

  private void forget(Call call) {
    boolean meant =
        call.size() == 2
            || call.words().subList(2, call.size()).stream()
                .anyMatch(word -> word.utf8().equalsIgnoreCase(EVENT));
    call.answer(new Reply.Whole(meant && hall.slowlog().forget() ? 1 : 0));
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
    List<Slowlog.Spike> spikes = hall.slowlog().spikes();
    long threshold = hall.watching().slow().toMillis();
    String found =
        spikes.isEmpty()
            ? "No command took longer than " + threshold + " ms."
            : String.format(
                "In %d seconds a command took longer than %d ms, the worst %d ms.",
                spikes.size(), threshold, hall.slowlog().worst());
    call.answer(
        Reply.text(
            found
                + "\nSLOWLOG GET names the commands. A put waits for the disks of a quorum: spikes"
                + " of puts alone are slow syncs,\nspikes of reads as well an election (the log"
                + " tells of it) or a slow network. 'INFO latencystats' has the percentiles.\n"));
  }

  private void monitor(Call call) {
    if (hall.watching().monitor()) {
      call.then(call.connection()::monitor);
      call.answer(Reply.OK);
    } else {
      call.answer(
          Reply.error(
              "MONITOR is off; it shows every key and value to whoever asks. 'door.monitor = true'"
                  + " in conf/synod.conf and a restart of this replica turn it on"));
    }
  }
}
