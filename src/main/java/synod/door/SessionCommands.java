package synod.door;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import synod.door.Usage.Keys;
import synod.door.Usage.Kind;
import synod.kv.Answer;
import synod.kv.Command;
import synod.kv.Decimal;
import synod.kv.SessionAnswer;
import synod.kv.SessionRequest;
import synod.kv.Ticket;
import synod.paxos.Bytes;

/**
 * {@code SYNOD SESSION}, {@code SYNOD DO} and {@code SYNOD OUTCOME}: a client that names its
 * session and numbers its commands has each done once, over whatever connection to whichever
 * replica it sends it again, and can ask what became of it.
 */
final class SessionCommands {
  private static final int AFTER_NAME = 2;

  private final Hall hall;

  SessionCommands(Hall hall) {
    this.hall = hall;
  }

  List<Verb> verbs() {
    return List.of(
        verb(
            new Usage("session", -3, Kind.ALONE, Keys.NONE, "OPEN | RESUME id | CLOSE id"),
            this::session),
        verb(
            new Usage(
                "do",
                -4,
                Kind.WRITE,
                Keys.NONE,
                "[session] number [ACKED below] command...: does it once under that number"),
            this::once),
        verb(
            new Usage(
                "outcome", 4, Kind.WRITE, Keys.NONE, "session number: done, not-done or expired"),
            this::outcome));
  }

  private static Verb verb(Usage usage, Consumer<Call> handler) {
    return new Verb(
        usage,
        call -> {
          if (call.ticket().isPresent()) {
            throw new BadArgument("SYNOD DO does a command of the store");
          }
          handler.accept(call);
        });
  }

  private void session(Call call) {
    String what = call.text(AFTER_NAME).toUpperCase(Locale.ROOT);
    if (what.equals("OPEN") && call.size() == 3) {
      ask(call, new SessionRequest.Open(hall.replica().sessionLimits()), begin(call, false));
    } else if (what.equals("RESUME") && call.size() == 4) {
      ask(call, new SessionRequest.Resume(natural(call.word(3))), begin(call, true));
    } else if (what.equals("CLOSE") && call.size() == 4) {
      ask(call, new SessionRequest.Close(natural(call.word(3))), Outcomes::ok);
    } else {
      throw new BadArgument("SYNOD SESSION OPEN | RESUME id | CLOSE id");
    }
  }

  private void ask(Call call, SessionRequest request, Function<Answer, Reply> done) {
    hall.replica().write(new Command.InSession(request), Outcomes.to(call, done));
  }

  /** The connection is in the session from now on: the next request begins after this one. */
  private static Function<Answer, Reply> begin(Call call, boolean resumed) {
    return answer -> {
      SessionAnswer.Alive alive = (SessionAnswer.Alive) ((Answer.OfSession) answer).answer();
      call.client().enter(alive.session());
      return new Reply.Whole(resumed ? alive.next() : alive.session());
    };
  }

  private void once(Call call) {
    boolean named = Decimal.parse(call.word(AFTER_NAME + 1)).isPresent();
    long session = named ? natural(call.word(AFTER_NAME)) : call.client().session();
    if (session == 0) {
      throw new BadArgument("no session on this connection: SYNOD SESSION OPEN, or name one");
    }
    int at = AFTER_NAME + (named ? 1 : 0);
    boolean acked = call.size() > at + 3 && call.is(at + 1, "ACKED");
    Ticket ticket = ticket(session, number(call.word(at)), acked ? natural(call.word(at + 2)) : 0);
    carry(call, ticket, call.words().subList(at + (acked ? 3 : 1), call.size()));
  }

  private static Ticket ticket(long session, long number, long below) {
    if (below > number) {
      throw new BadArgument("a number that is not answered yet cannot be acknowledged");
    }
    return new Ticket(session, number, below);
  }

  /** The command's own handler makes it; the call puts it under the ticket. */
  private void carry(Call call, Ticket ticket, List<Bytes> words) {
    if (words.isEmpty()) {
      throw new BadArgument("SYNOD DO [session] number [ACKED below] command...");
    }
    Optional<Verb> verb = hall.commands().find(words.get(0));
    if (verb.isEmpty()) {
      throw new BadArgument(CommandTable.unknown(words));
    }
    if (!verb.get().usage().takes(words.size())) {
      throw new BadArgument(verb.get().usage().wrongArity());
    }
    if (verb.get().kind(words) != Kind.WRITE) {
      throw new BadArgument("SYNOD DO is for commands that change the store");
    }
    verb.get().handler().accept(call.within(ticket, words, verb.get()));
  }

  private void outcome(Call call) {
    SessionRequest fate = new SessionRequest.Fate(natural(call.word(2)), number(call.word(3)));
    hall.replica().write(new Command.InSession(fate), Outcomes.ended(call, SessionReplies::fate));
  }

  private static long natural(Bytes word) {
    long value = Numbers.whole(word);
    if (value < 0) {
      throw new BadArgument("value is not an integer or out of range");
    }
    return value;
  }

  private static long number(Bytes word) {
    long number = Numbers.whole(word);
    if (number < 1 || number > SessionRequest.GREATEST_NUMBER) {
      throw new BadArgument("a command's number is 1 to 2^53");
    }
    return number;
  }
}
