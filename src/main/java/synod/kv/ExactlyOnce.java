package synod.kv;

import java.util.Optional;
import java.util.function.Function;
import synod.kv.SessionAnswer.Reason;
import synod.paxos.Bytes;
import synod.paxos.Reply;

/**
 * Decides by the log alone what a command of the log does (rule 16): nothing, if it is a repeat or
 * comes too late; what its session says, if it concerns one; else what the store does.
 *
 * <pre>
 *   a gateway's session  --  carries every command from its door to its slot
 *        Do -->  a client's session  --  lasts across connections, replicas and restarts
 *                     Put, Delete, ... --> the store
 * </pre>
 */
final class ExactlyOnce {
  private final Sessions gateways;
  private final ClientSessions clients;

  private ExactlyOnce(Sessions gateways, ClientSessions clients) {
    this.gateways = gateways;
    this.clients = clients;
  }

  static ExactlyOnce load(StateReader state) {
    return new ExactlyOnce(Sessions.load(state), ClientSessions.load(state));
  }

  /** A slot begins, at this time of the log. */
  void begin(long time) {
    clients.begin(time);
  }

  /** The reply, if somebody may still wait for one. */
  Optional<Reply> run(Numbered numbered, Function<Command, Bytes> store) {
    Ticket ticket = numbered.ticket();
    return gateways
        .admit(ticket)
        .map(session -> answer(session, numbered, store))
        .map(answer -> new Reply(ticket.session(), ticket.number(), answer));
  }

  private Bytes answer(Session session, Numbered numbered, Function<Command, Bytes> store) {
    long number = numbered.ticket().number();
    Bytes first =
        session
            .answer(number)
            .orElseGet(() -> session.remember(number, effect(numbered.command(), store)));
    if (numbered.command() instanceof Command.InSession inSession
        && inSession.request() instanceof SessionRequest.GiveUp giveUp) {
      clients.hold(numbered.ticket(), first, giveUp.limits());
      return Answers.encode(new Answer.OfSession(new SessionAnswer.Held()));
    }
    return first;
  }

  private Bytes effect(Command command, Function<Command, Bytes> store) {
    if (!(command instanceof Command.InSession inSession)) {
      return store.apply(command);
    }
    SessionRequest request = inSession.request();
    if (request instanceof SessionRequest.GiveUp) {
      return Kept.refusal(Reason.GIVEN_UP);
    }
    return request instanceof SessionRequest.Fate fate ? fate(fate) : clients.run(request, store);
  }

  private Bytes fate(SessionRequest.Fate asked) {
    if (!SessionId.isGateways(asked.session())) {
      return clients.fate(asked);
    }
    return clients
        .held(asked)
        .orElseGet(() -> gateways.fate(SessionId.of(asked.session()), asked.number()));
  }

  /** Stages what the slot changed; the digest over all sessions, before and after. */
  long stage(long slot, Changes changes, long digestBefore) {
    SessionRecords records = new SessionRecords(changes, digestBefore);
    gateways.stage(slot, records);
    clients.stage(records);
    return records.digest();
  }
}
