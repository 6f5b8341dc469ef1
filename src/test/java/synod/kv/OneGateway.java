package synod.kv;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import synod.memory.MemoryJournal;
import synod.paxos.Ballot;
import synod.paxos.Bytes;
import synod.paxos.Envelope;
import synod.paxos.Message;
import synod.paxos.Outbox;
import synod.paxos.ReplicaId;
import synod.paxos.Reply;

/** The words of tests of one gateway, of replica 4: what it is asked and told, and what it says. */
abstract class OneGateway {
  static final ReplicaId SELF = new ReplicaId(4);
  static final Ballot LEADER = new Ballot(3, new ReplicaId(1));
  static final long SESSION = new SessionId(SELF, 1).value();
  static final long FIRST_READ = PendingReads.firstId(SESSION);
  static final int RETRY = 500;
  static final int GIVE_UP = 10_000;

  static final SessionLimits LIMITS = new SessionLimits(60_000, 4);

  final List<Envelope<?>> sent = new ArrayList<>();
  final List<Outcome> outcomes = new ArrayList<>();
  final Outbox out =
      Outbox.speaking(new Outbox.Owner(SELF, new MemoryJournal(), sent::add, event -> {}));
  final Gateway gateway =
      new Gateway(
          new GatewaySettings(
              SESSION, 200, 1_000, new GatewaySettings.Timing(RETRY, GIVE_UP), LIMITS),
          query -> new Answer.Amount(42));

  @BeforeEach
  void start() {
    gateway.start(0, out);
  }

  void leader(Ballot ballot) {
    receive(new Message.Leader(ballot));
  }

  void receive(Message.ToGateway message) {
    gateway.receive(new Envelope<>(SELF, SELF, message), out);
    out.release();
  }

  void put(String value) {
    gateway.write(command(value), outcomes::add);
    gateway.flush(out);
    out.release();
  }

  static Command command(String value) {
    return new Command.Put(List.of(new Command.Entry(Bytes.utf8("k"), Bytes.utf8(value))));
  }

  void read() {
    gateway.read(new Query.Count(), outcomes::add);
    gateway.flush(out);
    out.release();
  }

  static Message.ReadIndex index(long read, long slot) {
    return new Message.ReadIndex(FIRST_READ + read, slot);
  }

  void tick(long now) {
    gateway.tick(now, out);
    out.release();
  }

  void applied(long slot, long... numbers) {
    List<Reply> replies = new ArrayList<>();
    for (long number : numbers) {
      replies.add(new Reply(SESSION, number, Answers.DONE));
    }
    receive(new Message.Applied(slot, replies));
  }

  /** What was sent since the last call, submits as the numbers in them. */
  List<String> sent() {
    List<String> words = new ArrayList<>();
    for (Envelope<?> envelope : sent) {
      words.add(envelope.to() + " " + words(envelope.message()));
    }
    sent.clear();
    return words;
  }

  static String words(Message message) {
    if (message instanceof Message.Submit submit) {
      return "submit "
          + Commands.decode(submit.commands()).stream().map(c -> c.ticket().number()).toList();
    }
    return message instanceof Message.Read read
        ? "read " + (read.id() - FIRST_READ)
        : message.toString();
  }

  static Reply reply(long number, SessionAnswer answer) {
    return new Reply(SESSION, number, Answers.encode(new Answer.OfSession(answer)));
  }
}
