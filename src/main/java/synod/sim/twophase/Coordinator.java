package synod.sim.twophase;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Asks for votes and decides. State: transactions that collect votes, in memory alone; those that
 * are committed and that a participant has not acknowledged, durable.
 *
 * <ol>
 *   <li>It tells nobody to commit before its decision is durable.
 *   <li>It says nothing of what another one coordinates.
 *   <li>It forgets a commit only when every participant has acknowledged it; of what it does not
 *       know it says abort (presumed abort: Bernstein et al., 7.4).
 * </ol>
 */
public final class Coordinator {
  private static final long PATIENCE = 100;

  private final int self;
  private final List<Integer> participants;
  private final Site site;
  private final TreeMap<Long, Collecting> collecting = new TreeMap<>();
  private final TreeMap<Long, TreeSet<Integer>> unacknowledged = new TreeMap<>();

  private static final class Collecting {
    final Transaction transaction;
    final Consumer<Verdict> client;
    final long since;
    final TreeSet<Integer> yes = new TreeSet<>();
    boolean deciding;

    Collecting(Transaction transaction, Consumer<Verdict> client, long since) {
      this.transaction = transaction;
      this.client = client;
      this.since = since;
    }
  }

  /** Goes on from what is durable. */
  public Coordinator(int self, List<Integer> participants, Site site, List<LogRecord> log) {
    this.self = self;
    this.participants = List.copyOf(participants);
    this.site = site;
    for (LogRecord entry : log) {
      if (entry instanceof LogRecord.Committed committed) {
        unacknowledged.put(committed.transaction().number(), new TreeSet<>(participants));
      } else if (entry instanceof LogRecord.Finished finished) {
        unacknowledged.remove(finished.number());
      }
    }
  }

  public void begin(Transaction transaction, Consumer<Verdict> client) {
    collecting.put(transaction.number(), new Collecting(transaction, client, site.now()));
    participants.forEach(to -> site.send(to, new Message.VoteRequest(transaction)));
  }

  public void receive(int from, Message message) {
    if (message instanceof Message.VoteYes yes) {
      votesYes(from, yes.number());
    } else if (message instanceof Message.VoteNo no) {
      abort(no.number(), new Verdict.Aborted(no.holder(), no.key()));
    } else if (message instanceof Message.Ack ack) {
      acknowledged(from, ack.number());
    } else if (message instanceof Message.DecisionRequest request
        && request.coordinator() == self) {
      tell(from, request.number());
    }
  }

  private void votesYes(int from, long number) {
    Collecting one = collecting.get(number);
    if (one == null || one.deciding) {
      return;
    }
    one.yes.add(from);
    if (one.yes.containsAll(participants)) {
      one.deciding = true;
      site.write(new LogRecord.Committed(one.transaction), () -> commit(one));
    }
  }

  /** The decision is durable, and nobody else knows it yet. */
  private void commit(Collecting one) {
    long number = one.transaction.number();
    collecting.remove(number);
    unacknowledged.put(number, new TreeSet<>(participants));
    site.happened("Decided", number, "commit");
    participants.forEach(to -> site.send(to, new Message.Commit(number)));
    one.client.accept(new Verdict.Committed());
  }

  private void abort(long number, Verdict.Aborted why) {
    Collecting one = collecting.get(number);
    if (one == null || one.deciding) {
      return;
    }
    collecting.remove(number);
    participants.forEach(to -> site.send(to, new Message.Abort(number)));
    one.client.accept(why);
  }

  private void acknowledged(int from, long number) {
    TreeSet<Integer> missing = unacknowledged.get(number);
    if (missing != null && missing.remove(from) && missing.isEmpty()) {
      unacknowledged.remove(number);
      site.write(new LogRecord.Finished(number), () -> {});
    }
  }

  private void tell(int to, long number) {
    if (unacknowledged.containsKey(number)) {
      site.send(to, new Message.Commit(number));
    } else if (!collecting.containsKey(number)) {
      site.send(to, new Message.Abort(number));
    }
  }

  /** Says again what nobody has acknowledged, and gives up on votes that do not come. */
  public void tick() {
    unacknowledged.forEach(
        (number, missing) -> missing.forEach(to -> site.send(to, new Message.Commit(number))));
    List<Collecting> late =
        collecting.values().stream().filter(one -> site.now() - one.since > PATIENCE).toList();
    late.forEach(one -> abort(one.transaction.number(), new Verdict.Aborted(0, "")));
  }
}
