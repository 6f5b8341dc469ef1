package synod.load;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A run of a plan, on a thread of its own that looks at the clients once an interval. State: the
 * clients, what they were answered, and whether the run is to end and has ended.
 */
public final class Run {
  private final Plan plan;
  private final Consumer<Progress> listener;
  private final Tally tally = new Tally();
  private final Crowd crowd;
  private final CountDownLatch ending = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final Instant began = Instant.now();
  private volatile Course course;

  private Run(Plan plan, List<InetSocketAddress> doors, Consumer<Progress> listener) {
    this.plan = plan;
    this.listener = listener;
    this.crowd = new Crowd(new Task(plan, doors, tally, new Gate(plan.clients())));
    this.course = new Course(tally, plan.intervalNs(), 0);
  }

  /** Begins, with clients at all doors, and tells once a second how it goes, on another thread. */
  public static Run start(Plan plan, List<InetSocketAddress> doors, Consumer<Progress> listener) {
    Run run = new Run(plan, List.copyOf(doors), listener);
    Thread thread = new Thread(run::go, "load");
    thread.setDaemon(true);
    thread.start();
    return run;
  }

  /** Is at zero when the run is over. */
  public CountDownLatch over() {
    return over;
  }

  /** Ends the run if it goes on, in about a second at most; what came out. */
  public Result end() throws InterruptedException {
    ending.countDown();
    over.await();
    return new Result(
        plan,
        began,
        course.whole(),
        course.spans(),
        tally.silence(course.whole().toNs()),
        tally.refusal(),
        tally.doubt());
  }

  private void go() {
    try {
      crowd.assemble();
      begin();
      follow();
      crowd.end();
      course.cut(System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      crowd.dismiss();
      over.countDown();
    }
  }

  private void begin() {
    long now = System.nanoTime();
    tally.begin(now);
    course = new Course(tally, plan.intervalNs(), now);
    crowd.begin();
  }

  /** The last interval is left open: it ends with the last answer. */
  private void follow() throws InterruptedException {
    long end = course.beganNs() + plan.lengthNs();
    while (course.nextNs() < end) {
      if (isEndedBy(course.nextNs())) {
        return;
      }
      long now = System.nanoTime();
      course.cut(now);
      crowd.look(now);
      course.progress().ifPresent(listener);
    }
    isEndedBy(end);
  }

  /** Waits for a moment; whether the run was ended before. */
  private boolean isEndedBy(long ns) throws InterruptedException {
    return ending.await(ns - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
