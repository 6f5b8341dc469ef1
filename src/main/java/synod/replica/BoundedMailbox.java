package synod.replica;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.dispatch.Envelope;
import akka.dispatch.MailboxType;
import akka.dispatch.MessageQueue;
import akka.dispatch.ProducesMessageQueue;
import com.typesafe.config.Config;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import scala.Option;
import synod.kv.Gateway;
import synod.paxos.Message;

/**
 * The mailbox of the roles and of the gateway: bounded in bytes. Past the bound what comes from a
 * peer is dropped, as a network may drop it, and is sent again (rule 8): so a replica whose disk
 * hangs does not fill its memory with what the others go on to agree on.
 *
 * <ol>
 *   <li>Never dropped: signals, which are bounded by whoever gives them (ticks, and the door's
 *       requests), and what roles of this replica tell each other. Of these only {@link
 *       Message.Journaled} and {@link Message.Proposed} bear batches; they may be dropped, since
 *       the journal or the peers hold them.
 *   <li>An empty mailbox takes one message whatever its size.
 *   <li>A trace tells what was dropped. Only of the ring's messages it does not: they bear no
 *       identity on their way from actor to actor.
 * </ol>
 */
public final class BoundedMailbox
    implements MailboxType, ProducesMessageQueue<BoundedMailbox.Bytes> {
  /** What a message costs beside its bytes: itself, its envelopes, its node in the queue. */
  static final int OF_MESSAGE = 200;

  private final long bound;

  /** Called by Akka, by reflection. */
  public BoundedMailbox(ActorSystem.Settings settings, Config config) {
    this.bound = config.getBytes("bound");
  }

  @Override
  public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
    return new Bytes(bound);
  }

  /** The queue itself. State: the messages, and the sum of their weights. */
  static final class Bytes implements MessageQueue {
    private final Queue<Envelope> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final long bound;

    Bytes(long bound) {
      this.bound = bound;
    }

    @Override
    public void enqueue(ActorRef receiver, Envelope handle) {
      long weight = weight(handle.message());
      long before = bytes.getAndAdd(weight);
      if (before > 0 && before + weight > bound && mayDrop(handle.message())) {
        bytes.addAndGet(-weight);
        tell(handle.message());
      } else {
        queue.add(handle);
      }
    }

    private static void tell(Object dropped) {
      if (dropped instanceof Signal.Traced<?> traced) {
        traced.tap().dropped(traced);
      }
    }

    @Override
    public @Nullable Envelope dequeue() {
      Envelope next = queue.poll();
      if (next != null) {
        bytes.addAndGet(-weight(next.message()));
      }
      return next;
    }

    @Override
    public int numberOfMessages() {
      return queue.size();
    }

    @Override
    public boolean hasMessages() {
      return !queue.isEmpty();
    }

    /** The actor has stopped. What a client asked for and nobody has taken is not done. */
    @Override
    public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
      for (Envelope left = dequeue(); left != null; left = dequeue()) {
        if (left.message() instanceof Signal.Asked asked) {
          asked.then().accept(Gateway.ENDED);
        }
      }
    }

    private static long weight(Object message) {
      return said(message) instanceof synod.paxos.Envelope<?> envelope
          ? OF_MESSAGE + Weight.of(envelope.message())
          : 0;
    }

    private static boolean mayDrop(Object message) {
      boolean local =
          said(message) instanceof synod.paxos.Envelope<?> envelope
              && envelope.message() instanceof Message.Local
              && !(envelope.message() instanceof Message.Journaled)
              && !(envelope.message() instanceof Message.Proposed);
      return !local && !(said(message) instanceof Signal<?>);
    }

    private static Object said(Object message) {
      return message instanceof Signal.Traced<?> traced ? traced.envelope() : message;
    }
  }
}
