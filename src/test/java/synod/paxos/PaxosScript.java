package synod.paxos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import synod.paxos.Node.RoleKind;
import synod.paxos.ProposerSettings.Sizes;

/**
 * What a script can say. Replicas are numbers; a message is named by its class. {@link Checker}
 * watches every step.
 *
 * <pre>
 * cluster 3 [window=4] [batch=8] [waiting=32] [phase1=2] [phase2=2] [lease=0]   a new world
 * lead 1 | submit 1 a b | read 1 7     an elector and gateways at replica 1
 * deliver                              all under way, and what follows from it
 * deliver 1&gt;2 Accept                   the first such message
 * only 1&gt;2 2&gt;1                         all on these links, and what follows from it there
 * drop 1&gt;2 [Accept]                   all such messages
 * lose 1&gt;2 [Accept] | double 1&gt;2       the first such message; it comes once more
 * fetch 1&gt;2 3                          the learner of 1 asks 2 for slot 3
 * tick | run 100                       10 ms for all; ms, with all messages delivered
 * cut 1&gt;2 3 | heal                     one way; all links of a replica
 * crash acceptor 1 | kill 1 | start 1  a role alone; the process, unsynced writes lost
 * hold 2 | sync 2                      the acceptor there does not sync until it is told to
 * commands 1 300                       as many submits, each delivered before the next
 * flying | show [1]                    what is under way; journal and state
 * quiet ...                            without transcript
 * </pre>
 */
final class PaxosScript implements Cluster.Watcher {
  private final StringBuilder out = new StringBuilder();
  private final List<String> to = new ArrayList<>();
  private String sentence = "";
  private Checker checker = new Checker(new Quorums(1, 1));
  private Cluster cluster = new Cluster(1, new Quorums(1, 1), new Sizes(1, 1, 1), this);

  String run(List<String> commands) {
    out.setLength(0);
    commands.forEach(this::run);
    return out.toString();
  }

