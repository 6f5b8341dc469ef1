package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import synod.kv.SessionAnswer.Reason;
import synod.kv.StateStore.Table;
import synod.paxos.Bytes;

/**
 * The sessions that clients opened and that live, by the log alone; and under the ids of gateways'
 * sessions, what became of commands whose clients were told that it is unknown.
 *
 * <ol>
 *   <li>An id is given once: the first session gets 1, the next 2. How many there were stands in
 *       the record of id 0.
 *   <li>A session lives until it is closed, or until the log's time is past its deadline.
 *   <li>A slot removes at most {@link #MOST_REMOVED} of those whose time is over, so that no slot
 *       takes long; the others are over all the same.
 * </ol>
 */
final class ClientSessions {
  static final int MOST_REMOVED = 8;
  private static final Bytes COUNT_KEY = new ByteWriter(Long.BYTES).putLong(0).done();

  private final TreeMap<Long, ClientSession> sessions = new TreeMap<>();
  private final TreeSet<Deadline> deadlines = new TreeSet<>();
  private final TreeMap<Long, ClientSession> touched = new TreeMap<>();
  private final List<ClientSession> ended = new ArrayList<>();
  private long opened;
  private long openedBefore;
  private long countDigest;
  private long now;

  private record Deadline(long time, long session) implements Comparable<Deadline> {
    @Override
    public int compareTo(Deadline that) {
      int byTime = Long.compare(time, that.time);
      return byTime != 0 ? byTime : Long.compare(session, that.session);
    }
  }

  static ClientSessions load(StateReader state) {
    ClientSessions loaded = new ClientSessions();
    state.scan(Table.CLIENTS, Bytes.EMPTY, loaded::load);
    state.scan(Table.ANSWERS, Bytes.EMPTY, loaded::loadAnswer);
    return loaded;
  }

  /** A slot begins, at this time of the log. */
  void begin(long time) {
    now = time;
    for (int i = 0; i < MOST_REMOVED && !deadlines.isEmpty(); i++) {
      Deadline first = deadlines.first();
      if (first.time() >= now) {
        return;
      }
      Optional.ofNullable(sessions.get(first.session())).ifPresent(this::end);
    }
  }

  /** Runs a request that concerns clients' sessions alone. */
  Bytes run(SessionRequest request, Function<Command, Bytes> store) {
    if (request instanceof SessionRequest.Open open) {
      return open(open.limits());
    }
    if (request instanceof SessionRequest.Resume resume) {
      return use(resume.session()).map(s -> encode(s.alive())).orElseGet(ClientSessions::expired);
    }
    if (request instanceof SessionRequest.Do once) {
      Numbered numbered = once.numbered();
      return use(numbered.ticket().session())
          .map(session -> once(session, numbered, store))
          .orElseGet(ClientSessions::expired);
    }
    if (request instanceof SessionRequest.Close close) {
      living(close.session(), now).ifPresent(this::end);
    }
    return Answers.DONE;
  }

  /** What became of a number of a client's session. */
  Bytes fate(SessionRequest.Fate asked) {
    return use(asked.session())
        .map(session -> session.fate(asked.number()))
        .orElseGet(ClientSessions::expired);
  }

  /** What is held of a number of a gateway's session. */
  Optional<Bytes> held(SessionRequest.Fate asked) {
    return find(asked.session())
        .flatMap(session -> session.kept(asked.number()))
        .map(kept -> Kept.fate(kept.answer()));
  }

  /** Holds what became of a number of a gateway's session, if there is room for one more. */
  void hold(Ticket ticket, Bytes answer, SessionLimits limits) {
    long id = ticket.session();
    if (find(id).isPresent() || sessions.size() < limits.most()) {
      ClientSession session = find(id).orElseGet(() -> new ClientSession(id, limits.timeMs()));
      touch(session);
      session.keep(ticket.number(), Kept.ofAny(answer));
    }
  }

  private Bytes open(SessionLimits limits) {
    if (sessions.size() >= limits.most()) {
      return Kept.refusal(Reason.TOO_MANY);
    }
    ClientSession session = new ClientSession(++opened, limits.timeMs());
    touch(session);
    return encode(session.alive());
  }

  private static Bytes once(
      ClientSession session, Numbered numbered, Function<Command, Bytes> store) {
    Command command = numbered.command();
    Ticket ticket = numbered.ticket();
    session.acknowledge(ticket.answeredBelow());
    return session.once(
        ticket.number(), SessionRequests.fingerprint(command), () -> store.apply(command));
  }

  private Optional<ClientSession> use(long id) {
    Optional<ClientSession> client = SessionId.isGateways(id) ? Optional.empty() : find(id);
    client.ifPresent(this::touch);
    return client;
  }

  private Optional<ClientSession> find(long id) {
    return living(id, now);
  }

  /** The session if it lived at that time. */
  private Optional<ClientSession> living(long id, long time) {
    return Optional.ofNullable(sessions.get(id)).filter(session -> session.deadline() >= time);
  }

  /** Its time begins anew. */
  private void touch(ClientSession session) {
    deadlines.remove(new Deadline(session.deadline(), session.id()));
    session.use(now);
    deadlines.add(new Deadline(session.deadline(), session.id()));
    sessions.put(session.id(), session);
    touched.put(session.id(), session);
  }

  private void end(ClientSession session) {
    deadlines.remove(new Deadline(session.deadline(), session.id()));
    sessions.remove(session.id());
    touched.remove(session.id());
    ended.add(session);
  }

  private static Bytes expired() {
    return Kept.refusal(Reason.EXPIRED);
  }

  private static Bytes encode(SessionAnswer answer) {
    return Answers.encode(new Answer.OfSession(answer));
  }

  // ---------------------------------------------------------------- on disk

  /** Stages what this slot changed. */
  void stage(SessionRecords records) {
    ended.forEach(session -> session.stageEnd(records));
    ended.clear();
    touched.values().forEach(session -> session.stage(records));
    touched.clear();
    if (opened != openedBefore) {
      Bytes count = new ByteWriter(Long.BYTES).putLong(opened).done();
      countDigest = records.put(Table.CLIENTS, COUNT_KEY, count, countDigest);
      openedBefore = opened;
    }
  }

  private boolean load(Bytes key, Bytes record) {
    long id = ByteReader.of(key).readLong();
    if (id == 0) {
      opened = ByteReader.of(record).readLong();
      openedBefore = opened;
      countDigest = SessionRecords.digest(Table.CLIENTS, key, record);
    } else {
      ClientSession session = ClientSession.load(id, record);
      sessions.put(id, session);
      deadlines.add(new Deadline(session.deadline(), id));
    }
    return true;
  }

  private boolean loadAnswer(Bytes key, Bytes record) {
    ByteReader from = ByteReader.of(key);
    long id = from.readLong();
    Optional.ofNullable(sessions.get(id))
        .orElseThrow(() -> new Malformed("an answer of session " + id + ", which is not there"))
        .load(from.readLong(), Kept.decode(record));
    return true;
  }
}
