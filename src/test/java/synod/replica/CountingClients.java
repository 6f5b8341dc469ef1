package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Outcome;
import synod.kv.Query;
import synod.paxos.Bytes;

/**
 * A load that notices a write that is lost, refused or doubled, and a read that is stale. Each
 * client adds 1 to a counter that nobody else writes, and reads it: the n-th addition has to be
 * answered with n, and so has the read behind it.
 */
final class CountingClients {
  private static final int CLIENTS = 3;

  private final TestCluster cluster;
  private final List<Integer> through;
  private final AtomicBoolean ending = new AtomicBoolean();
  private final List<Client> clients;

  private CountingClients(TestCluster cluster, Collection<Integer> through, String name) {
    this.cluster = cluster;
    this.through = List.copyOf(through);
    this.clients =
        through.stream()
            .flatMap(
                id ->
                    IntStream.range(0, CLIENTS)
                        .mapToObj(i -> new Client(id, name + " " + id + "." + i)))
            .toList();
  }

  /** Some through each of these replicas; the name is in no use yet. */
  static CountingClients start(TestCluster cluster, Collection<Integer> through, String name) {
    CountingClients started = new CountingClients(cluster, through, name);
    started.clients.forEach(Client::add);
    return started;
  }

  /** Waits until each client has had so many more answers. */
  void awaitProgress(int answers) {
    List<Long> before = clients.stream().map(client -> client.count).toList();
    TestCluster.awaitUntil(
        answers + " more answers for each of " + this,
        () ->
            IntStream.range(0, clients.size())
                .allMatch(i -> clients.get(i).hasCome(before.get(i) + answers)));
  }

  /** Lets each have its answer, and checks its counter through another of the replicas. */
  void end() {
    ending.set(true);
    for (Client client : clients) {
      TestCluster.await(client.ended);
      int other = through.get((through.indexOf(client.through) + 1) % through.size());
      assertEquals(
          Optional.of(String.valueOf(client.count)), cluster.get(other, client.counter.utf8()));
    }
  }

  @Override
  public String toString() {
    return String.valueOf(
        clients.stream().map(client -> client.counter.utf8() + "=" + client.count).toList());
  }

  private final class Client {
    private final int through;
    private final Bytes counter;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private volatile long count;

    Client(int through, String counter) {
      this.through = through;
      this.counter = Bytes.utf8(counter);
    }

    boolean hasCome(long to) {
      if (ended.isCompletedExceptionally()) {
        TestCluster.await(ended);
      }
      return count >= to;
    }

    void add() {
      if (ending.get()) {
        ended.complete(null);
      } else {
        cluster.replica(through).write(new Command.Add(counter, 1), this::added);
      }
    }

    private void added(Outcome outcome) {
      long next = count + 1;
      if (is(new Answer.Amount(next), outcome)) {
        count = next;
        cluster.replica(through).read(new Query.Get(List.of(counter)), this::read);
      }
    }

    private void read(Outcome outcome) {
      Bytes expected = Bytes.utf8(String.valueOf(count));
      if (is(new Answer.Values(List.of(Optional.of(expected))), outcome)) {
        add();
      }
    }

    private boolean is(Answer expected, Outcome outcome) {
      boolean right = outcome.equals(new Outcome.Done(expected));
      if (!right) {
        ended.completeExceptionally(
            new AssertionError(
                counter.utf8() + ": after " + count + " came " + outcome + ", not " + expected));
      }
      return right;
    }
  }
}
