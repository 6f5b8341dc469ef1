package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Commands;
import synod.kv.Machine;
import synod.kv.Query;
import synod.kv.SessionId;
import synod.kv.StateReader;
import synod.kv.StateStore;
import synod.kv.StateStoreContractTest;
import synod.kv.Ticket;
import synod.kv.Transfers;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;

/** The state machine on a disk does what it does in a memory. */
class RocksStateTest extends StateStoreContractTest {
  private static final String[] MANY = "abcdefghijklmnop".split("");
  private static final long SESSION = new SessionId(new ReplicaId(1), 1).value();

  private final Closing closing = new Closing();
  private final Random random = new Random(4);
  private Path temporary;
  private Options options;
  private RocksState state;

  @BeforeEach
  void open(@TempDir Path fresh) {
    temporary = fresh;
    options = closing.later(Directories.options());
    state = open("state");
  }

  @AfterEach
  void close() {
    closing.close();
  }

  @Override
  protected StateStore store() {
    return state;
  }

  @Override
  protected StateStore openedAnew() {
    state.close();
    state = open("state");
    return state;
  }

  private RocksState open(String name) {
    return closing.later(RocksState.open(temporary.resolve(name), options));
  }

  /** Compactions leave them where they are; somebody has to clear up behind them. */
  @Test
  void largeValuesThatWereReplacedDoNotPileUp() throws IOException {
    Options small = closing.later(new Options(Alarm.none(), false, 256 << 10));
    RocksState store = closing.later(RocksState.open(temporary.resolve("large"), small));
    Machine machine = Machine.open(store);
    int written = 0;
    for (long slot = 1; slot <= 200; slot++) {
      byte[] value = new byte[4096];
      random.nextBytes(value);
      machine.apply(slot, Transfers.put(slot, Bytes.of(value), MANY), false);
      written += MANY.length * value.length;
    }

    long kept = bytesOf(temporary.resolve("large"), ".blob");
    int most = written / 4;
    assertTrue(kept > 0 && kept < most, () -> kept + " bytes");
  }

  private static long bytesOf(Path directory, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  @Test
  void staysEqualToAMemoryAlsoWhenOpenedAnewInTheMiddle() {
    Machine memory = Machine.open(new MemoryState());
    Machine disk = Machine.open(state);
    for (long slot = 1; slot <= 300; slot++) {
      if (slot % 60 == 0) {
        disk = Machine.open(openedAnew());
      }
      Batch batch = anyBatch(slot);

      assertEquals(memory.apply(slot, batch, true), disk.apply(slot, batch, true));

      assertEquals(memory.summary(), disk.summary());
      assertEquals(Optional.of(batch), disk.kept(slot));
    }
    assertEquals(disk.summary(), disk.recount());
  }

  /** The journal and the peers have the others. */
  @Test
  void losesNoMoreThanTheLastSlotsWhenTheProcessIsKilled() {
    Machine machine = Machine.open(state);
    for (long slot = 1; slot <= 200; slot++) {
      machine.apply(slot, anyBatch(slot), false);
    }

    Directories.copy(temporary.resolve("state"), temporary.resolve("killed"));
    Machine survivor = Machine.open(open("killed"));

    long applied = survivor.applied();
    assertTrue(applied >= 200 - 64, "applied " + applied);
    assertEquals(machine.summaries(applied, 1), List.of(survivor.summary()));
    assertEquals(survivor.summary(), survivor.recount());
  }

  @Test
  void losesNothingWhenItIsClosed() {
    Machine machine = Machine.open(state);
    for (long slot = 1; slot <= 20; slot++) {
      machine.apply(slot, anyBatch(slot), false);
    }

    state.close();

    assertEquals(machine.summary(), Machine.open(open("state")).recount());
  }

  @Test
  void whatIsClosedRefusesAndTheProcessLives() {
    StateStore.View view = state.view();

    state.close();

    assertThrows(StoreException.class, () -> count(view));
    assertThrows(StoreException.class, () -> count(state));
    assertThrows(StoreException.class, state::view);
    assertThrows(StoreException.class, () -> Machine.open(state));
    view.close();
  }

  /** Every put sets all the keys, so whoever sees one of them new sees them all new. */
  @Test
  void aReadOfManyKeysOnAnotherThreadNeverSeesHalfACommand()
      throws ExecutionException, InterruptedException {
    Machine machine = Machine.open(state);
    machine.apply(1, put(1, MANY), false);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> torn = reader.submit(() -> tornReads(machine, 3_000));
      for (long slot = 2; !torn.isDone(); slot++) {
        machine.apply(slot, put(slot, MANY), false);
      }

      assertEquals(0, torn.get());
    } finally {
      reader.shutdown();
    }
  }

  private static int tornReads(Machine machine, int reads) {
    Query all = new Query.Get(Stream.of(MANY).map(Bytes::utf8).toList());
    int torn = 0;
    for (int i = 0; i < reads; i++) {
      if (machine.answer(all) instanceof Answer.Values values
          && values.values().stream().distinct().count() > 1) {
        torn++;
      }
    }
    return torn;
  }

  private static int count(StateReader reader) {
    List<Bytes> keys = new ArrayList<>();
    reader.scan(StateStore.Table.DATA, Bytes.EMPTY, (key, value) -> keys.add(key));
    return keys.size();
  }

  /** Sets the keys to the number of the slot. */
  private static Batch put(long slot, String... keys) {
    Bytes value = Bytes.utf8(Long.toString(slot));
    List<Command.Entry> entries =
        List.of(keys).stream().map(key -> new Command.Entry(Bytes.utf8(key), value)).toList();
    return batch(slot, new Command.Put(entries));
  }

  private Batch anyBatch(long slot) {
    Bytes key = Bytes.utf8("key" + random.nextInt(30));
    byte[] value = new byte[random.nextInt(2_000)];
    random.nextBytes(value);
    return batch(
        slot,
        random.nextInt(3) == 0
            ? new Command.Delete(List.of(key))
            : new Command.Put(List.of(new Command.Entry(key, Bytes.of(value)))));
  }

  private static Batch batch(long slot, Command command) {
    return new Batch(slot, Commands.encode(new Ticket(SESSION, slot, slot), command));
  }
}
