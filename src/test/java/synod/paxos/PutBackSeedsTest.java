package synod.paxos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import synod.memory.MemoryJournal;
import synod.paxos.Standing.Kind;

/**
 * Disks of one of five replicas are copied, put back, wiped and readmitted, in any order, while its
 * processes start and crash, and what they say to the others is lost, doubled and delayed, also
 * over restarts. Each life that votes promises a ballot that is above all before.
 *
 * <p>Whoever has met a life that has voted trusts no life without its promise, as long as no life
 * has voted without one: a few do in the end, since all who knew were not heard.
 */
class PutBackSeedsTest {
  private static final ReplicaId SELF = new ReplicaId(1);
  private static final AcceptorSettings FIVE =
      new AcceptorSettings(Ear.replicas(5), Quorums.majority(5), 100);
  private static final int SEEDS = 500;
  private static final int STEPS = 100;
  private static final int MOST_DISKS = 4;

  private final Map<String, Integer> counts = new TreeMap<>();

  @Test
  void whoeverKnowsBetterTrustsNoOldDisk() {
    for (int seed = 0; seed < SEEDS; seed++) {
      new History(seed, true).run();
    }

    for (String what :
        List.of("put back", "distrusted", "trusted", "voted", "readmitting", "unrecognised")) {
      assertTrue(counts.getOrDefault(what, 0) > SEEDS / 100, counts::toString);
    }
  }

  @Test
  void noDiskIsDistrustedThatIsTheOnlyOne() {
    for (int seed = 0; seed < SEEDS; seed++) {
      new History(seed, false).run();
    }

    assertEquals(0, counts.getOrDefault("distrusted", 0), counts::toString);
    assertTrue(counts.getOrDefault("voted", 0) > SEEDS, counts::toString);
  }

  private final class History {
    private final int seed;
    private final boolean putsBack;
    private final SplittableRandom chance;
    private final Map<ReplicaId, Ear> ears = new TreeMap<>();
    private final Map<ReplicaId, Acceptor> acceptors = new TreeMap<>();
    private final List<Envelope<?>> sent = new ArrayList<>();
    private final List<MemoryJournal> disks = new ArrayList<>();
    private final Map<Life, Ballot> voted = new TreeMap<>(comparator());
    private final Map<ReplicaId, Set<Life>> met = new TreeMap<>();
    private final TreeSet<Long> incarnations = new TreeSet<>();
    private MemoryJournal disk;
    private long directories;
    private long now;
    private boolean unrecognised;

    History(int seed, boolean putsBack) {
      this.seed = seed;
      this.putsBack = putsBack;
      this.chance = new SplittableRandom(seed);
      for (int id = 2; id <= 5; id++) {
        met.put(new ReplicaId(id), new TreeSet<>(comparator()));
        MemoryJournal journal = new MemoryJournal(new Life(100 + id, 1), Standing.of(Kind.VOTING));
        begin(new Ear(id, journal), id);
      }
      this.disk = wiped();
      begin(new Ear(1, disk), 1);
    }

    private static Comparator<Life> comparator() {
      return Comparator.comparing(Life::directory).thenComparing(Life::incarnation);
    }

    private void begin(Ear ear, int id) {
      Acceptor acceptor = new Acceptor(ear.journal(), FIVE);
      acceptor.start(now, ear.outbox());
      ears.put(new ReplicaId(id), ear);
      acceptors.put(new ReplicaId(id), acceptor);
      hear(new ReplicaId(id));
    }

    private Ear ear(ReplicaId id) {
      return Objects.requireNonNull(ears.get(id));
    }

    private MemoryJournal wiped() {
      Life life = new Life(++directories, incarnation(0));
      MemoryJournal made = new MemoryJournal(life, Standing.of(Kind.FRESH));
      disks.add(made);
      return made;
    }

    /** Of a seed with clocks that are set back: any that no other process has had. */
    private long incarnation(long last) {
      long next = incarnations.isEmpty() ? 1 : incarnations.last() + 1;
      if (hasWrongClocks()) {
        next = last + 1 + chance.nextInt(50);
        while (incarnations.contains(next)) {
          next++;
        }
      }
      incarnations.add(next);
      return next;
    }

    private boolean hasWrongClocks() {
      return seed % 2 == 0;
    }

    void run() {
      for (int step = 0; step < STEPS && !unrecognised; step++) {
        int draw = chance.nextInt(20);
        if (draw < 4) {
          restart();
        } else if (draw < 6 && putsBack) {
          change();
        } else if (draw < 8 && !hasWrongClocks()) {
          tell(SELF, SELF, new Message.Readmit());
          talk(others());
          tell(SELF, SELF, new Message.Durable(1_000_000));
        } else if (draw < 14) {
          talk(some());
          promise();
        } else {
          deliverLate();
        }
      }
    }

    private List<ReplicaId> others() {
      List<ReplicaId> others = Ear.replicas(5);
      others.remove(SELF);
      return others;
    }

