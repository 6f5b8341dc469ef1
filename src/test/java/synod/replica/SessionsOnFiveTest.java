package synod.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Numbered;
import synod.kv.Outcome;
import synod.kv.SessionAnswer;
import synod.kv.SessionRequest;
import synod.kv.Ticket;
import synod.paxos.Bytes;

/** A client's session over five replicas of which some die or cannot be reached. */
class SessionsOnFiveTest {
  private static final Answer ONE = new Answer.Amount(1);
  private static final Command ADD = new Command.Add(Bytes.utf8("n"), 1);

  @Test
  void aCommandThatIsRepeatedThroughAnotherReplicaAfterADeathIsDoneOnce() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      int leader = cluster.awaitLeader();
      long session = open(cluster, leader);
      assertEquals(new Outcome.Done(ONE), TestCluster.await(once(cluster, leader, session, 1)));

      cluster.kill(leader);
      int next = cluster.awaitLeader();
      int other = cluster.alive().stream().filter(id -> id != next).findFirst().orElseThrow();

      assertEquals(new Outcome.Done(ONE), TestCluster.await(once(cluster, other, session, 1)));
      assertEquals(
          done(new SessionAnswer.Was(ONE)), TestCluster.await(fate(cluster, next, session, 1)));
      assertEquals(Optional.of("1"), cluster.get(next, "n"));
      assertEquals(
          new Outcome.Done(new Answer.Amount(2)),
          TestCluster.await(once(cluster, other, session, 2)));

      cluster.start(leader);
      assertEquals(new Outcome.Done(ONE), TestCluster.await(once(cluster, leader, session, 1)));
      assertEquals(Optional.of("2"), cluster.get(leader, "n"));
      cluster.awaitEqualStores();
    }
  }

  /** The command waits in a replica that nobody hears; meanwhile the client asks another. */
  @Test
  void whatIsSaidToBeNotDoneIsNotDoneWhenTheDelayedCommandComes() {
    try (TestCluster cluster = TestCluster.ofFive()) {
      int leader = cluster.awaitLeader();
      int lonely = leader % 5 + 1;
      List<Integer> others = cluster.alive().stream().filter(id -> id != lonely).toList();
      long session = open(cluster, lonely);

      cluster.split(List.of(lonely), others);
      CompletableFuture<Outcome> delayed = once(cluster, lonely, session, 1);
      Outcome asked = TestCluster.await(fate(cluster, leader, session, 1));
      assertEquals(done(refusal(SessionAnswer.Reason.SEALED)), asked);
      assertFalse(delayed.isDone());
      cluster.heal();

      assertEquals(done(refusal(SessionAnswer.Reason.SEALED)), TestCluster.await(delayed));
      assertEquals(Optional.empty(), cluster.get(lonely, "n"));
      cluster.awaitEqualStores();
    }
  }

  private static long open(TestCluster cluster, int through) {
    SessionRequest open = new SessionRequest.Open(cluster.replica(through).sessionLimits());
    Outcome outcome = TestCluster.await(ask(cluster, through, open));
    if (outcome instanceof Outcome.Done done
        && done.answer() instanceof Answer.OfSession answer
        && answer.answer() instanceof SessionAnswer.Alive alive) {
      return alive.session();
    }
    throw new AssertionError(outcome);
  }

  private static CompletableFuture<Outcome> once(
      TestCluster cluster, int through, long session, long number) {
    Numbered add = new Numbered(new Ticket(session, number, 0), ADD);
    return ask(cluster, through, new SessionRequest.Do(add));
  }

  private static CompletableFuture<Outcome> fate(
      TestCluster cluster, int through, long session, long number) {
    return ask(cluster, through, new SessionRequest.Fate(session, number));
  }

  private static CompletableFuture<Outcome> ask(
      TestCluster cluster, int through, SessionRequest request) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    cluster.replica(through).write(new Command.InSession(request), outcome::complete);
    return outcome;
  }

  private static Outcome done(SessionAnswer answer) {
    return new Outcome.Done(new Answer.OfSession(answer));
  }

  private static SessionAnswer refusal(SessionAnswer.Reason reason) {
    return new SessionAnswer.Refusal(reason);
  }
}
