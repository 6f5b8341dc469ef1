package synod.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one client, from arrival to answer.
 *
 * <pre>
 *   reader --> waiting --(room, and the right kind)--> started --(answered, at the head)--> channel
 * </pre>
 *
 * Invariants: 1. answers leave in the order of requests, whatever the order in which the replica
 * calls back; 2. reads and writes of one client never overlap in the replica, so a pipelined GET
 * sees the SET before it and not the one behind it; 3. the door reads on from the client only while
 * nothing waits and the client takes its answers; 4. one flush covers all answers that are ready.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel whose write fails becomes inactive
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** Answers are gathered into pieces of about this size. */
  private static final int PIECE = 64 * 1024;

  /** What a request costs beside its words. */
  private static final int CALL = 256;

  /** An answer of at most this size is given whatever the others take. */
  private static final int SMALL = 16 * 1024;

  private static final long SHORT_STALL = TimeUnit.SECONDS.toNanos(2);

  private final Channel channel;
  private final Hall hall;
  private final Client client;
  private final RequestReader reader;
  private final ArrayDeque<Call> waiting = new ArrayDeque<>();
  private final ArrayDeque<Call> started = new ArrayDeque<>();
  private final Load load;
  private final Budget.Share share;
  private final Outlet outlet;
  private final AtomicBoolean woken = new AtomicBoolean();
  private @Nullable Feed feed;
  private boolean putOff;
  private boolean busy;
  private boolean ended;
  private boolean closing;
  private volatile long heard = System.nanoTime();
  private long readAt = heard;

  Connection(Channel channel, Hall hall, RequestReader reader, Budget.Share share) {
    this.channel = channel;
    this.hall = hall;
    this.reader = reader;
    this.share = share;
    this.outlet = new Outlet(channel, share, hall.counters().bytesOut);
    this.load = new Load(hall.limits());
    this.client = new Client(hall.nextId(), channel.remoteAddress(), channel.localAddress());
  }

  /** When the requests that are being read came: what comes at once has one time. */
  long readAt() {
    return readAt;
  }

  /** As one line of CLIENT LIST; from any thread, and so a moment old. */
  String line() {
    long idle = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - heard);
    return client.line()
        + String.format(
            " idle=%d flags=%s omem=%d tot-mem=%d",
            idle, client.monitors() ? "O" : "N", outlet.unsent(), share.held());
  }

  Client client() {
    return client;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!busy) {
      busy = true;
      readAt = System.nanoTime();
    }
    receive((Request) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    heard = readAt;
    turn();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (outlet.isOpen()) {
      wake();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    ended = true;
    closing = true;
    waiting.clear();
    started.clear();
    unfollow();
    share.close();
    hall.leave(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      channel.close();
    } else if (cause instanceof CodecException) {
      breakOff(cause.getCause() instanceof CodecException inner ? inner : cause);
    } else {
      LOG.error("connection {} is closed by a fault of the door", client.line(), cause);
      channel.close();
    }
  }

  /**
   * The last answer of a connection whose bytes make no sense, behind all that it still waits for.
   */
  private void breakOff(Throwable cause) {
    if (!ended) {
      ended = true;
      hall.counters().protocolErrors.increment();
      LOG.debug("protocol error of {}: {}", client.line(), cause.getMessage());
      Call last = new Call(this, new Request(List.of(), 0, Optional.empty()), Optional.empty());
      await(last);
      last.then(this::closeWhenWritten);
      last.answer(Reply.error("Protocol error: " + cause.getMessage()));
    }
  }

  private void receive(Request request) {
    if (!ended) {
      hall.counters().commands.increment();
      await(new Call(this, request, hall.commands().find(request.words().get(0))));
      start();
      listen();
    }
  }

  private void await(Call call) {
    waiting.add(call);
    share.force(cost(call));
  }

  private static long cost(Call call) {
    return (long) CALL + call.request().bytes();
  }

  /** Something is ready to be written. Any thread. */
  void wake() {
    if (!(channel.eventLoop().inEventLoop() && busy) && woken.compareAndSet(false, true)) {
      execute(this::turn);
    }
  }

  private void execute(Runnable task) {
    try {
      channel.eventLoop().execute(() -> guard(task));
    } catch (RejectedExecutionException closed) {
      LOG.debug("an answer came after the door was closed", closed);
    }
  }

  private void guard(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException fault) {
      LOG.error("connection {} is closed by a fault of the door", client.line(), fault);
      channel.close();
    }
  }

  private void turn() {
    woken.set(false);
    busy = true;
    start();
    while (writeAnswers()) {
      start();
    }
    writeEvents();
    busy = false;
    channel.flush();
    listen();
  }

  private void start() {
    while (!waiting.isEmpty() && !closing && !isCrowd() && load.takes(waiting.element())) {
      Call call = waiting.remove();
      started.add(call);
      load.add(call);
      call.speak(client.protocol());
      if (!call.answered()) {
        call.verb().ifPresent(verb -> client.did(verb.usage()));
        hall.monitors().hear(call);
        hall.serve(call);
      }
    }
  }

  /** Whether the others leave room for one request at a time only, and that one is under way. */
  private boolean isCrowd() {
    return !started.isEmpty() && hall.budget().isCrowded();
  }

  /** Whether anything could be written. */
  private boolean writeAnswers() {
    if (!headIsReady()) {
      return false;
    }
    ByteBuf out = channel.alloc().ioBuffer();
    putOff = false;
    while (out.readableBytes() < PIECE && headIsReady() && !putOff) {
      writeAnswer(out);
    }
    boolean any = out.isReadable();
    if (any) {
      write(out);
    } else {
      out.release();
    }
    return any;
  }

  /** Where no room is left a large answer is put off: it is made again when a sweep comes by. */
  private void writeAnswer(ByteBuf out) {
    Call call = started.element();
    int before = out.writerIndex();
    call.reply().ifPresent(reply -> ReplyEncoder.write(out, reply, call.protocol()));
    putOff = out.writerIndex() - before > SMALL && hall.budget().isFull();
    if (putOff) {
      out.writerIndex(before);
    } else {
      started.remove();
      load.remove(call);
      share.give(cost(call));
      hall.measure(call);
      call.runThen();
    }
  }

  private boolean headIsReady() {
    return !closing && outlet.isOpen() && !started.isEmpty() && started.element().answered();
  }

  private void write(ByteBuf out) {
    if (closing) {
      outlet.writeLast(out);
    } else {
      outlet.write(out);
    }
  }

  private void listen() {
    boolean on = waiting.isEmpty() && outlet.isOpen() && !ended && !isCrowd();
    if (channel.config().isAutoRead() != on) {
      channel.config().setAutoRead(on);
    }
  }

  /** What comes behind this request is not heard any more, and its answer is the last. */
  void endWith(Call call) {
    ended = true;
    waiting.clear();
    call.then(this::closeWhenWritten);
  }

  private void closeWhenWritten() {
    closing = true;
  }

  /** From now on the client hears all events as well. */
  void follow() {
    unfollow();
    feed = EventFeed.ofEvents(hall, this::wake);
  }

  /** From now on the client hears all commands of this door as well. */
  void monitor() {
    unfollow();
    feed = EventFeed.ofCommands(hall, this::wake);
    client.monitor(true);
  }

  /** From now on the client hears what makes a trace. */
  void trace() {
    unfollow();
    feed = new TraceFeed(hall, this::wake);
  }

  void unfollow() {
    if (feed != null) {
      client.monitor(false);
      feed.close();
      feed = null;
    }
  }

  private void writeEvents() {
    while (feed != null && !closing && outlet.isOpen() && feed.hasNext()) {
      ByteBuf out = channel.alloc().ioBuffer();
      while (out.readableBytes() < PIECE && feed.hasNext()) {
        ReplyEncoder.write(out, feed.next(), client.protocol());
      }
      write(out);
    }
  }

  /** Closes the connection if it has stalled or been idle for too long. Any thread. */
  void sweep() {
    execute(this::closeIfDead);
  }

  private void closeIfDead() {
    long now = System.nanoTime();
    long stall = stallNanos();
    long idle = hall.limits().idleLimit().toNanos();
    boolean half = reader.isHalf() && channel.config().isAutoRead() && now - heard > stall;
    boolean deaf = outlet.isDeaf(now, stall);
    boolean silent = idle > 0 && feed == null && started.isEmpty() && now - heard > idle;
    if (half || deaf || silent) {
      hall.counters().stalled.increment();
      LOG.debug("closed, half={} deaf={} silent={}: {}", half, deaf, silent, client.line());
      channel.close();
    } else if (putOff) {
      turn();
    }
  }

  /** Where no room is left nobody is waited for who keeps it. */
  private long stallNanos() {
    long limit = hall.limits().stallLimit().toNanos();
    return hall.budget().isFull() ? Math.min(limit, SHORT_STALL) : limit;
  }

  void close() {
    channel.close();
  }
}
