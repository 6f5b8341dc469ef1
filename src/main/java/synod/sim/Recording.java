package synod.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.ReplicaId;
import synod.trace.Entry;
import synod.trace.Fact;
import synod.trace.Said;
import synod.trace.Saying;

/**
 * Writes down what each replica does and says, for a diagram: what lies between the script's {@code
 * watch} and {@code look-away}, or all until the faults end. State: the entries, and whether it
 * looks.
 */
final class Recording implements Observer {
  /** More than a diagram shows. */
  private static final int MOST = 200_000;

  private final List<Entry> entries = new ArrayList<>();
  private final TreeMap<ReplicaId, Long> places = new TreeMap<>();
  private final long end;
  private boolean watching;
  private LongSupplier clock = () -> 0;

  Recording(Script script) {
    this.watching = script.actions().stream().noneMatch(action -> action.words().contains("watch"));
    this.end = script.ms() * 1_000;
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  @Override
  public void opened(World world) {
    clock = world.timeline()::now;
  }

  @Override
  public void watched(boolean on) {
    watching = on;
  }

  private void write(ReplicaId at, Fact fact) {
    long now = clock.getAsLong();
    if (watching && now <= end && entries.size() < MOST) {
      long place = places.merge(at, 1L, Long::sum);
      entries.add(new Entry(at.number(), place, now, fact));
    }
  }

  @Override
  public void posted(Envelope<?> envelope, long number) {
    if (watching) {
      write(envelope.from(), new Fact.Sent(id(number), envelope.to().number(), said(envelope)));
    }
  }

  @Override
  public void delivered(Envelope<?> envelope, long number) {
    if (watching) {
      write(envelope.to(), new Fact.Received(id(number), envelope.from().number(), said(envelope)));
    }
  }

  @Override
  public void lost(Envelope<?> envelope, long number) {
    if (watching) {
      write(envelope.from(), new Fact.Lost(id(number), envelope.to().number(), said(envelope)));
    }
  }

  private static String id(long number) {
    return "m" + number;
  }

  private static Said said(Envelope<?> envelope) {
    return Saying.of(envelope.message());
  }

  @Override
  public void happened(WholeReplica at, Event event) {
    if (watching) {
      write(at.self(), Saying.happened(event));
    }
  }

  @Override
  public void flushed(WholeReplica at, Kind role, long micros) {
    write(at.self(), new Fact.Synced(role.word(), micros));
  }

  @Override
  public void began(WholeReplica at) {
    write(at.self(), process("Began", "the process begins"));
  }

  @Override
  public void ended(WholeReplica at) {
    write(at.self(), process("Ended", "the process ends: what was not synced may be lost"));
  }

  private static Fact process(String name, String text) {
    return new Fact.Happened("process", name, "", 0, text);
  }
}
