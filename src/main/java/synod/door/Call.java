package synod.door;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import synod.kv.Ticket;
import synod.paxos.Bytes;

/**
 * One request on its way from arrival to answer. The event loop of its connection owns it; only
 * {@link #answer} may come from any thread.
 *
 * <p>A call within another is the command that {@code SYNOD DO} carries: it has the words and the
 * verb of that command and the ticket that it is done under, and the outer one gets its answer.
 */
final class Call {
  private final Connection connection;
  private final Request request;
  private final Optional<Verb> verb;
  private final Usage.Kind kind;
  private final Optional<Within> within;
  private final long arrived;
  private boolean rejected;
  private int protocol;
  private Optional<Runnable> then = Optional.empty();
  private volatile @Nullable Reply reply;

  private record Within(Call outer, Ticket ticket) {}

  /** Of that connection, which has it since it read last. */
  Call(Connection connection, Request request, Optional<Verb> verb) {
    this(connection, request, verb, Optional.empty());
  }

  private Call(
      Connection connection, Request request, Optional<Verb> verb, Optional<Within> within) {
    this.arrived = connection.readAt();
    this.connection = connection;
    this.request = request;
    this.verb = verb;
    this.within = within;
    this.kind = verb.map(known -> known.kind(request.words())).orElse(Usage.Kind.LOCAL);
  }

  Call within(Ticket ticket, List<Bytes> words, Verb carried) {
    Request part = new Request(words, request.bytes(), Optional.empty());
    return new Call(connection, part, Optional.of(carried), Optional.of(new Within(this, ticket)));
  }

  /** Under which the command is to be done once, if its client gave it one. */
  Optional<Ticket> ticket() {
    return within.map(Within::ticket);
  }

  Request request() {
    return request;
  }

  Optional<Verb> verb() {
    return verb;
  }

  Usage.Kind kind() {
    return kind;
  }

  Client client() {
    return connection.client();
  }

  Connection connection() {
    return connection;
  }

  List<Bytes> words() {
    return request.words();
  }

  int size() {
    return request.words().size();
  }

  Bytes word(int index) {
    return request.words().get(index);
  }

  String text(int index) {
    return word(index).utf8();
  }

  boolean is(int index, String word) {
    return text(index).equalsIgnoreCase(word);
  }

  List<Bytes> arguments() {
    return request.words().subList(1, size());
  }

  /** Settles in which protocol the answer is written: a HELLO behind it must not change it. */
  void speak(int version) {
    protocol = version;
  }

  int protocol() {
    return protocol;
  }

  /** Done on the event loop once the answer has been written. */
  void then(Runnable next) {
    then = Optional.of(next);
  }

  void runThen() {
    then.ifPresent(Runnable::run);
  }

  /** An answer that says that the command was not even begun. */
  void reject(Reply answer) {
    rejected = true;
    answer(answer);
  }

  boolean rejected() {
    return rejected;
  }

  /** When the request had come, by {@link System#nanoTime}. */
  long arrived() {
    return arrived;
  }

  /** The first answer stands. */
  void answer(Reply answer) {
    if (within.isPresent()) {
      within.get().outer().answer(answer);
    } else if (reply == null) {
      reply = answer;
      connection.wake();
    }
  }

  /** Nothing while it waits for its answer. */
  Optional<Reply> reply() {
    return Optional.ofNullable(reply);
  }

  boolean answered() {
    return reply != null;
  }
}
