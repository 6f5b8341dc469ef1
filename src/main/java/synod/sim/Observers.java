package synod.sim;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import synod.paxos.Acceptance;
import synod.paxos.Batch;
import synod.paxos.Envelope;
import synod.paxos.Event;
import synod.paxos.Reply;

/** Several observers as one. */
final class Observers implements Observer {
  private final List<Observer> all;

  Observers(List<Observer> all) {
    this.all = List.copyOf(all);
  }

  private void each(Consumer<Observer> what) {
    for (int i = 0; i < all.size(); i++) {
      what.accept(all.get(i));
    }
  }

  @Override
  public void opened(World world) {
    each(one -> one.opened(world));
  }

  @Override
  public void sent(WholeReplica from, Envelope<?> envelope) {
    each(one -> one.sent(from, envelope));
  }

  @Override
  public void received(WholeReplica at, Envelope<?> envelope) {
    each(one -> one.received(at, envelope));
  }

  @Override
  public void posted(Envelope<?> envelope, long number) {
    each(one -> one.posted(envelope, number));
  }

  @Override
  public void delivered(Envelope<?> envelope, long number) {
    each(one -> one.delivered(envelope, number));
  }

  @Override
  public void lost(Envelope<?> envelope, long number) {
    each(one -> one.lost(envelope, number));
  }

  @Override
  public void flushed(WholeReplica at, Kind role, long micros) {
    each(one -> one.flushed(at, role, micros));
  }

  @Override
  public void watched(boolean on) {
    each(one -> one.watched(on));
  }

  @Override
  public void happened(WholeReplica at, Event event) {
    each(one -> one.happened(at, event));
  }

  @Override
  public void durable(WholeReplica at, Acceptance acceptance) {
    each(one -> one.durable(at, acceptance));
  }

  @Override
  public void synced(WholeReplica at) {
    each(one -> one.synced(at));
  }

  @Override
  public void applied(WholeReplica at, long slot, Batch batch, List<Reply> replies) {
    each(one -> one.applied(at, slot, batch, replies));
  }

  @Override
  public void installed(WholeReplica at, long before) {
    each(one -> one.installed(at, before));
  }

  @Override
  public void began(WholeReplica at) {
    each(one -> one.began(at));
  }

  @Override
  public void ended(WholeReplica at) {
    each(one -> one.ended(at));
  }

  @Override
  public void crashed(WholeReplica at, Kind role) {
    each(one -> one.crashed(at, role));
  }

  @Override
  public void wiped(WholeReplica at) {
    each(one -> one.wiped(at));
  }

  @Override
  public void backedUp(WholeReplica at) {
    each(one -> one.backedUp(at));
  }

  @Override
  public void putBack(WholeReplica at) {
    each(one -> one.putBack(at));
  }

  @Override
  public void damaged(WholeReplica at) {
    each(one -> one.damaged(at));
  }

  @Override
  public void told(Supplier<String> line) {
    each(one -> one.told(line));
  }
}
