package synod.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import synod.paxos.Message;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;

/**
 * What a script of an election can say. Replicas are numbers, times are ms.
 *
 * <pre>
 * ring 1 2 3 4 5 [seed=7] [priority=4]      a new world; priority: this replica is preferred;
 *                                           alike=1: all draw the same timeouts
 * start 1 2 | kill 3 | run 500 | elect 2    processes, time, a person
 * crash elector 2 | crash proposer 2        a role alone
 * trap kill 3 receives Token                it dies before it has seen the message
 * trap crash 3 sends TokenAck               its elector crashes, and the message is lost
 * cut 1 2 | cut 1&gt;2 | links 1-3 2-3 | heal   links: cut all but these
 * progress 2 90 [behind] | double 40        prefix of a learner; all tokens twice, ms later
 * stale 3 sends 4 Token 1                   an old message out of nowhere
 * quiet run 500                             without transcript
 * show                                      what each replica says of itself
 * </pre>
 */
final class RingScript {
  private final StringBuilder out = new StringBuilder();
  private Ring ring = Ring.of(List.of(new ReplicaId(1)));
  private World world = new World(ring, ElectorSettings.DEFAULTS, 0, this::say);

  private void say(String line) {
    out.append(line).append('\n');
  }

  String run(List<String> commands) {
    out.setLength(0);
    for (String command : commands) {
      run(command);
    }
    return out.toString();
  }

  private void run(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" +")));
    boolean quiet = words.remove("quiet");
    int before = out.length();
    String name = words.remove(0);
    switch (name) {
      case "ring" -> create(words);
      case "start" -> ids(words).forEach(world::start);
      case "kill" -> ids(words).forEach(world::kill);
      case "run" -> world.run(Long.parseLong(words.get(0)));
      case "elect" -> world.tell(id(words.get(0)), new Message.Elect());
      case "crash" -> crash(words.get(0), id(words.get(1)));
      case "trap" -> trap(words);
      case "cut" -> cut(words);
      case "links" -> links(words);
      case "heal" -> world.heal();
      case "progress" -> progress(words);
      case "double" -> world.doubleTokens(Long.parseLong(words.get(0)));
      case "stale" -> stale(words);
      case "show" -> show();
      default -> throw new AssertionError("no such command: " + command);
    }
    out.setLength(quiet ? before : out.length());
  }

  private void create(List<String> words) {
    long seed = option(words, "seed", 1);
    boolean alike = option(words, "alike", 0) == 1;
    int preferred = (int) option(words, "priority", 0);
    List<ReplicaId> replicas = ids(words);
    Map<ReplicaId, Integer> priorities = new TreeMap<>();
    if (preferred > 0) {
      priorities.put(new ReplicaId(preferred), 1);
    }
    ring = new Ring(replicas, priorities, Quorums.majority(replicas.size()));
    world = new World(ring, ElectorSettings.DEFAULTS, seed, this::say);
    if (alike) {
      world.makeAlike();
    }
  }

  private static long option(List<String> words, String name, long otherwise) {
    List<String> found = words.stream().filter(word -> word.startsWith(name + "=")).toList();
    words.removeAll(found);
    return found.stream()
        .mapToLong(word -> Long.parseLong(word.substring(name.length() + 1)))
        .findFirst()
        .orElse(otherwise);
  }

  private void crash(String role, ReplicaId replica) {
    switch (role) {
      case "elector" -> world.crashElector(replica);
      case "proposer" -> world.crashProposer(replica);
      default -> throw new AssertionError("no such role: " + role);
    }
  }

  private void trap(List<String> words) {
    boolean process = words.get(0).equals("kill");
    boolean sending = words.get(2).equals("sends");
    world.set(new World.Trap(id(words.get(1)), sending, words.get(3), process));
  }

  private void cut(List<String> words) {
    if (words.size() == 1) {
      String link = words.get(0);
      int arrow = link.indexOf('>');
      world.cut(id(link.substring(0, arrow)), id(link.substring(arrow + 1)));
    } else {
      world.cut(id(words.get(0)), id(words.get(1)));
      world.cut(id(words.get(1)), id(words.get(0)));
    }
  }

  private void links(List<String> kept) {
    for (ReplicaId a : ring.replicas()) {
      for (ReplicaId b : ring.replicas()) {
        if (!a.equals(b) && !kept.contains(a + "-" + b) && !kept.contains(b + "-" + a)) {
          world.cut(a, b);
        }
      }
    }
  }

  private void progress(List<String> words) {
    long chosen = Long.parseLong(words.get(1));
    world.tell(id(words.get(0)), new Message.Progress(chosen, words.contains("behind")));
  }

  /** A token with an empty path, or an announcement that the receiver has won. */
  private void stale(List<String> words) {
    ReplicaId from = id(words.get(0));
    ReplicaId to = id(words.get(2));
    long round = Long.parseLong(words.get(4));
    world.tell(
        from,
        to,
        words.get(3).equals("Token")
            ? new Message.Token(round, from, List.of(), false)
            : new Message.Coordinator(round, from, to, List.of()));
  }

  private void show() {
    for (ReplicaId replica : world.alive()) {
      Elector elector = world.elector(replica);
      say(
          String.format(
              "       %s %s %s, gateway %s, reaches %s",
              replica,
              elector.state(),
              elector.leaderBallot(),
              world.gateway(replica),
              Story.ids(elector.reach(world.now()))));
    }
  }

  private List<ReplicaId> ids(List<String> words) {
    return words.equals(List.of("all"))
        ? ring.replicas()
        : words.stream().map(RingScript::id).toList();
  }

  private static ReplicaId id(String word) {
    return new ReplicaId(Integer.parseInt(word));
  }
}
