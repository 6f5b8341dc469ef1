package synod.door;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import synod.paxos.Bytes;

/** {@code CLIENT}: what a client says of itself, and who else is here. */
final class ClientCommands {
  private final Hall hall;
  private final Subcommands subcommands;

  ClientCommands(Hall hall) {
    this.hall = hall;
    this.subcommands =
        new Subcommands(
            "client",
            List.of(
                Verb.local("id", 2, "The id of this connection", ClientCommands::id),
                Verb.local("info", 2, "What is known of this connection", ClientCommands::info),
                Verb.local("list", 2, "All connections", this::list),
                Verb.local("getname", 2, "The name of this connection", ClientCommands::getName),
                Verb.local("setname", 3, "Names this connection", ClientCommands::setName),
                Verb.local("setinfo", 4, "lib-name or lib-ver", ClientCommands::setInfo)));
  }

  List<Verb> verbs() {
    return List.of(subcommands.verb("About connections"));
  }

  private static void id(Call call) {
    call.answer(new Reply.Whole(call.client().id()));
  }

  private static void info(Call call) {
    call.answer(Reply.text(call.client().line() + "\n"));
  }

  private void list(Call call) {
    call.answer(
        Reply.text(
            hall.connections().stream()
                .map(each -> each.client().line() + "\n")
                .collect(Collectors.joining())));
  }

  private static void getName(Call call) {
    String name = call.client().name();
    call.answer(name.isEmpty() ? Reply.NIL : Reply.text(name));
  }

  private static void setName(Call call) {
    Optional<Reply> fault = nameFault(call.word(2));
    if (fault.isEmpty()) {
      call.client().rename(call.text(2));
    }
    call.answer(fault.orElse(Reply.OK));
  }

  private static void setInfo(Call call) {
    if (!call.is(2, "lib-name") && !call.is(2, "lib-ver")) {
      call.answer(
          Reply.error("Unrecognized option '" + CommandTable.shortened(call.word(2)) + "'"));
      return;
    }
    Optional<Reply> fault = nameFault(call.word(3));
    if (fault.isEmpty()) {
      call.client().library(call.is(2, "lib-name"), call.text(3));
    }
    call.answer(fault.orElse(Reply.OK));
  }

  /** Names stand in the lines of CLIENT LIST, parted by spaces. */
  static Optional<Reply> nameFault(Bytes name) {
    boolean fits = name.size() <= 256;
    for (int i = 0; fits && i < name.size(); i++) {
      fits = name.array()[i] >= '!' && name.array()[i] <= '~';
    }
    return fits
        ? Optional.empty()
        : Optional.of(
            Reply.error(
                "Client names cannot contain spaces, newlines or special characters,"
                    + " nor more than 256 of any"));
  }
}
