package synod.door;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import synod.paxos.Bytes;
import synod.replica.Replica;
import synod.replica.RoleName;
import synod.replica.Status;

/** {@code SYNOD}: what the console and scripts ask of this replica. */
final class SynodCommands {
  private static final int LOG_LINES = 20;
  private static final int MAX_LOG_LINES = 1000;
  private static final String QUARANTINED = "quarantined";
  private static final int MAX_HASHES = 10_000;

  private final Replica replica;
  private final Subcommands subcommands;

  SynodCommands(Hall hall, StoreAccess store) {
    this.replica = hall.replica();
    this.subcommands =
        new Subcommands(
            "synod",
            List.of(
                Verb.local("leader", 2, "The id of the replica that leads, or nil", this::leader),
                Verb.local("status", 2, "This replica: fields and values", this::status),
                Verb.local("log", -2, "[from] [count]: applied slots, the last 20", this::log),
                Verb.local("hash", -2, "[from] [count]: hashes of applied slots", this::hash),
                Verb.local("audit", 2, "Reads the whole store, against its hash", this::audit),
                Verb.local("crash", 3, "role: makes the role throw", this::crash),
                Verb.local("readmit", 2, "Lets a lost disk vote again, if safe", this::readmit),
                Verb.local("elect", 2, "Starts an election", this::elect),
                Verb.local("events", 2, "Every event from now on", SynodCommands::events),
                Verb.local("trace", 2, "Every message from now on", SynodCommands::trace)));
    subcommands.add(new StaleCommands(store, replica).verbs());
    subcommands.add(new VersionCommands(store).verbs());
    subcommands.add(new SessionCommands(hall).verbs());
    subcommands.add(new CopyCommands(replica).verbs());
    subcommands.add(new ExplainCommands(replica, store).verbs());
    subcommands.add(new CutCommands(replica).verbs());
  }

  List<Verb> verbs() {
    return List.of(subcommands.verb("About this replica"));
  }

  private void leader(Call call) {
    call.answer(replica.leader().<Reply>map(id -> new Reply.Whole(id.number())).orElse(Reply.NIL));
  }

  private void status(Call call) {
    call.answer(pairs(StatusFields.of(replica.status())));
  }

  private static Reply pairs(Map<String, String> fields) {
    List<Reply> flat = new ArrayList<>();
    fields.forEach(
        (name, value) -> {
          flat.add(Reply.text(name));
          flat.add(Reply.text(value));
        });
    return new Reply.Pairs(flat);
  }

  private void log(Call call) {
    answerSlots(
        call,
        LOG_LINES,
        (from, count) ->
            replica.log(from, Math.min(count, MAX_LOG_LINES)).stream().map(LogFields::of));
  }

  private void hash(Call call) {
    answerSlots(
        call,
        1,
        (from, count) ->
            replica.summaries(from, Math.min(count, MAX_HASHES)).stream().map(HashFields::of));
  }

  private void audit(Call call) {
    replica.audit(audit -> call.answer(pairs(HashFields.of(audit))));
  }

  /** Lines of applied slots, from one on. */
  private interface Slots {
    Stream<String> lines(long from, int count);
  }

  /** {@code [from] [count]}; of the newest where no slot is given. */
  private void answerSlots(Call call, int byDefault, Slots slots) {
    OptionalLong count = call.size() > 3 ? natural(call.word(3)) : OptionalLong.of(byDefault);
    OptionalLong from = call.size() > 2 ? natural(call.word(2)) : OptionalLong.of(0);
    if (count.isEmpty() || from.isEmpty() || call.size() > 4) {
      call.answer(
          Reply.error("SYNOD " + call.text(1) + " [from] [count] takes a slot and a number"));
      return;
    }
    int lines = (int) Math.min(count.getAsLong(), Integer.MAX_VALUE);
    long first = call.size() > 2 ? from.getAsLong() : replica.status().applied() - lines + 1;
    call.answer(
        new Reply.Later(
            () ->
                Reply.texts(slots.lines(Math.max(1, first), lines).collect(Collectors.toList()))));
  }

  private static OptionalLong natural(Bytes word) {
    try {
      long number = Long.parseLong(word.utf8());
      return number >= 0 ? OptionalLong.of(number) : OptionalLong.empty();
    } catch (NumberFormatException notOne) {
      return OptionalLong.empty();
    }
  }

  private void crash(Call call) {
    Optional<RoleName> role = RoleName.of(call.text(2));
    role.ifPresent(replica::crash);
    call.answer(role.isPresent() ? Reply.OK : unknownRole(call.word(2)));
  }

  private static Reply unknownRole(Bytes word) {
    return Reply.error(
        String.format(
            "unknown role '%s'. Try one of: %s",
            CommandTable.shortened(word),
            Arrays.stream(RoleName.values())
                .map(RoleName::toString)
                .collect(Collectors.joining(", "))));
  }

  private void readmit(Call call) {
    String standing =
        replica.status().roles().stream()
            .filter(role -> role.name() == RoleName.ACCEPTOR)
            .map(Status.Role::state)
            .findFirst()
            .orElse("unknown");
    if (standing.equals(QUARANTINED)) {
      replica.readmit();
      call.answer(Reply.OK);
    } else {
      call.answer(
          Reply.error(
              "nothing to readmit: the disk of replica "
                  + replica.self()
                  + " is "
                  + standing
                  + ", not "
                  + QUARANTINED));
    }
  }

  private void elect(Call call) {
    replica.elect();
    call.answer(Reply.OK);
  }

  private static void trace(Call call) {
    call.then(call.connection()::trace);
    call.answer(Reply.OK);
  }

  private static void events(Call call) {
    call.then(call.connection()::follow);
    call.answer(Reply.OK);
  }
}
