package synod.sim;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import synod.paxos.Batch;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Reply;

/** Writes down what a person wants to see of a run, a line each, with the time in ms. */
final class Transcript implements Observer {
  private final Consumer<String> lines;
  private LongSupplier clock = () -> 0;

  Transcript(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void opened(World world) {
    clock = world.timeline()::now;
  }

  private void line(String text) {
    long micros = clock.getAsLong();
    lines.accept(String.format("%6d.%03d %s", micros / 1_000, micros % 1_000, text));
  }

  @Override
  public void received(WholeReplica at, Envelope<?> envelope) {
    line(Words.of(envelope));
  }

  @Override
  public void happened(WholeReplica at, Event event) {
    line(at.self() + "     * " + Words.of(event));
  }

  @Override
  public void applied(WholeReplica at, long slot, Batch batch, List<Reply> replies) {
    line(at.self() + "     applies " + slot + " " + Words.plain(batch));
  }

  @Override
  public void began(WholeReplica at) {
    line(at.self() + " begins: " + at);
  }

  @Override
  public void told(Supplier<String> words) {
    line(words.get());
  }
}
