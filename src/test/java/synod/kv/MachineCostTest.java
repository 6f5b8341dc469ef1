package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;
import synod.paxos.Snapshots;

/** How often the machine goes to its store. */
class MachineCostTest {
  private static final int COMMANDS = 64;
  private static final long SESSION = new SessionId(new ReplicaId(1), 1).value();

  private final CountingStore store = new CountingStore();
  private final Machine machine = Machine.open(store);

  @BeforeEach
  void forget() {
    machine.apply(1, putsTo(1, 2 * COMMANDS), false);
    store.gets = 0;
    store.commits = 0;
    store.changes = 0;
  }

  @Test
  void aBatchOfPutsCostsOneCommitAndOneReadForEachKey() {
    machine.apply(2, putsTo(COMMANDS + 1, COMMANDS), false);

    assertEquals(1, store.commits);
    assertEquals(COMMANDS, store.gets);
    // Each key once, and the answers of the old slot that nobody asks for any more.
    assertEquals(COMMANDS + List.of("session", "forgotten", "summary").size(), store.changes);
  }

  @Test
  void aKeyThatIsPutOftenInABatchIsReadAndWrittenOnce() {
    machine.apply(2, putsTo(COMMANDS + 1, 1), false);

    assertEquals(1, store.commits);
    assertEquals(1, store.gets);
    assertEquals(1 + List.of("session", "forgotten", "summary").size(), store.changes);
  }

  @Test
  void aRepeatedBatchReadsNothingAndWritesNoKey() {
    machine.apply(2, putsTo(1, COMMANDS), false);

    assertEquals(0, store.gets);
    assertEquals(List.of("summary").size(), store.changes);
  }

  @Test
  void aSlotBeforeAnyKeyEndsDoesNotLookForOne() {
    Bytes key = Bytes.utf8("k1");
    machine.apply(2, one(new Command.Expire(key, new Lifetime.For(9), Command.When.ALWAYS)), false);
    store.scans = 0;

    machine.apply(3, Batch.noOp(9), false);
    assertEquals(0, store.scans);
    machine.apply(4, Batch.noOp(10), false);
    assertEquals(1, store.scans);
  }

  private static Batch one(Command command) {
    return one(COMMANDS + 1, command);
  }

  private static Batch one(long number, Command command) {
    return new Batch(1, Commands.encode(new Ticket(SESSION, number, 1), command));
  }

  /** In the ms of its last use it says once more what is answered. */
  @Test
  void aCommandThatTellsNothingNewOfItsSessionDoesNotWriteItAgain() {
    machine.apply(2, one(new Command.InSession(new SessionRequest.Open(LIMITS))), false);
    machine.apply(3, one(COMMANDS + 2, doOnce(1)), false);
    store.clients = 0;

    machine.apply(4, one(COMMANDS + 3, doOnce(2)), false);

    assertEquals(0, store.clients);
  }

  private static final SessionLimits LIMITS = new SessionLimits(1_000, 4);

  private static Command doOnce(long number) {
    return SessionLog.once(new Ticket(1, number, 1), SessionLog.add("k1"));
  }

  @Test
  void aReadOfOneKeyNeedsNoView() {
    machine.answer(new Query.Get(List.of(Bytes.utf8("k1"))));

    assertEquals(1, store.gets);
    assertEquals(0, store.opened);
  }

  @Test
  void everyViewIsClosed() {
    machine.answer(new Query.Get(List.of(Bytes.utf8("k1"), Bytes.utf8("k2"))));
    machine.answer(new Query.Exists(List.of(Bytes.utf8("k1"), Bytes.utf8("none"))));
    machine.recount();

    assertEquals(3, store.opened);
    assertEquals(3, store.closed);
  }

  /** So many puts, numbered from {@code first} on, over so many keys. */
  private static Batch putsTo(int first, int keys) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    IntStream.range(first, first + COMMANDS)
        .forEach(
            number -> {
              Bytes key = Bytes.utf8("k" + number % keys);
              Command put = new Command.Put(List.of(new Command.Entry(key, Bytes.EMPTY)));
              payload.writeBytes(Commands.encode(new Ticket(SESSION, number, first), put).array());
            });
    return new Batch(1, Bytes.of(payload.toByteArray()));
  }

  private static final class CountingStore implements StateStore {
    private final MemoryState store = new MemoryState();
    private int gets;
    private int scans;
    private int commits;
    private int changes;
    private int clients;
    private int opened;
    private int closed;

    @Override
    public Optional<Bytes> get(Table table, Bytes key) {
      gets++;
      return store.get(table, key);
    }

    @Override
    public void scan(Table table, Bytes from, Visitor visitor) {
      scans++;
      store.scan(table, from, visitor);
    }

    @Override
    public void commit(Changes those) {
      commits++;
      changes += those.all().size();
      clients +=
          (int) those.all().stream().filter(change -> change.table() == Table.CLIENTS).count();
      store.commit(those);
    }

    @Override
    public void persist(Runnable then) {
      store.persist(then);
    }

    @Override
    public void deleteBelow(Table table, Bytes key) {
      store.deleteBelow(table, key);
    }

    @Override
    public Snapshots snapshots() {
      return store.snapshots();
    }

    @Override
    public void install() {
      store.install();
    }

    @Override
    public View view() {
      View view = store.view();
      opened++;
      return new View() {
        @Override
        public Optional<Bytes> get(Table table, Bytes key) {
          return view.get(table, key);
        }

        @Override
        public void scan(Table table, Bytes from, Visitor visitor) {
          view.scan(table, from, visitor);
        }

        @Override
        public void close() {
          closed++;
          view.close();
        }
      };
    }
  }
}
