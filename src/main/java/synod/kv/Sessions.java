package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import synod.kv.SessionAnswer.Reason;
import synod.paxos.Bytes;
import synod.paxos.ReplicaId;

/**
 * Decides by the log alone whether a command is new, a repeat, or too late (rule 16).
 *
 * <p>A replica's gateway has one session: that of its highest incarnation that the log has shown. A
 * higher one ends it, and what comes from a lower one has no effect and no answer, since nobody is
 * left who waits for it.
 *
 * <p>Numbers are applied in order: what comes too early, because a message before it was lost, has
 * no effect and no answer either. It comes again behind what is missing. So the commands of one
 * client take effect in the order in which it sent them, whatever the network does.
 */
final class Sessions {
  /** A number may be sealed before it comes, but not further ahead. */
  static final int MOST_AHEAD = 1_000;

  private final TreeMap<ReplicaId, Session> sessions = new TreeMap<>();
  private final List<Session> ended = new ArrayList<>();

  static Sessions load(StateReader state) {
    Sessions sessions = new Sessions();
    state.scan(StateStore.Table.SESSIONS, Bytes.EMPTY, sessions::load);
    return sessions;
  }

  /**
   * The session in which the command is new or still answered; nothing if it must have no effect.
   */
  Optional<Session> admit(Ticket ticket) {
    Session session = newest(SessionId.of(ticket.session()));
    if (session.id().value() != ticket.session() || session.forgot(ticket.number())) {
      return Optional.empty();
    }
    session.forgetBelow(ticket.answeredBelow());
    return session.isInOrder(ticket.number()) ? Optional.of(session) : Optional.empty();
  }

  /**
   * What became of a gateway's command, as long as the gateway may ask for it itself; one that has
   * not come is sealed. A session that the log has not shown yet is not opened by this: its id may
   * be made up, and would end the one that there is.
   */
  Bytes fate(SessionId id, long number) {
    Session session = sessions.get(id.replica());
    if (session == null || session.id().incarnation() < id.incarnation()) {
      return Kept.refusal(Reason.TOO_EARLY);
    }
    if (!session.id().equals(id) || session.forgot(number)) {
      return Kept.refusal(Reason.EXPIRED);
    }
    Optional<Bytes> answer = session.answer(number);
    if (answer.isPresent()) {
      return Kept.fate(answer.get());
    }
    return session.awaitedBefore(number) > MOST_AHEAD
        ? Kept.refusal(Reason.TOO_EARLY)
        : session.remember(number, Kept.refusal(Reason.GIVEN_UP));
  }

  /** Stages what the commands since the last time changed. */
  void stage(long slot, SessionRecords records) {
    ended.forEach(session -> session.stageEnd(records));
    ended.clear();
    sessions.values().forEach(session -> session.stage(slot, records));
  }

  /** The newest session of the gateway that has this one; opened if this one is the newest. */
  private Session newest(SessionId id) {
    Session known = sessions.computeIfAbsent(id.replica(), none -> new Session(id));
    if (known.id().incarnation() >= id.incarnation()) {
      return known;
    }
    ended.add(known);
    Session opened = new Session(id);
    sessions.put(id.replica(), opened);
    return opened;
  }

  private boolean load(Bytes key, Bytes value) {
    ByteReader from = ByteReader.of(key);
    Session session = newest(SessionId.of(from.readLong()));
    session.load(from.readLong(), value);
    return true;
  }
}