  private void run(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" +")));
    boolean quiet = words.remove("quiet");
    int before = out.length();
    run(words.remove(0), words);
    endSentence();
    out.setLength(quiet ? before : out.length());
  }

  private void run(String name, List<String> words) {
    switch (name) {
      case "cluster" -> create(words);
      case "deliver" -> deliver(words);
      case "only" -> cluster.deliverAll(envelope -> words.contains(link(envelope)));
      case "drop" -> cluster.flying().removeIf(matching(words));
      case "lose" -> cluster.flying().remove(first(matching(words)));
      case "double" -> cluster.flying().add(first(matching(words)));
      case "commands" -> commands(words.get(0), Integer.parseInt(words.get(1)));
      case "fetch" -> fetch(words.get(0), Long.parseLong(words.get(1)));
      case "tick" -> cluster.tick();
      case "run" -> cluster.run(Long.parseLong(words.get(0)), any -> true);
      case "cut" -> words.forEach(this::cut);
      case "heal" -> cluster.heal();
      case "flying" -> cluster.flying().forEach(this::say);
      case "show" -> (words.isEmpty() ? cluster.processes() : all(words)).forEach(this::show);
      default -> at(name, words);
    }
  }

  private void create(List<String> words) {
    int replicas = Integer.parseInt(words.get(0));
    TreeMap<String, Integer> options = new TreeMap<>();
    for (String word : words.subList(1, words.size())) {
      options.put(word.replaceAll("=.*", ""), Integer.valueOf(word.replaceAll(".*=", "")));
    }
    int majority = replicas / 2 + 1;
    var quorums =
        new Quorums(
            options.getOrDefault("phase1", majority), options.getOrDefault("phase2", majority));
    var sizes =
        new Sizes(
            options.getOrDefault("window", 4),
            options.getOrDefault("batch", 8),
            options.getOrDefault("waiting", 32));
    checker = new Checker(quorums);
    int lease = options.getOrDefault("lease", 0);
    cluster = new Cluster(Cluster.settings(replicas, quorums, sizes), lease, this);
    to.clear();
    out.setLength(0);
  }

  private void deliver(List<String> words) {
    if (words.isEmpty()) {
      cluster.deliverAll(any -> true);
    } else {
      Invariant.check(cluster.deliverFirst(matching(words)), "no %s is under way", words);
    }
  }

  private Envelope<?> first(Predicate<Envelope<?>> which) {
    return cluster.flying().stream().filter(which).findFirst().orElseThrow();
  }

  private static Predicate<Envelope<?>> matching(List<String> words) {
    return envelope ->
        link(envelope).equals(words.get(0))
            && (words.size() == 1
                || envelope.message().getClass().getSimpleName().equals(words.get(1)));
  }

  private static String link(Envelope<?> envelope) {
    return envelope.from() + ">" + envelope.to();
  }

  private void commands(String replica, int count) {
    for (int i = 1; i <= count; i++) {
      cluster.tell(process(replica), new Message.Submit(Bytes.utf8("c" + i)));
      cluster.deliverAll(any -> true);
    }
  }

  private void fetch(String link, long from) {
    ReplicaId asks = process(link.replaceAll(">.*", "")).id();
    ReplicaId asked = process(link.replaceAll(".*>", "")).id();
    cluster.flying().add(new Envelope<>(asks, asked, new Message.Fetch(from)));
  }

  private void cut(String word) {
    for (Node other : cluster.processes()) {
      if (word.contains(">")) {
        cluster.cut(
            process(word.replaceAll(">.*", "")).id(), process(word.replaceAll(".*>", "")).id());
      } else if (!other.equals(process(word))) {
        cluster.cut(process(word).id(), other.id());
        cluster.cut(other.id(), process(word).id());
      }
    }
  }

  /** Commands whose last words are replicas, or a replica and what it gets. */
  private void at(String name, List<String> words) {
    switch (name) {
      case "lead" -> all(words).forEach(cluster::lead);
      case "kill" -> all(words).forEach(process -> process.kill(0));
      case "start" -> all(words).forEach(Node::restart);
      case "hold" -> all(words).forEach(Node::holdSync);
      case "sync" -> all(words).forEach(Node::sync);
      case "submit" -> each(words, word -> new Message.Submit(bytes(word)));
      case "read" -> each(words, word -> new Message.Read(asked(Long.parseLong(word))));
      case "crash" -> {
        RoleKind role = RoleKind.valueOf(words.remove(0).toUpperCase(Locale.ROOT));
        all(words).forEach(process -> process.crash(role));
      }
      default -> throw new AssertionError("no such command: " + name);
    }
  }

  private void each(List<String> words, Function<String, Message> message) {
    Node process = process(words.get(0));
    words.stream().skip(1).map(message).forEach(one -> cluster.tell(process, one));
  }

  /** {@code a*70000} is large. */
  private static Bytes bytes(String word) {
    int star = word.indexOf('*');
    return Bytes.utf8(
        star < 0
            ? word
            : word.substring(0, star).repeat(Integer.parseInt(word.substring(star + 1))));
  }

  private long asked(long id) {
    checker.reads(id);
    return id;
  }

  private List<Node> all(List<String> words) {
    return words.equals(List.of("all"))
        ? cluster.processes()
        : words.stream().map(this::process).toList();
  }

  private Node process(String number) {
    return cluster.process(new ReplicaId(Integer.parseInt(number)));
  }

  private void show(Node process) {
    List<String> applied = process.machine().batches().stream().map(Words::of).toList();
    line(
        String.format(
            "%s %s, promised %s, accepted %s; applied %s",
            process.id(),
            process.isUp() ? "up" : "dead",
            process.journal().promised(),
            Words.of(process.journal().accepted(1, 100_000)),
            applied.isEmpty() ? "nothing" : Words.listed(applied)));
  }

  // ---------------------------------------------------------------- the transcript

  @Override
  public void sent(Node from, Envelope<?> envelope) {
    checker.sent(from, envelope);
    say(envelope);
  }

  /** The same to several is one line. */
  private void say(Envelope<?> envelope) {
    Optional<String> words = Words.of(envelope.message());
    if (words.isEmpty()) {
      return;
    }
    String next = envelope.from() + ">%s " + words.get();
    if (!next.equals(sentence)) {
      endSentence();
      sentence = next;
    }
    to.add(envelope.to().toString());
  }

  private void endSentence() {
    if (!to.isEmpty()) {
      line(String.format(sentence, String.join(",", to)));
    }
    to.clear();
    sentence = "";
  }

  private void line(String line) {
    out.append(line).append('\n');
  }

  @Override
  public void happened(Node at, Event event) {
    checker.happened(at, event);
    Words.of(event).ifPresent(text -> note(at, text));
  }

  @Override
  public void applied(Node at, long slot, Batch batch) {
    checker.applied(at, slot, batch);
    note(at, "applies " + slot + " " + Words.of(batch));
  }

  private void note(Node at, String text) {
    endSentence();
    line(at.id() + " " + text);
  }
}
