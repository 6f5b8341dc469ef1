package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import synod.kv.Command.When;
import synod.kv.StateStore.Table;
import synod.paxos.Batch;
import synod.paxos.Snapshot;

/** Keys end at the time of the log, on all replicas in the same slot. */
class ExpiryTest {
  private final Feed feed = new Feed();

  @Test
  void aKeyIsThereUntilItsTimeAndGoneFromThenOn() {
    feed.apply(Feed.putFor("k", "v", 100));

    feed.after(99).noOp();
    assertEquals("v 1", feed.look("k"));
    feed.after(1).noOp();
    assertEquals("none", feed.look("k"));
    assertEquals(new Answer.Amount(Query.Left.NO_KEY), left("k"));
    assertEquals(new Answer.Amount(0), exists("k", "k"));
  }

  @Test
  void theSlotWhoseTimeHasComeRemovesTheKeyItself() {
    feed.apply(Feed.putFor("k", "v", 100));
    assertEquals(1, feed.store.size(Table.EXPIRY));

    feed.after(100).noOp();

    assertEquals(0, feed.store.size(Table.DATA));
    assertEquals(0, feed.store.size(Table.EXPIRY));
    assertEquals(0, feed.machine().summary().keys());
    assertEquals(StateSummary.EMPTY.digest(), feed.machine().summary().digest());
  }

  @Test
  void aClockThatFallsBringsNothingBack() {
    feed.apply(Feed.putFor("k", "v", 100));
    feed.after(100).noOp();

    feed.after(-1000).apply(Feed.putFor("l", "v", 100));

    assertEquals("none", feed.look("k"));
    assertEquals("v 100", feed.look("l"));
  }

  @Test
  void whatEndsLaterAfterAllStaysAndHasOneEntry() {
    feed.apply(Feed.putFor("a", "v", 100), Feed.putFor("b", "v", 100), Feed.putFor("c", "v", 100));
    feed.apply(
        Feed.expire("a", 500, When.ALWAYS), Feed.put("b", "w"), new Command.Take(Feed.bytes("c")));
    assertEquals(1, feed.store.size(Table.EXPIRY));

    feed.after(200).noOp();

    assertEquals("v 300", feed.look("a"));
    assertEquals("w", feed.look("b"));
    assertEquals(feed.machine().recount(), feed.machine().summary());
  }

  @Test
  void aSlotRemovesABoundedNumberAndTheNextOnesTheRest() {
    int many = 3 * Edits.SWEPT;
    feed.apply(IntStream.range(0, many).mapToObj(ExpiryTest::ending).toArray(Command[]::new));

    feed.after(100).noOp();
    assertEquals(many - Edits.SWEPT, feed.machine().summary().keys());
    assertEquals(many - Edits.SWEPT, feed.store.size(Table.EXPIRY));
    assertEquals("none", feed.look("k" + (many - 1)));
    feed.noOp();
    feed.noOp();

    assertEquals(0, feed.machine().summary().keys());
    assertEquals(0, feed.store.size(Table.EXPIRY));
  }

  @Test
  void whatASlotLeavesIsRemovedByTheNextThoughAnotherKeyEndsLater() {
    int many = Edits.SWEPT + 1;
    feed.apply(IntStream.range(0, many).mapToObj(ExpiryTest::ending).toArray(Command[]::new));
    feed.apply(Feed.putFor("later", "v", 500));

    feed.after(100).noOp();
    feed.noOp();

    assertEquals(1, feed.machine().summary().keys());
  }

  private static Command ending(int key) {
    return Feed.putFor("k" + key, "v", 100);
  }

  @Test
  void aKeyThatHasEndedIsGoneForCommandsBeforeItIsRemoved() {
    int many = 3 * Edits.SWEPT;
    feed.apply(IntStream.range(0, many).mapToObj(ExpiryTest::ending).toArray(Command[]::new));
    String last = "k" + (many - 1);

    List<Answer> answers =
        feed.after(100).apply(Feed.expire(last, 10, When.ALWAYS), Feed.add(last, 1));

    assertEquals(List.of(new Answer.Amount(0), new Answer.Amount(1)), answers);
    assertEquals("1", feed.look(last));
    assertEquals(feed.machine().recount(), feed.machine().summary());
  }

  @Test
  void largeKeysAreRemovedInSmallerNumbers() {
    String large = "x".repeat(1024 * 1024);
    IntStream.range(0, 8).forEach(i -> feed.apply(Feed.putFor("k" + i, large, 100)));

    feed.after(100).noOp();

    assertEquals(4, feed.machine().summary().keys());
  }

  /** Each command makes one key that ends at once at most, so a slot removes one more for each. */
  @Test
  void endedKeysDoNotPileUpHoweverManyAreMade() {
    int many = 2 * Edits.SWEPT;
    for (int slot = 0; slot < 20; slot++) {
      int first = slot * many;
      feed.after(100)
          .apply(
              IntStream.range(first, first + many)
                  .mapToObj(ExpiryTest::ending)
                  .toArray(Command[]::new));
      assertEquals(many, feed.machine().summary().keys());
    }
  }

  @Test
  void whoeverIsBehindOrOpenedAnewRemovesTheSameInTheSameSlot() {
    Feed other = new Feed();
    Random random = new Random(5);
    boolean removed = false;
    for (int slot = 0; slot < 400; slot++) {
      Batch batch = feed.after(random.nextInt(40)).batch(any(random), any(random));
      long before = feed.machine().summary().keys();

      List<Answer> answers = feed.apply(batch);
      assertEquals(answers, other.apply(batch));
      if (random.nextInt(4) == 0) {
        other.reopen();
      }

      assertEquals(feed.machine().summary(), other.machine().summary());
      assertEquals(feed.machine().recount(), feed.machine().summary());
      assertEquals(feed.store.size(Table.EXPIRY), other.store.size(Table.EXPIRY));
      removed |= feed.machine().summary().keys() < before;
    }
    assertTrue(removed);
  }

  @Test
  void whatASnapshotBringsExpiresToo() {
    feed.noOp();
    Feed other = new Feed();
    other.apply(Feed.putFor("k", "v", 100));
    other.store.snapshots().make();
    Snapshot snapshot = other.store.snapshots().newest().orElseThrow();
    feed.store.snapshots().receive(snapshot);
    other.store.snapshots().read(snapshot, 0, 9999).ifPresent(feed.store.snapshots()::append);

    feed.machine().install();
    assertEquals("v 100", feed.look("k"));
    assertEquals(List.of(feed.machine().summary()), feed.machine().summaries(1, 9));
    feed.after(100).noOp();

    assertEquals(0, feed.machine().summary().keys());
  }

  private static Command any(Random random) {
    String key = "k" + random.nextInt(12);
    return switch (random.nextInt(4)) {
      case 0 -> Feed.put(key, "v");
      case 1 -> Feed.expire(key, random.nextInt(200) - 10, When.ALWAYS);
      case 2 -> Feed.add(key, 1);
      default -> Feed.putFor(key, "7", 1 + random.nextInt(200));
    };
  }

  private Answer left(String key) {
    return feed.ask(new Query.Left(Feed.bytes(key)));
  }

  private Answer exists(String... keys) {
    return feed.ask(new Query.Exists(List.of(keys).stream().map(Feed::bytes).toList()));
  }
}
