package synod.door;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** {@code SLOWLOG} and {@code MONITOR}: what a door has seen of its commands. */
final class WatchCommands {
  private static final int SHOWN = 10;

  private final Hall hall;
  private final Subcommands slowlog;

  WatchCommands(Hall hall) {
    this.hall = hall;
    this.slowlog =
        new Subcommands(
            "slowlog",
            List.of(
                Verb.local("get", -2, "[count]: slow commands, the last 10", this::get),
                Verb.local("len", 2, "How many are kept", this::length),
                Verb.local("reset", 2, "Forgets them", this::reset)));
  }

  List<Verb> verbs() {
    return List.of(
        slowlog.verb("Commands that took long"),
        new LatencyCommands(hall).verb(),
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
