package synod.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Picks what is drawn. State: what was left out, and how often; what is awaited of the slot. */
final class Focus {
  /** What replicas say to each other all the time, or what is known from another message. */
  private static final List<String> CHATTER =
      List.of(
          "ping",
          "pong",
          "heard",
          "progress",
          "known",
          "durable",
          "truncate",
          "journaled",
          "proposed",
          "voting",
          "leader",
          "hello",
          "met",
          "leading",
          "proposer-started",
          "gone");

  private static final List<String> QUIET =
      List.of("ReachChanged", "Stands", "Proposed", "Accepted");

  private final Diagram.Options options;
  private final List<Entry> entries;
  private final Optional<AboutSlot> slot;
  private final TreeMap<String, Integer> leftOut = new TreeMap<>();
  private final TreeSet<String> syncAwaited = new TreeSet<>();
  private final TreeMap<String, Long> firstSlots = new TreeMap<>();

  Focus(Diagram.Options options, List<Entry> entries) {
    this.options = options;
    this.entries = entries;
    this.slot =
        options.slot().isPresent()
            ? Optional.of(new AboutSlot(entries, options.slot().getAsLong()))
            : Optional.empty();
  }

  List<Entry> drawn() {
    List<Entry> drawn = new ArrayList<>();
    for (Entry entry : entries) {
      if (isDrawn(entry)) {
        drawn.add(entry);
      }
    }
    return drawn;
  }

  /** Kinds of messages that are not drawn, with how many were sent. */
  Map<String, Integer> leftOut() {
    return leftOut;
  }

  private boolean isDrawn(Entry entry) {
    if (entry.fact() instanceof Fact.Happened happened) {
      return isDrawn(happened);
    }
    if (entry.fact() instanceof Fact.Synced synced) {
      String who = entry.replica() + synced.role();
      return !isNarrowed() || syncAwaited.remove(who);
    }
    boolean drawn = entry.fact().message().filter(this::isDrawn).isPresent();
    if (drawn) {
      awaitSync(entry);
    } else if (entry.fact() instanceof Fact.Sent sent) {
      leftOut.merge(sent.said().kind(), 1, Integer::sum);
    }
    return drawn;
  }

  private boolean isNarrowed() {
    return slot.isPresent() || options.election();
  }

  /** Whoever gets one of these writes before it answers. */
  private void awaitSync(Entry entry) {
    if (entry.fact() instanceof Fact.Received received
        && (received.said().kind().equals("accept") || received.said().kind().equals("prepare"))) {
      syncAwaited.add(entry.replica() + "acceptor");
    }
  }

  private boolean isDrawn(Said said) {
    boolean answersNobody = said.kind().equals("applied") && said.text().endsWith(", 0 answers");
    if (answersNobody || CHATTER.contains(said.kind())) {
      return false;
    }
    if (slot.isPresent()) {
      return slot.get().has(said);
    }
    return !options.election() || Elections.have(said) || isFirst(said);
  }

  /** The first slot at its ballot: what makes a leader of a candidate. */
  private boolean isFirst(Said said) {
    boolean counts = said.kind().equals("accept") || said.kind().equals("accepted");
    return counts
        && firstSlots.computeIfAbsent(said.ballot(), ballot -> said.slot()) == said.slot();
  }

  private boolean isDrawn(Fact.Happened happened) {
    String name = happened.name();
    if (happened.role().equals("process")) {
      return true;
    }
    if (QUIET.contains(name)
        || (name.equals("Applied") && happened.text().endsWith(", 0 commands"))) {
      return isOfSlot(happened);
    }
    if (slot.isPresent()) {
      return isOfSlot(happened) || name.equals("RoleCrashed");
    }
    return !options.election()
        || Elections.have(happened)
        || (name.equals("SlotChosen")
            && firstSlots.getOrDefault(happened.ballot(), -1L) == happened.slot());
  }

  private boolean isOfSlot(Fact.Happened happened) {
    return slot.filter(one -> one.has(happened)).isPresent();
  }
}
