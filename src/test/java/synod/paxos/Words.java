package synod.paxos;

import java.util.List;
import java.util.Optional;

/** Messages and events in the words of a transcript. */
final class Words {
  private Words() {}

  static String of(Batch batch) {
    String text = batch.commands().utf8();
    boolean small = text.length() <= 32;
    return batch.noOp() ? "no-op" : small ? text : text.charAt(0) + "*" + text.length();
  }

  static String of(List<Acceptance> page) {
    return page.isEmpty() ? "nothing" : listed(page.stream().map(Words::of).toList());
  }

  private static String few(List<Batch> batches) {
    return batches.isEmpty() ? "nothing" : listed(batches.stream().map(Words::of).toList());
  }

  /** Of many the first, the last, and how many there are. */
  static String listed(List<String> words) {
    int many = words.size();
    return many <= 8
        ? String.join(", ", words)
        : words.get(0) + ", ... " + words.get(many - 1) + " (" + many + ")";
  }

  static String of(Acceptance acceptance) {
    return acceptance.slot() + " " + of(acceptance.batch()) + " at " + acceptance.ballot();
  }

  /** Nothing for what the roles of one replica tell each other all the time. */
  static Optional<String> of(Message message) {
    if (message instanceof Message.Prepare m) {
      return Optional.of("prepare " + m.ballot() + " from " + m.from());
    } else if (message instanceof Message.Promise m) {
      String next = m.next() == 0 ? "" : ", next " + m.next();
      return Optional.of(
          "promise " + m.ballot() + ": " + of(m.accepted()) + next + "; chosen " + m.chosen());
    } else if (message instanceof Message.Accept m) {
      String what = m.slot() + " " + of(m.batch());
      return Optional.of("accept " + m.ballot() + ": " + what + "; chosen " + m.chosen());
    } else if (message instanceof Message.Accepted m) {
      return Optional.of("accepted " + m.ballot() + ": " + m.slot());
    } else if (message instanceof Message.Rejected m) {
      return Optional.of("rejected " + m.ballot() + ", promised " + m.promised());
    } else if (message instanceof Message.Chosen m) {
      return Optional.of("chosen " + m.chosen() + " at " + m.ballot());
    } else if (message instanceof Message.Confirm m) {
      return Optional.of("confirm " + m.ballot() + ", round " + m.round());
    } else if (message instanceof Message.Confirmed m) {
      String lease = m.leaseMs() == 0 ? "" : ", lease " + m.leaseMs();
      return Optional.of("confirmed " + m.ballot() + ", round " + m.round() + lease);
    }
    return rarer(message);
  }

  private static Optional<String> rarer(Message message) {
    if (message instanceof Message.Fetch m) {
      return Optional.of("fetch from " + m.from());
    } else if (message instanceof Message.Learned m) {
      return Optional.of(
          "learned from " + m.from() + ": " + few(m.batches()) + "; chosen " + m.chosen());
    } else if (message instanceof Message.Busy m) {
      return Optional.of("busy at " + m.ballot());
    } else if (message instanceof Message.NotLeading m) {
      return Optional.of("not leading, promised " + m.promised());
    } else if (message instanceof Message.ReadIndex m) {
      return Optional.of("read " + m.id() + " may be answered at " + m.slot());
    } else if (message instanceof Message.ProposerStarted) {
      return Optional.of("proposer started");
    }
    return Optional.empty();
  }

  /** Nothing for what the messages beside it say already. */
  static Optional<String> of(Event event) {
    if (event instanceof Event.BallotMade e) {
      return Optional.of("makes ballot " + e.ballot());
    } else if (event instanceof Event.Recovered e) {
      return Optional.of(
          String.format(
              "recovers from slot %s at %s: %s adopted, %s gaps",
              e.from(), e.ballot(), e.adopted(), e.gaps()));
    } else if (event instanceof Event.Led e) {
      return Optional.of("leads at " + e.ballot());
    } else if (event instanceof Event.StoodDown e) {
      return Optional.of("stands down from " + e.ballot() + ": " + e.why());
    } else if (event instanceof Event.Leased e) {
      return Optional.of("leases " + e.ballot() + " from " + e.began() + " for " + e.ms());
    } else if (event instanceof Event.HeldBack e) {
      return Optional.of("holds " + e.ballot() + " back");
    } else if (event instanceof Event.SlotChosen e) {
      return Optional.of("counts " + e.slot() + " chosen at " + e.ballot());
    } else if (event instanceof Event.FellBehind e) {
      return Optional.of("is behind: applied " + e.applied() + " of " + e.chosen());
    } else if (event instanceof Event.CaughtUp e) {
      return Optional.of("has caught up at " + e.applied());
    }
    return Optional.empty();
  }
}
