package synod.door;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import synod.kv.Command;
import synod.kv.Commands;
import synod.kv.Numbered;
import synod.kv.SessionId;
import synod.kv.SessionRequest;
import synod.kv.Ticket;
import synod.paxos.Batch;
import synod.paxos.Event;
import synod.paxos.ReplicaId;
import synod.replica.Chronicle;
import synod.replica.Past;
import synod.replica.Replica;
import synod.replica.SlotLife;
import synod.replica.Status;

/**
 * The answers to {@code SYNOD EXPLAIN}: names and values, every one a bulk string. What is not
 * known has no field. Moments are in microseconds since 1970 by this replica's clock.
 *
 * <pre>
 *   of a slot
 *     id 2   now 1796000000000000   applied 130   oldest 7   full no
 *     proposed.at proposed.ballot proposed.bytes      if this replica's proposer did
 *     adopted.from                                    the ballot at which the batch was accepted before
 *     resent.at resent.times
 *     accepted.at accepted.ballot accepted.sync       if its acceptor did; the sync in microseconds
 *     counted.at counted.ballot counted.by            if its learner counted the quorum: 1 2 3
 *     applied.at                                      if it did so in this process
 *     batch.time batch.commands command.1 ...         if the log still holds it: the leader's ms, and
 *       replica=2 session=S number=N client=C.M text  each command; client: the session of a client
 *   of the leader
 *     id now leader ballot promised chosen proposer acceptor elector replicas reached
 *     quorums                                         of phase 1 and of phase 2: 3 3
 *     disk_us                                         for how long it has been waiting for its disk
 *     last.Led.at last.Led.text ...                   the last event of each of many kinds
 *     elected.round elected.winner elected.why  closed.round closed.path  led.ballot
 * </pre>
 */
final class ExplainFields {
  /** Of a larger batch the others are counted only. */
  static final int MOST_COMMANDS = 100;

  private static final int TEXT = 100;

  private static final List<Class<? extends Event>> TOLD =
      List.of(
          Event.BallotMade.class,
          Event.Prepared.class,
          Event.Recovered.class,
          Event.Led.class,
          Event.StoodDown.class,
          Event.Rejected.class,
          Event.HeldBack.class,
          Event.Stands.class,
          Event.Suspected.class,
          Event.TokenStarted.class,
          Event.TokenForwarded.class,
          Event.HopSkipped.class,
          Event.PeersAsked.class,
          Event.RingClosed.class,
          Event.Elected.class,
          Event.ElectionAborted.class,
          Event.LeaderChanged.class,
          Event.RoleCrashed.class);

  private final Map<String, String> fields = new LinkedHashMap<>();

  private ExplainFields() {}

  // ---------------------------------------------------------------- a slot

  static Map<String, String> ofSlot(Replica replica, long slot) {
    ExplainFields answer = new ExplainFields();
    Chronicle chronicle = replica.chronicle();
    answer.put("id", replica.self());
    answer.put("now", chronicle.now());
    answer.put("applied", replica.status().applied());
    answer.put("oldest", chronicle.oldest());
    answer.put("full", chronicle.isFull() ? "yes" : "no");
    answer.life(chronicle.life(slot));
    replica.applied(slot).ifPresent(answer::batch);
    return answer.fields;
  }

  private void life(SlotLife life) {
    moment("proposed", life.proposed(), "bytes");
    life.adopted().ifPresent(moment -> put("adopted.from", moment.ballot()));
    moment("resent", life.resent(), "times");
    moment("accepted", life.accepted(), "sync");
    moment("counted", life.counted(), "");
    if (life.counted().isPresent()) {
      put("counted.by", ids(life.quorum()));
    }
    life.applied().ifPresent(moment -> put("applied.at", moment.at()));
  }

  private void moment(String name, Optional<SlotLife.Moment> at, String amount) {
    at.ifPresent(
        moment -> {
          put(name + ".at", moment.at());
          put(name + ".ballot", moment.ballot());
          if (!amount.isEmpty()) {
            put(name + "." + amount, moment.amount());
          }
        });
  }

  private void batch(Batch batch) {
    List<Numbered> commands = Commands.decode(batch.commands());
    put("batch.time", batch.time());
    put("batch.commands", commands.size());
    for (int i = 0; i < Math.min(MOST_COMMANDS, commands.size()); i++) {
      put("command." + (i + 1), command(commands.get(i)));
    }
  }

  static String command(Numbered numbered) {
    Ticket ticket = numbered.ticket();
    return String.format(
        "replica=%s session=%d number=%d client=%s %s",
        SessionId.of(ticket.session()).replica(),
        ticket.session(),
        ticket.number(),
        client(numbered.command()),
        Commands.text(Commands.encode(ticket, numbered.command()), TEXT));
  }

  /** The session that a client opened, and its number there. */
  private static String client(Command command) {
    return command instanceof Command.InSession in && in.request() instanceof SessionRequest.Do once
        ? once.numbered().ticket().session() + "." + once.numbered().ticket().number()
        : "-";
  }

  // ---------------------------------------------------------------- the leader

  static Map<String, String> ofLeader(Replica replica) {
    ExplainFields answer = new ExplainFields();
    Chronicle chronicle = replica.chronicle();
    answer.status(replica.status());
    answer.put("now", chronicle.now());
    answer.put("disk_us", chronicle.waitsForDisk());
    TOLD.forEach(kind -> chronicle.last(kind).ifPresent(answer::event));
    chronicle.last(Event.Elected.class).ifPresent(past -> answer.elected(past.event()));
    chronicle.last(Event.RingClosed.class).ifPresent(past -> answer.elected(past.event()));
    chronicle.last(Event.Led.class).ifPresent(past -> answer.elected(past.event()));
    return answer.fields;
  }

  private void status(Status status) {
    put("id", status.self());
    put("leader", status.leader().map(ReplicaId::toString).orElse(""));
    put("ballot", status.ballot());
    put("promised", status.promised());
    put("chosen", status.chosen());
    status.roles().forEach(role -> put(role.name().toString(), role.state()));
    put("quorums", status.quorums().phase1() + " " + status.quorums().phase2());
    put("replicas", ids(status.ring().stream().map(Status.Peer::id).toList()));
    put(
        "reached",
        ids(
            status.ring().stream()
                .filter(peer -> peer.reachable() || peer.id().equals(status.self()))
                .map(Status.Peer::id)
                .toList()));
  }

  private void event(Past past) {
    String name = "last." + past.event().getClass().getSimpleName();
    put(name + ".at", past.at());
    put(name + ".text", past.text());
  }

  private void elected(Event event) {
    if (event instanceof Event.Elected e) {
      put("elected.round", e.round());
      put("elected.winner", e.winner());
      put("elected.why", e.why());
    } else if (event instanceof Event.RingClosed e) {
      put("closed.round", e.round());
      put("closed.path", ids(e.path()));
    } else if (event instanceof Event.Led e) {
      put("led.ballot", e.ballot());
    }
  }

  // ---------------------------------------------------------------- the words

  private void put(String name, Object value) {
    fields.put(name.toLowerCase(Locale.ROOT), value.toString());
  }

  private static String ids(List<ReplicaId> replicas) {
    return replicas.stream().map(ReplicaId::toString).collect(Collectors.joining(" "));
  }
}
