package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Machine;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.link.Loop;
import synod.memory.ForwardingJournal;
import synod.memory.MemoryJournal;
import synod.memory.MemoryState;
import synod.paxos.Acceptance;
import synod.paxos.Bytes;
import synod.paxos.Network;
import synod.paxos.ReplicaId;

/** The order in which a replica under load is closed. */
class StoppedReplicaTest {
  private static final ReplicaId ONE = new ReplicaId(1);

  private final Loop loop = Loop.start("loop");
  private final Machine machine = Machine.open(new MemoryState());
  private final List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
  private final List<String> tooLate = new CopyOnWriteArrayList<>();
  private volatile boolean closed;
  private long answered;

  @AfterEach
  void stop() {
    loop.close();
  }

  @Test
  void theStoreIsClosedLastWhenAllClientsHaveHeardAndNobodySaysAnythingAnyMore() {
    RunningReplica replica = RunningReplica.start(wiring(), loop, this::closeStore);
    put(replica, 0);
    TestCluster.await(outcomes.get(0));
    for (int i = 1; i < 500; i++) {
      put(replica, i);
    }

    replica.close();

    assertEquals(500, answered, "outcomes when the store was closed");
    assertEquals(List.of(), tooLate);
    for (int i = 0; i < 500; i++) {
      check(i, TestCluster.await(outcomes.get(i)));
    }
  }

  private void closeStore() {
    closed = true;
    answered = outcomes.stream().filter(CompletableFuture::isDone).count();
  }

  private void note(String what) {
    if (closed) {
      tooLate.add(what);
    }
  }

  private void put(RunningReplica replica, int i) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    outcomes.add(outcome);
    Bytes key = Bytes.utf8("key" + i);
    replica.write(new Command.Put(List.of(new Command.Entry(key, key))), outcome::complete);
  }

  private void check(int i, Outcome outcome) {
    Bytes key = Bytes.utf8("key" + i);
    Answer found = machine.answer(new Query.Get(List.of(key)));
    boolean there = found.equals(new Answer.Values(List.of(Optional.of(key))));
    assertTrue(there || !(outcome instanceof Outcome.Done), key + " was said to be done");
    assertTrue(!there || !(outcome instanceof Outcome.NotDone), key + " was said to be not done");
  }

  private Wiring wiring() {
    MemoryJournal disk = new MemoryJournal();
    ForwardingJournal watched =
        new ForwardingJournal(disk) {
          @Override
          public void accept(Acceptance acceptance) {
            note("accept of slot " + acceptance.slot());
            super.accept(acceptance);
          }

          @Override
          public void sync() {
            note("sync");
            super.sync();
          }
        };
    Wiring.Hooks hooks =
        new Wiring.Hooks() {
          @Override
          public Network network(Network links) {
            return envelope -> {
              note(envelope.toString());
              links.send(envelope);
            };
          }
        };
    Settings settings = TestSettings.of(1, "");
    Wiring.Memory memory = new Wiring.Memory(watched, machine, 1, new Cluster(0, number -> {}));
    return new Wiring(ONE, settings, memory, hooks, why -> note("fatal: " + why));
  }
}
