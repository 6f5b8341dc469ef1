package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.memory.MemoryJournal;
import synod.paxos.Acceptor;
import synod.paxos.AcceptorSettings;
import synod.paxos.Envelope;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Quorums;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;
import synod.paxos.Standing.Kind;

/**
 * Replica 3 of five has a real data directory, of which copies are put back; the four others have
 * met what they have met. State: the acceptors that run, and what they have said.
 */
class PutBackTest {
  private static final ReplicaId SELF = Directories.OWNER.replica();
  private static final AcceptorSettings SETTINGS =
      new AcceptorSettings(
          IntStream.rangeClosed(1, 5).mapToObj(ReplicaId::new).toList(), Quorums.majority(5), 100);
  private static final long STEP = 1_000;

  private final Map<ReplicaId, Part> parts = new TreeMap<>();
  private final TreeSet<Integer> away = new TreeSet<>();
  private final Deque<Envelope<?>> network = new ArrayDeque<>();
  private Path path;
  private Path copy;
  private Optional<DataDirectory> open = Optional.empty();
  private long now;

  /** An acceptor, and what it speaks through. */
  private record Part(Acceptor acceptor, Outbox out) {}

  @BeforeEach
  void startTheOthers(@TempDir Path fresh) {
    path = fresh.resolve("data");
    copy = fresh.resolve("copy");
    for (int id : new int[] {1, 2, 4, 5}) {
      Life life = new Life(id, 1);
      begin(new ReplicaId(id), new MemoryJournal(life, Standing.of(Kind.VOTING)));
    }
  }

  @AfterEach
  void close() {
    open.ifPresent(DataDirectory::close);
  }

  private void begin(ReplicaId id, Journal journal) {
    Outbox out = Outbox.writing(new Outbox.Owner(id, journal, network::add, event -> {}));
    Part part = new Part(new Acceptor(journal, SETTINGS), out);
    part.acceptor().start(now, out);
    parts.put(id, part);
  }

  /** A process begins on the directory, and has not been heard yet. */
  private void begin() {
    DataDirectory data = DataDirectory.open(path, Directories.OWNER);
    open = Optional.of(data);
    begin(SELF, data.journal());
  }

  /** All that is said is heard, but by those that are away, until there is nothing to say. */
  private void talk() {
    for (int round = 0; round < 10; round++) {
      now += STEP;
      parts.values().forEach(part -> part.acceptor().tick(now, part.out()));
      deliver();
    }
  }

  private void deliver() {
    parts.values().forEach(part -> part.out().release());
    while (!network.isEmpty()) {
      Envelope<?> envelope = network.poll();
      Part to = parts.get(envelope.to());
      boolean cut =
          away.contains(envelope.to().number()) || away.contains(envelope.from().number());
      if (!cut && to != null && envelope.message() instanceof Message.ToAcceptor message) {
        to.acceptor().receive(new Envelope<>(envelope.from(), envelope.to(), message), to.out());
        to.out().release();
      }
    }
  }

  private void stop() {
    open.ifPresent(DataDirectory::close);
    open = Optional.empty();
    parts.remove(SELF);
  }

  /** A process that is heard by all, and ends. */
  private Kind live() {
    begin();
    talk();
    Kind kind = open.orElseThrow().journal().standing().kind();
    stop();
    return kind;
  }

  /** A process that ends before it hears anything. */
  private void crash() {
    begin();
    stop();
  }

  /** A process that two of the others hear, and that hears none of them. */
  private void askInVain() {
    away.add(1);
    away.add(2);
    begin();
    parts.values().forEach(part -> part.out().release());
    parts.remove(SELF);
    deliver();
    stop();
    away.clear();
  }

  private void copy() {
    Directories.copy(path, copy);
  }

  private void putBack() {
    Directories.delete(path);
    Directories.copy(copy, path);
  }

  @Test
  void aDirectoryVotesAgainAfterEachStop() {
    for (int start = 0; start < 5; start++) {
      assertEquals(Kind.VOTING, live());
    }
  }

  @Test
  void anOldCopyIsRecognisedIfTheNewerOneStartedOnceMore() {
    live();
    copy();
    assertEquals(Kind.VOTING, live());

    putBack();

    assertEquals(Kind.QUARANTINED, live());
    assertEquals(Kind.QUARANTINED, live());
  }

  @Test
  void anOldCopyIsRecognisedThoughItStartsMoreOftenThanTheNewerOneDid() {
    live();
    copy();
    assertEquals(Kind.VOTING, live());

    putBack();
    crash();
    crash();

    assertEquals(Kind.QUARANTINED, live());
  }

  @Test
  void anOldCopyOfOneThatHadNotVotedYetIsRecognised() {
    live();
    crash();
    copy();
    crash();
    assertEquals(Kind.VOTING, live());

    putBack();
    crash();

    assertEquals(Kind.QUARANTINED, live());
  }

  @Test
  void anOldCopyOfANewDirectoryIsRecognised() {
    crash();
    copy();
    assertEquals(Kind.VOTING, live());

    putBack();

    assertEquals(Kind.QUARANTINED, live());
  }

  /** It cannot be known whether the copy votes later: what was met last counts. */
  @Test
  void theNewerOneIsRecognisedToo() {
    live();
    copy();
    Path newer = Directories.copy(path, path.resolveSibling("newer"));
    putBack();
    assertEquals(Kind.VOTING, live());

    Directories.delete(path);
    Directories.copy(newer, path);

    assertEquals(Kind.QUARANTINED, live());
  }

  @Test
  void crashesBeforeItVotesCostNothing() {
    live();
    crash();
    askInVain();
    crash();
    askInVain();
    askInVain();

    assertEquals(Kind.VOTING, live());
    assertEquals(Kind.VOTING, live());
  }

  @Test
  void whoWasAwayForSeveralLivesTrustsTheNext() {
    live();
    away.add(1);
    askInVain();
    for (int start = 0; start < 3; start++) {
      away.add(1);
      assertEquals(Kind.VOTING, live());
    }
    away.clear();

    assertEquals(Kind.VOTING, live());
  }

  /** Their bounds are from before the newer one voted. */
  @Test
  void anOldCopyThatWasBeingReadmittedIsRecognised() {
    live();
    Directories.delete(path);
    assertEquals(Kind.QUARANTINED, live());
    readmit();
    copy();
    begin();
    tellDurable();
    talk();
    assertEquals(Kind.VOTING, open.orElseThrow().journal().standing().kind());
    stop();

    putBack();
    begin();
    tellDurable();
    talk();

    assertEquals(Kind.QUARANTINED, open.orElseThrow().journal().standing().kind());
  }

  /** The disk that was lost is found again, when another is being readmitted in its place. */
  @Test
  void theDiskBeforeAReadmissionIsRecognised() {
    live();
    copy();
    Directories.delete(path);
    live();
    readmit();

    putBack();

    assertEquals(Kind.QUARANTINED, live());
  }

  private void readmit() {
    begin();
    talk();
    tell(new Message.Readmit());
    talk();
    assertEquals(Kind.READMITTING, open.orElseThrow().journal().standing().kind());
    stop();
  }

  private void tellDurable() {
    tell(new Message.Durable(1_000_000));
  }

  private void tell(Message.ToAcceptor message) {
    network.add(new Envelope<>(SELF, SELF, message));
    deliver();
  }
}
