package synod.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One client: a request, its answer, the next request. When its connection breaks it goes on at the
 * next door. State: the connection, when the open request was sent, and at which door it is.
 */
final class Client implements Runnable {
  private static final int CONNECT_MS = 1000;
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Nothing waits for an answer. */
  private static final long IDLE = Long.MAX_VALUE;

  private final Task task;
  private final Requests requests;
  private final SplittableRandom chance;
  private final ByteBuffer in;
  private int door;
  private volatile Optional<SocketChannel> connection = Optional.empty();
  private volatile long sentNs = IDLE;

  /** The number says where it begins, and what it happens to choose. */
  Client(int number, Task task, ByteBuffer value) {
    this.task = task;
    this.requests = new Requests(value);
    this.chance = new SplittableRandom(number);
    this.in = Answers.room(task.plan().kind().reads() ? task.plan().valueBytes() : 0);
    this.door = number;
  }

  @Override
  public void run() {
    while (!task.gate().isOver()) {
      try (SocketChannel channel = SocketChannel.open()) {
        connection = Optional.of(channel);
        connect(channel);
        task.gate().pass();
        converse(channel, new Answers(channel, in));
      } catch (IOException e) {
        door++;
        LockSupport.parkNanos(PAUSE_NS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void connect(SocketChannel channel) throws IOException {
    channel.socket().setTcpNoDelay(true);
    channel.socket().connect(task.doors().get(door % task.doors().size()), CONNECT_MS);
  }

  private void converse(SocketChannel channel, Answers answers) throws IOException {
    while (!task.gate().isOver()) {
      long sent = System.nanoTime();
      sentNs = sent;
      try {
        send(channel);
        count(answers.read(), answers, sent);
      } catch (IOException e) {
        task.tally().unknown(reason(e));
        throw e;
      } finally {
        sentNs = IDLE;
      }
    }
  }

  private static String reason(IOException e) {
    return e instanceof ClosedChannelException
        ? "no answer in time"
        : "the connection broke: " + e.getMessage();
  }

  private void send(SocketChannel channel) throws IOException {
    int key = chance.nextInt(task.plan().keys());
    ByteBuffer[] request = task.plan().kind().puts(chance) ? requests.put(key) : requests.get(key);
    ByteBuffer last = request[request.length - 1];
    do {
      channel.write(request);
    } while (last.hasRemaining());
  }

  /** A door that refuses is not asked again at once, or nothing else would be done there. */
  private void count(Answers.Kind kind, Answers answers, long sent) {
    switch (kind) {
      case DONE -> task.tally().done(sent, System.nanoTime());
      case REFUSED -> {
        task.tally().refused(answers.error());
        LockSupport.parkNanos(PAUSE_NS);
      }
      case UNKNOWN -> task.tally().unknown(answers.error());
    }
  }

  /** Whether a request has no answer that was sent that long ago. */
  boolean hasWaited(long ns, long nowNs) {
    long sent = sentNs;
    return sent != IDLE && nowNs - sent > ns;
  }

  /** From any thread: who waits for an answer on that connection waits no longer. */
  void hangUp() {
    connection.ifPresent(Client::close);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nobody uses it any more.
    }
  }
}
