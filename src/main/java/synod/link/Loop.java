package synod.link;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The thread on which a replica's sockets live, and with them those of its roles that never wait
 * for a disk: a command goes from a client's socket through the roles to a peer's socket without
 * waking another thread.
 *
 * <p>Whoever runs on it must not wait for anything.
 */
public final class Loop implements AutoCloseable {
  private static final int LONGEST_END_SECONDS = 5;

  private final EventLoopGroup group;

  private Loop(EventLoopGroup group) {
    this.group = group;
  }

  /** A new one; {@code name} is that of its thread. */
  public static Loop start(String name) {
    return new Loop(
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory(name), NioIoHandler.newFactory()));
  }

  /** Runs what it is given on the thread of the loop, in order. */
  public Executor executor() {
    return group.next();
  }

  /** Runs it: at once if this is the thread of the loop, else soon on that. */
  public void run(Runnable what) {
    if (group.next().inEventLoop()) {
      what.run();
    } else {
      group.next().execute(what);
    }
  }

  /** Runs it after this time. */
  public Future<?> after(Duration delay, Runnable what) {
    return group.next().schedule(what, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** For those who open sockets. */
  public EventLoopGroup group() {
    return group;
  }

  /** Closes the sockets, runs what has been handed to it, and ends. */
  @Override
  public void close() {
    group.shutdownGracefully(0, LONGEST_END_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