    /** As many of the others as it takes to vote, or more of them. */
    private List<ReplicaId> some() {
      List<ReplicaId> some = others();
      int most = 2 + chance.nextInt(3);
      while (some.size() > most) {
        some.remove(chance.nextInt(some.size()));
      }
      return some;
    }

    /** With these alone, until there is nothing to say, or until a crash. */
    private void talk(List<ReplicaId> reachable) {
      int most = chance.nextInt(3) == 0 ? chance.nextInt(12) : Integer.MAX_VALUE;
      for (int round = 0; round < 5; round++) {
        now += 100;
        int next = sent.size();
        acceptor(SELF).tick(now, ear(SELF).outbox());
        hear(SELF);
        for (; next < sent.size() && most > 0; next++, most--) {
          Envelope<?> envelope = sent.get(next);
          if (reachable.contains(envelope.to()) || reachable.contains(envelope.from())) {
            deliver(envelope);
          }
        }
      }
    }

    private Acceptor acceptor(ReplicaId id) {
      return Objects.requireNonNull(acceptors.get(id));
    }

    /** What was delivered may come again, and what was not may come at last. */
    private void deliverLate() {
      for (int i = 0; i < 3 && !sent.isEmpty(); i++) {
        deliver(sent.get(chance.nextInt(sent.size())));
      }
    }

    private void deliver(Envelope<?> envelope) {
      if (envelope.message() instanceof Message.ToAcceptor message) {
        tell(envelope.from(), envelope.to(), message);
      }
    }

    private void tell(ReplicaId from, ReplicaId to, Message.ToAcceptor message) {
      ear(to).tell(acceptor(to), from.number(), message);
      if (message instanceof Message.Hello hello && from.equals(SELF)) {
        check(to, hello);
      }
      hear(to);
    }

    private void hear(ReplicaId from) {
      for (Envelope<?> envelope : ear(from).all()) {
        if (!envelope.from().equals(envelope.to())) {
          sent.add(envelope);
        }
      }
      if (from.equals(SELF)) {
        unrecognised |= votes() && highest().isAbove(known());
        count("unrecognised", unrecognised);
        count("readmitting", disk.standing().is(Kind.READMITTING));
      } else {
        ear(from).journal().met(SELF).ifPresent(met(from)::add);
      }
    }

    private Set<Life> met(ReplicaId id) {
      return Objects.requireNonNull(met.get(id));
    }

    /** Whether the other now takes a life for the newest that knows less than one it has met. */
    private void check(ReplicaId other, Message.Hello hello) {
      Life life = hello.lineage().life();
      boolean trusted = ear(other).journal().met(SELF).filter(life::equals).isPresent();
      boolean asks = hello.as() == asking() && life.equals(disk.life());
      count(trusted ? "trusted" : "distrusted", asks && hello.as() != Kind.FRESH);
      for (Life before : met(other)) {
        Ballot promised = voted.getOrDefault(before, Ballot.NONE);
        boolean knows = !asks || !trusted || !promised.isAbove(known());
        assertTrue(knows, () -> seed + ": " + other + " met " + before + ", trusts " + life);
      }
    }

    /** As what it asks, if an answer can make it vote; a question of it may still be on its way. */
    private Kind asking() {
      return votes() ? Kind.RETURNING : disk.standing().kind();
    }

    /** The highest ballot that this disk promises never to contradict. */
    private Ballot known() {
      Ballot bound = disk.standing().promised();
      return bound.isAbove(disk.promised()) ? bound : disk.promised();
    }

    private Ballot highest() {
      return voted.values().stream().max(Ballot::compareTo).orElse(Ballot.NONE);
    }

    private boolean votes() {
      return disk.standing().is(Kind.VOTING);
    }

    /** A leader's phase 1 is completed, so that the others know of it. */
    private void promise() {
      if (votes()) {
        ReplicaId leader = new ReplicaId(2);
        Ballot ballot = ear(leader).journal().promised().next(leader);
        for (ReplicaId id : Ear.replicas(5)) {
          tell(leader, id, new Message.Prepare(ballot, 1));
        }
        voted.put(disk.life(), ballot);
        count("voted", true);
      }
    }

    private void restart() {
      disk.reopen(incarnation(disk.life().incarnation()));
      begin(new Ear(1, disk), 1);
    }

    /** A copy is made, or put back, or the disk is wiped. */
    private void change() {
      int draw = chance.nextInt(8);
      if (draw < 4) {
        disks.add(disk.copy());
      } else if (draw < 7) {
        disk = disks.get(chance.nextInt(disks.size())).copy();
        count("put back", true);
      } else {
        disk = wiped();
      }
      while (disks.size() > MOST_DISKS) {
        disks.remove(0);
      }
      restart();
    }

    private void count(String what, boolean counts) {
      if (counts) {
        PutBackSeedsTest.this.counts.merge(what, 1, Integer::sum);
      }
    }
  }
}
