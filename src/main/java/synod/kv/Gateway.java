package synod.kv;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import synod.paxos.Ballot;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.Reply;
import synod.paxos.Role;

/**
 * Owns each command and each read of this replica's clients until it has its outcome, so that no
 * crash of a role and no change of leader loses one.
 *
 * <p>Commands go to the leader's proposer in the order in which they came, and are answered when
 * this replica has applied them. A command that stays unanswered is sent again under the same
 * number, with all that come after it, at the pace of {@link SlowStart}; the state machine applies
 * each number once, and in order.
 *
 * <p>Past its time a client is told that the outcome is unknown. The gateway goes on until the log
 * has settled it: done if the command was applied by then, else never done; and has that kept.
 *
 * <p>A read asks the leader for a slot and is answered from this replica's state once that slot is
 * applied here. If the answer does not come, a command without effect takes a slot in its place.
 *
 * <ol>
 *   <li>Every command and every read gets exactly one outcome.
 *   <li>Nothing is reported as not done that was ever sent.
 *   <li>What waits here stays within {@link GatewaySettings#pendingBytes}.
 * </ol>
 */
public final class Gateway implements Role<Message.ToGateway> {
  /** The outcome of what the gateway has not sent, and will not: its replica stops. */
  public static final Outcome ENDED =
      new Outcome.NotDone("BUSY this replica stops; it was not sent. Try another");

  private static final int MOST_DOUBLINGS = 3;
  private static final int READ_BYTES = 256;
  private static final Command BARRIER = new Command.Put(List.of());

  private final GatewaySettings settings;
  private final PendingCommands commands;
  private final PendingReads reads;
  private final SlowStart pace = new SlowStart();
  private Ballot leader = Ballot.NONE;
  private long applied;
  private long now;
  private long lastProgress;
  private int resends;

  public Gateway(GatewaySettings settings, Function<Query, Answer> state) {
    this.settings = settings;
    this.commands = new PendingCommands(settings.session(), settings.sessions());
    this.reads = new PendingReads(settings.session(), state);
  }

  @Override
  public void start(long time, Outbox out) {
    now = time;
  }

  /** Takes a command of a client. It is sent by the next {@link #flush}. */
  public void write(Command command, Consumer<Outcome> then) {
    if (isFull()) {
      then.accept(new Outcome.NotDone(busy()));
      return;
    }
    commands.add(command, now + settings.timing().giveUpMs(), then);
  }

  /** Takes a read of a client. It is asked about by the next {@link #flush}. */
  public void read(Query query, Consumer<Outcome> then) {
    if (isFull()) {
      then.accept(new Outcome.NotDone(busy()));
      return;
    }
    reads.add(query, now + settings.timing().giveUpMs(), then);
  }

  private boolean isFull() {
    return commands.bytes() + (long) READ_BYTES * reads.size() >= settings.pendingBytes();
  }

  private String busy() {
    return "BUSY " + settings.pendingBytes() + " bytes of commands wait for their answers here";
  }

  /**
   * Sends what has gathered since the last time, if there is a leader to send it to: reads first,
   * which can ride on the slot of these commands then.
   */
  public void flush(Outbox out) {
    if (leader.equals(Ballot.NONE)) {
      return;
    }
    reads.ask().ifPresent(id -> out.send(leader.replica(), new Message.Read(id)));
    while (commands.hasUnsent() && pace.maySend()) {
      out.send(leader.replica(), new Message.Submit(commands.takeUnsent(settings.submitBytes())));
      pace.sent(commands.lastSent());
    }
  }

  @Override
  public void receive(Envelope<Message.ToGateway> envelope, Outbox out) {
    Message.ToGateway message = envelope.message();
    if (message instanceof Message.Applied slot) {
      applied(slot, out);
    } else if (message instanceof Message.ReadIndex index) {
      lastProgress = now;
      reads.index(index.id(), index.slot(), applied);
    } else if (message instanceof Message.Leader changed) {
      leaderChanged(changed.ballot(), out);
    } else if (message instanceof Message.NotLeading refusal) {
      notLeading(refusal);
    } else if (message instanceof Message.Busy) {
      // the next retry comes soon enough: to be told "later" and to come at once helps nobody
      lastProgress = now;
    }
  }

  private void applied(Message.Applied message, Outbox out) {
    applied = Math.max(applied, message.slot());
    for (Reply reply : message.replies()) {
      if (reply.session() == settings.session()
          && commands.answer(reply.number(), Answers.decode(reply.answer()))) {
        lastProgress = now;
        resends = 0;
      }
    }
    reads.applied(applied);
    if (pace.answeredBelow(commands.answeredBelow())) {
      flush(out);
    }
  }

  private void leaderChanged(Ballot ballot, Outbox out) {
    if (ballot.equals(leader)) {
      return;
    }
    leader = ballot;
    sendAgain(out);
  }

  /** Whoever we sent it to does not lead (any more): ask again at the next tick. */
  private void notLeading(Message.NotLeading refusal) {
    if (refusal.promised().compareTo(leader) >= 0) {
      lastProgress = Math.min(lastProgress, now - settings.timing().retryMs());
      resends = 0;
    }
  }

  /** The last step: whoever still waits gets the outcome that is known now. */
  public void end() {
    commands.end();
    reads.end();
  }

  @Override
  public void tick(long time, Outbox out) {
    now = time;
    commands.giveUp(now);
    reads.giveUp(now);
    if (commands.isEmpty() && !reads.isAsking()) {
      lastProgress = now;
      resends = 0;
    } else if (now - lastProgress >= settings.timing().retryMs() << resends) {
      resends = Math.min(resends + 1, MOST_DOUBLINGS);
      readThroughTheLog();
      sendAgain(out);
    }
  }

  /**
   * The leader hears us, or others do, but its answers do not get here: a command that changes
   * nothing gets a slot as any command does, and what it finds applied here is late enough for
   * these reads.
   */
  private void readThroughTheLog() {
    if (reads.isAsking() && !leader.equals(Ballot.NONE)) {
      commands.add(BARRIER, now + settings.timing().giveUpMs(), reads.takeAsked());
    }
  }

  private void sendAgain(Outbox out) {
    lastProgress = now;
    if (commands.sendAllAgain()) {
      pace.restart();
    }
    reads.askAllAgain();
    flush(out);
  }
}
