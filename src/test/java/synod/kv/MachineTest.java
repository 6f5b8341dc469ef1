package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import synod.kv.StateStore.Table;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.Invariant;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;
import synod.paxos.StoreException;

class MachineTest {
  private static final Answer DONE = new Answer.Done();

  private final MemoryState store = new MemoryState();
  private Machine machine = Machine.open(store);
  private long number;

  @Test
  void aPutIsThereForGetExistsAndCount() {
    apply(put("a", "1"));

    assertEquals(values("1"), get("a"));
    assertEquals(new Answer.Amount(1), machine.answer(new Query.Exists(keys("a"))));
    assertEquals(new Answer.Amount(1), machine.answer(new Query.Count()));
  }

  @Test
  void whatWasNeverPutIsNotThere() {
    assertEquals(new Answer.Values(List.of(Optional.empty())), get("a"));
    assertEquals(new Answer.Amount(0), machine.answer(new Query.Exists(keys("a", "a"))));
    assertEquals(new Answer.Amount(0), machine.answer(new Query.Count()));
  }

  @Test
  void aKeyNamedTwiceExistsTwiceAndIsDeletedOnce() {
    apply(put("a", "1"));

    assertEquals(new Answer.Amount(2), machine.answer(new Query.Exists(keys("a", "b", "a"))));
    assertEquals(List.of(new Answer.Amount(1)), apply(delete("a", "b", "a")));
    assertEquals(new Answer.Amount(0), machine.answer(new Query.Count()));
  }

  @Test
  void ofTwoValuesForAKeyInOnePutTheLastStays() {
    apply(put("a", "1", "b", "2", "a", "3"));

    assertEquals(values("3", "2"), get("a", "b"));
    assertEquals(2, machine.summary().keys());
  }

  @Test
  void aCommandSeesWhatEarlierOnesOfItsBatchDid() {
    List<Answer> answers = apply(put("a", "1"), delete("a"), delete("a"), put("a", "2"));

    assertEquals(List.of(DONE, new Answer.Amount(1), new Answer.Amount(0), DONE), answers);
    assertEquals(values("2"), get("a"));
    assertEquals(machine.recount(), machine.summary());
  }

  @Test
  void anEmptyValueIsAValue() {
    apply(put("a", ""));

    assertEquals(values(""), get("a"));
  }

  @Test
  void aNoOpHasNoRepliesAndIsAppliedAllTheSame() {
    assertEquals(List.of(), machine.apply(1, Batch.noOp(5), false));

    assertEquals(1, Machine.open(store).applied());
    assertNotEquals(0, machine.summary().chain());
  }

  @Test
  void noSlotIsAppliedTwiceOrLeftOut() {
    machine.apply(1, Batch.noOp(5), false);

    for (long slot : new long[] {0, 1, 3}) {
      assertThrows(
          Invariant.Violation.class, () -> machine.apply(slot, Batch.noOp(5), false), "" + slot);
    }
  }

  @Test
  void timeOfTheLogNeverFalls() {
    machine.apply(1, Batch.noOp(5), false);
    machine.apply(2, Batch.noOp(3), false);

    assertEquals(5, machine.summary().time());
  }

  @Test
  void keepsABatchWhenAsked() {
    Batch batch = batch(put("a", "1"));

    machine.apply(1, batch, true);
    machine.apply(2, Batch.noOp(2), false);

    assertEquals(Optional.of(batch), machine.kept(1));
    assertEquals(Optional.empty(), machine.kept(2));
  }

  @Test
  void theDigestKeptUpIsTheDigestCountedAnew() {
    Random random = new Random(2);
    for (int slot = 1; slot <= 300; slot++) {
      String key = "k" + random.nextInt(20);
      apply(random.nextInt(3) == 0 ? delete(key, "k1") : put(key, "v" + random.nextInt(5)));

      assertEquals(machine.recount(), machine.summary());
    }
  }

  @Test
  void theDigestTellsKeysValuesAndVersionsApart() {
    List<StateSummary> summaries = new ArrayList<>();
    for (Command command : List.of(put("ab", "c"), put("a", "bc"), put("ab", "d"))) {
      summaries.add(after(batch(command)));
    }
    summaries.add(after(Batch.noOp(1), batch(put("ab", "c"))));

    assertEquals(4, summaries.stream().map(StateSummary::digest).distinct().count());
  }

  @Test
  void aStateThatIsEmptiedHasTheDigestOfAnEmptyOne() {
    apply(put("a", "1", "b", "2"));
    apply(delete("b", "a"));

    assertEquals(StateSummary.EMPTY.digest(), machine.summary().digest());
  }

  @Test
  void twoMachinesFedTheSameAreTheSame() {
    Batch[] batches = {batch(put("a", "1")), Batch.noOp(9), batch(delete("a"), put("b", "2"))};

    assertEquals(after(batches), after(batches));
  }

  @Test
  void theChainTellsEveryOtherBatchEvenIfTheStateIsTheSame() {
    number = 1;
    Batch batch = batch(put("a", "1"));
    Batch later = new Batch(batch.time() + 1, batch.commands());
    Batch renumbered = batch(put("a", "1"));

    List<Long> chains =
        List.of(
            after(batch, Batch.noOp(3)).chain(),
            after(later, Batch.noOp(3)).chain(),
            after(renumbered, Batch.noOp(3)).chain(),
            after(Batch.noOp(3), batch).chain());

    assertEquals(4, chains.stream().distinct().count());
  }

