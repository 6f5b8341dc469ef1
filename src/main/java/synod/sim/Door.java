package synod.sim;

import java.util.function.Consumer;
import synod.kv.Command;
import synod.kv.Gateway;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Outbox;

/**
 * The way of clients into a replica, for one life of its process. The gateway does not crash alone:
 * it owns commands that nobody else knows.
 */
final class Door {
  private final Gateway gateway;
  private final Outbox out;

  Door(Gateway gateway, Outbox out, long now) {
    this.gateway = gateway;
    this.out = out;
    gateway.start(now, out);
  }

  void tick(long now) {
    gateway.tick(now, out);
    out.release();
  }

  void receive(Envelope<Message.ToGateway> envelope) {
    gateway.receive(envelope, out);
    out.release();
  }

  void write(Command command, Consumer<Outcome> then) {
    gateway.write(command, then);
    flush();
  }

  void read(Query query, Consumer<Outcome> then) {
    gateway.read(query, then);
    flush();
  }

  private void flush() {
    gateway.flush(out);
    out.release();
  }
}
