package synod.replica;

import akka.actor.setup.Setup;
import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import synod.link.Loop;

/** Has a dispatcher's actors run on the replica's loop. Its end is not the dispatcher's affair. */
public final class LoopExecutor extends ExecutorServiceConfigurator {
  private final Executor loop;

  /** Called by Akka, by reflection. */
  public LoopExecutor(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
    this.loop =
        prerequisites
            .settings()
            .setup()
            .get(On.class)
            .orElseThrow(() -> new IllegalStateException("an ActorSystem without a loop"))
            .loop
            .executor();
  }

  /** Gives the loop to an ActorSystem. */
  static final class On extends Setup {
    private final Loop loop;

    On(Loop loop) {
      this.loop = loop;
    }
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(
      String id, ThreadFactory threadFactory) {
    return () -> new Lent(loop);
  }

  /** State: whether whoever it was lent to has given it back. */
  private static final class Lent extends AbstractExecutorService {
    private final Executor loop;
    private volatile boolean back;

    Lent(Executor loop) {
      this.loop = loop;
    }

    @Override
    public void execute(Runnable task) {
      loop.execute(task);
    }

    @Override
    public void shutdown() {
      back = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      back = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return back;
    }

    @Override
    public boolean isTerminated() {
      return back;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return back;
    }
  }
}