  @Test
  void aMachineOpenedAnewGoesOnWhereTheLastOneStood() {
    MemoryState other = new MemoryState();
    Machine uninterrupted = Machine.open(other);
    Random random = new Random(3);

    for (long slot = 1; slot <= 200; slot++) {
      Batch batch = batch(put("k" + random.nextInt(9), "v"), delete("k" + random.nextInt(9)));
      assertEquals(uninterrupted.apply(slot, batch, false), machine.apply(slot, batch, false));
      machine = Machine.open(store);
      assertEquals(uninterrupted.summary(), machine.summary());
    }
    assertEquals(other.size(Table.SESSIONS), store.size(Table.SESSIONS));
  }

  @Test
  void aFailedCommitLeavesNothingHalf() {
    apply(put("a", "1"));
    StateSummary before = machine.summary();
    MemoryState disk = store.copy();

    store.poison();
    assertThrows(StoreException.class, () -> apply(put("a", "2", "b", "3")));

    assertEquals(before, machine.summary());
    assertEquals(before, Machine.open(disk).recount());
    assertEquals(values("1"), get("a"));
  }

  @Test
  void appliesNothingAfterAFailedApply() {
    store.poison();
    assertThrows(StoreException.class, () -> apply(put("a", "1")));

    assertThrows(Invariant.Violation.class, () -> apply(put("a", "1")));
  }

  @Test
  void aMalformedBatchHasNoEffectAtAll() {
    byte[] whole = batch(put("a", "1")).commands().array();
    Batch malformed = new Batch(1, Bytes.of(Arrays.copyOf(whole, whole.length + 1)));

    assertThrows(Malformed.class, () -> machine.apply(1, malformed, false));

    assertEquals(StateSummary.EMPTY, Machine.open(store).recount());
  }

  private static StateSummary after(Batch... batches) {
    Machine machine = Machine.open(new MemoryState());
    for (Batch batch : batches) {
      machine.apply(machine.applied() + 1, batch, false);
    }
    return machine.summary();
  }

  private List<Answer> apply(Command... commands) {
    return machine.apply(machine.applied() + 1, batch(commands), false).stream()
        .map(Reply::answer)
        .map(Answers::decode)
        .toList();
  }

  private Batch batch(Command... commands) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    for (Command command : commands) {
      number++;
      Ticket ticket = new Ticket(new SessionId(new ReplicaId(1), 1).value(), number, number);
      payload.writeBytes(Commands.encode(ticket, command).array());
    }
    return new Batch(1_000, Bytes.of(payload.toByteArray()));
  }

  private Answer get(String... names) {
    return machine.answer(new Query.Get(keys(names)));
  }

  private static Answer values(String... values) {
    return new Answer.Values(
        Arrays.stream(values).map(value -> Optional.of(Bytes.utf8(value))).toList());
  }

  private static List<Bytes> keys(String... names) {
    return Arrays.stream(names).map(Bytes::utf8).toList();
  }

  private static Command delete(String... names) {
    return new Command.Delete(keys(names));
  }

  private static Command put(String... keysAndValues) {
    List<Command.Entry> entries = new ArrayList<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      entries.add(
          new Command.Entry(Bytes.utf8(keysAndValues[i]), Bytes.utf8(keysAndValues[i + 1])));
    }
    return new Command.Put(entries);
  }

  @Test
  void isDurableUpToWhereItWasMadeSo() {
    apply(put("a", "1"));
    assertEquals(0, machine.durable());

    machine.persist();
    apply(put("a", "2"));

    assertEquals(1, machine.durable());
  }

  @Test
  void forgetsWhatWasKeptUpToASlot() {
    for (long slot = 1; slot <= 3; slot++) {
      machine.apply(slot, Batch.noOp(1), true);
    }

    machine.forget(2);

    assertEquals(Optional.empty(), machine.kept(2));
    assertEquals(Optional.of(Batch.noOp(1)), machine.kept(3));
  }

  @Test
  void itsSnapshotsAreThoseOfItsStore() {
    assertSame(store.snapshots(), machine.snapshots());
  }

  @Test
  void oneHashTellsBothKeysAndSessionsApart() {
    StateSummary one = new StateSummary(1, 2, 3, 4, 5, 6);

    assertNotEquals(new StateSummary(1, 2, 3, 7, 5, 6).wholeDigest(), one.wholeDigest());
    assertNotEquals(new StateSummary(1, 2, 3, 4, 5, 7).wholeDigest(), one.wholeDigest());
  }

  /** One byte more in the summary, and an answer of a session that is not there. */
  @Test
  void aStateThatItDidNotWriteIsNotOpened() {
    apply(put("a", "1"));
    Bytes key = Bytes.utf8("summary");
    byte[] summary = store.get(Table.STATE, key).orElseThrow().array();
    Changes longer = new Changes();
    longer.put(Table.STATE, key, Bytes.of(Arrays.copyOf(summary, summary.length + 1)));
    Bytes number = new ByteWriter(2 * Long.BYTES).putLong(7).putLong(1).done();
    Changes orphan = new Changes();
    orphan.put(Table.ANSWERS, number, Kept.sealed().encode());

    for (Changes damage : List.of(longer, orphan)) {
      MemoryState damaged = store.copy();
      damaged.commit(damage);
      assertThrows(Malformed.class, () -> Machine.open(damaged));
    }
  }

  /** Eight MiB, and one byte more; but a single key, however large, is not refused. */
  @Test
  void theValuesOfSeveralKeysTogetherAreBounded() {
    String half = "x".repeat((int) (Queries.MOST_BYTES / 2));
    apply(put("a", half, "b", half, "c", "x"));

    assertEquals(values(half, half), get("a", "b"));
    assertEquals(Answer.Refused.class, get("a", "b", "c").getClass());
  }
}
