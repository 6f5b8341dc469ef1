package synod.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import synod.testing.RespServer;

/** Runs against servers that answer what a test says. */
@Timeout(60)
final class RunTest {
  private static final int ENOUGH = 200;

  private final AtomicInteger answered = new AtomicInteger();
  private final CountDownLatch enough = new CountDownLatch(ENOUGH);

  /** Answers and counts. */
  private Function<List<String>, String> saying(String answer) {
    return words -> {
      answered.incrementAndGet();
      enough.countDown();
      return answer;
    };
  }

  private static Run start(Kind kind, int clients, InetSocketAddress... doors) {
    return Run.start(new Plan(kind, clients, 600, 10), List.of(doors), progress -> {});
  }

  /** Ends when the servers have answered enough. */
  private Result enoughOf(Run run) throws InterruptedException {
    enough.await();
    return run.end();
  }

  @Test
  void everyAnswerIsCountedOnce() throws Exception {
    try (RespServer door = new RespServer(saying("+OK\r\n"))) {
      Result result = enoughOf(start(Kind.PUT, 4, door.address()));

      assertEquals(answered.get(), result.whole().counts().done());
      assertEquals(0, result.whole().counts().errors());
      assertTrue(result.whole().latency().max() > 0);
    }
  }

  @Test
  void refusedAndUnknownAreNotDone() throws Exception {
    AtomicInteger turn = new AtomicInteger();
    Function<List<String>, String> inTurn =
        words ->
            switch (turn.getAndIncrement() % 3) {
              case 0 -> saying("+OK\r\n").apply(words);
              case 1 -> saying("-BUSY full\r\n").apply(words);
              default -> saying("-UNKNOWN session=1 number=2 late\r\n").apply(words);
            };
    try (RespServer door = new RespServer(inTurn)) {
      Result result = enoughOf(start(Kind.PUT, 1, door.address()));

      Span.Counts counts = result.whole().counts();
      assertEquals(new Span.Counts(third(2), third(1), third(0)), counts);
      assertEquals("BUSY full", result.refusal());
      assertEquals("UNKNOWN session=1 number=2 late", result.doubt());
    }
  }

  /** Of what was answered in turn, from the first, the second or the third on. */
  private long third(int more) {
    return ((long) answered.get() + more) / 3L;
  }

  @Test
  void aClientWhoseDoorDiesGoesOnAtTheNext() throws Exception {
    CountDownLatch some = new CountDownLatch(10);
    CountDownLatch dead = new CountDownLatch(1);
    Function<List<String>, String> dying =
        words -> {
          some.countDown();
          return "+OK\r\n";
        };
    Function<List<String>, String> living =
        words -> dead.getCount() == 0 ? saying("+OK\r\n").apply(words) : "+OK\r\n";
    try (RespServer first = new RespServer(dying);
        RespServer second = new RespServer(living)) {
      Run run = start(Kind.PUT, 4, first.address(), second.address());
      some.await();
      first.die();
      dead.countDown();

      Result result = enoughOf(run);

      assertTrue(result.whole().counts().unknown() <= 2, result::toString);
      assertEquals(0, result.whole().counts().refused());
      assertTrue(result.whole().counts().done() >= ENOUGH);
    }
  }

  @Test
  void aConnectionThatBreaksLeavesTheOutcomeUnknown() throws Exception {
    try (RespServer door = new RespServer(saying(""))) {
      Result result = enoughOf(start(Kind.PUT, 4, door.address()));

      assertEquals(0, result.whole().counts().done());
      assertTrue(result.whole().counts().unknown() >= ENOUGH);
      assertTrue(result.doubt().startsWith("the connection broke"), result.doubt());
      assertTrue(result.whole().isSilent());
    }
  }

  @Test
  void endsInTimeThoughADoorSaysNothing() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Function<List<String>, String> silent =
        words -> {
          await(never);
          return "";
        };
    try (RespServer door = new RespServer(silent)) {
      Plan plan = new Plan(Kind.PUT, 3, 1, 10);
      long began = System.nanoTime();
      Run run = Run.start(plan, List.of(door.address()), progress -> {});
      run.over().await();
      Result result = run.end();

      long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      assertTrue(tookMs >= 1000 && tookMs < 10_000, tookMs + " ms");
      assertEquals(new Span.Counts(0, 0, 3), result.whole().counts());
      assertEquals("no answer in time", result.doubt());
      assertEquals(result.whole().toNs() - result.whole().fromNs(), result.silence().lengthNs());
    } finally {
      never.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void asksWhatThePlanSaysForKeysOfItsOwn() throws Exception {
    for (Kind kind : Kind.values()) {
      Set<String> verbs = ConcurrentHashMap.newKeySet();
      Set<String> keys = ConcurrentHashMap.newKeySet();
      CountDownLatch many = new CountDownLatch(ENOUGH);
      Function<List<String>, String> door =
          words -> {
            verbs.add(words.get(0));
            keys.add(words.get(1));
            many.countDown();
            return words.get(0).equals("GET") ? "$10\r\n0123456789\r\n" : "+OK\r\n";
          };
      try (RespServer server = new RespServer(door)) {
        Run run = start(kind, 2, server.address());
        many.await();
        run.end();
      }

      Set<String> expected =
          switch (kind) {
            case PUT -> Set.of("SET");
            case GET -> Set.of("GET");
            case MIX -> Set.of("SET", "GET");
          };
      assertEquals(expected, verbs);
      assertTrue(keys.size() > ENOUGH / 2, keys::toString);
      assertTrue(keys.stream().allMatch(key -> key.startsWith(Keys.PREFIX)), keys::toString);
    }
  }

  @Test
  void largeValuesArriveWhole() throws Exception {
    Set<Integer> lengths = ConcurrentHashMap.newKeySet();
    Function<List<String>, String> door =
        words -> {
          lengths.add(words.get(2).length());
          answered.incrementAndGet();
          return "+OK\r\n";
        };
    try (RespServer server = new RespServer(door)) {
      Plan plan = new Plan(Kind.PUT, 2, 1, Plan.MOST_BYTES);
      Run run = Run.start(plan, List.of(server.address()), progress -> {});
      run.over().await();

      assertEquals(answered.get(), run.end().whole().counts().done());
      assertEquals(Set.of(Plan.MOST_BYTES), lengths);
    }
  }

  @Test
  void whereNobodyListensNothingIsDoneAndItEndsAllTheSame()
      throws IOException, InterruptedException {
    InetSocketAddress nobody;
    try (RespServer door = new RespServer(saying("+OK\r\n"))) {
      nobody = door.address();
    }
    Plan plan = new Plan(Kind.PUT, 3, 1, 10);
    Run run = Run.start(plan, List.of(nobody), progress -> {});
    run.over().await();

    assertEquals(new Span.Counts(0, 0, 0), run.end().whole().counts());
  }
}
