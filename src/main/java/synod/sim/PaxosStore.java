package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import synod.kv.Command;
import synod.kv.Outcome;
import synod.paxos.Bytes;
import synod.paxos.Event;
import synod.paxos.ReplicaId;
import synod.trace.Entry;

/**
 * Five replicas of the store, whole, to which the same clients write. Each asks the next replica
 * that lives; who is cut off asks again: writing the same twice is as good as once.
 */
final class PaxosStore implements Writers.Store, Observer {
  private final World world;
  private final Diary diary;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private final TreeMap<Long, Long> proposed = new TreeMap<>();
  private final TreeMap<Long, Long> rounds = new TreeMap<>();
  private long requests;

  private record Waiting(ReplicaId at, Consumer<Boolean> then) {}

  PaxosStore(Contest contest) {
    this(contest, List.of());
  }

  PaxosStore(Contest contest, List<Observer> watching) {
    List<Observer> all = new ArrayList<>(watching);
    all.add(this);
    this.world = new World(contest.plan(), PlainHost::new, new Observers(all));
    this.diary = new Diary(world.timeline()::now);
    world.onEnd(this::cutOff);
    world.start();
    new Writers(world.timeline(), this, diary).start(contest.seed());
  }

  World world() {
    return world;
  }

  List<Entry> entries() {
    return diary.entries();
  }

  /** Whether a slot was open at that moment: proposed, and not known chosen by the leader. */
  boolean wasInARound(long moment) {
    return rounds.entrySet().stream()
        .anyMatch(round -> round.getKey() < moment && moment < round.getValue());
  }

  Optional<WholeReplica> leader() {
    return world.alive().stream().filter(WholeReplica::leads).findFirst();
  }

  @Override
  public void happened(WholeReplica at, Event event) {
    long now = world.timeline().now();
    if (event instanceof Event.Proposed one) {
      proposed.putIfAbsent(one.slot(), now);
    } else if (event instanceof Event.SlotChosen one && at.leads()) {
      Optional.ofNullable(proposed.remove(one.slot())).ifPresent(began -> rounds.put(began, now));
    } else if (event instanceof Event.Led one) {
      diary.happened(at.self().number(), "proposer", "Led", one.slot(), "at " + one.ballot());
    } else if (event instanceof Event.Suspected) {
      diary.happened(at.self().number(), "elector", "Suspected", 0, event.toString());
    }
  }

  @Override
  public void began(WholeReplica at) {
    diary.happened(at.self().number(), "process", "Began", 0, "the process begins");
  }

  @Override
  public void ended(WholeReplica at) {
    diary.happened(at.self().number(), "process", "Ended", 0, "the process ends");
  }

  // ---------------------------------------------------------------- clients

  @Override
  public void write(String client, List<String> keys, Consumer<Boolean> then) {
    List<WholeReplica> alive = world.alive();
    WholeReplica at = alive.get((client.charAt(1) - '0') % alive.size());
    long request = ++requests;
    waiting.put(request, new Waiting(at.self(), then));
    at.write(put(keys, client), outcome -> told(request, outcome));
  }

  private static Command put(List<String> keys, String client) {
    return new Command.Put(
        keys.stream().map(key -> new Command.Entry(Bytes.utf8(key), Bytes.utf8(client))).toList());
  }

  private void told(long request, Outcome outcome) {
    Optional.ofNullable(waiting.remove(request))
        .ifPresent(one -> one.then().accept(outcome instanceof Outcome.Done));
  }

  private void cutOff(WholeReplica gone) {
    List<Long> lost =
        waiting.entrySet().stream()
            .filter(one -> one.getValue().at().equals(gone.self()))
            .map(Map.Entry::getKey)
            .toList();
    lost.forEach(
        request ->
            Optional.ofNullable(waiting.remove(request))
                .ifPresent(one -> one.then().accept(false)));
  }
}
