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
                Verb.local("list", -2, "[TYPE normal] [ID id...]: connections", this::list),
                Verb.local("kill", -3, "address, or ID id, ADDR address: closes it", this::kill),
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
    call.answer(Reply.text(call.connection().line() + "\n"));
  }

  private void list(Call call) {
    List<String> asked =
        call.words().subList(2, call.size()).stream().map(word -> word.utf8()).toList();
    boolean byId = !asked.isEmpty() && asked.get(0).equalsIgnoreCase("ID") && asked.size() > 1;
    boolean byType = asked.size() == 2 && asked.get(0).equalsIgnoreCase("TYPE");
    if (!asked.isEmpty() && !byId && !byType) {
      call.answer(Reply.error("syntax error: CLIENT LIST [TYPE normal] [ID id ...]"));
      return;
    }
    call.answer(
        Reply.text(
            hall.connections().stream()
                .filter(each -> !byId || asked.contains(Long.toString(each.client().id())))
                .filter(each -> !byType || asked.get(1).equalsIgnoreCase("normal"))
                .map(each -> each.line() + "\n")
                .collect(Collectors.joining())));
  }

  /** One address, in the old way, or pairs of ID or ADDR and which; in the new way counts them. */
  private void kill(Call call) {
    boolean old = call.size() == 3;
    boolean byId = call.size() == 4 && call.is(2, "ID");
    if (!old && !byId && !(call.size() == 4 && call.is(2, "ADDR"))) {
      call.answer(Reply.error("syntax error: CLIENT KILL address, or ID id, or ADDR address"));
      return;
    }
    String which = call.text(call.size() - 1);
    List<Connection> meant =
        hall.connections().stream()
            .filter(
                each ->
                    which.equals(
                        byId ? Long.toString(each.client().id()) : each.client().address()))
            .toList();
    meant.forEach(each -> end(each, call));
    Reply none = Reply.error("No such client");
    call.answer(old ? (meant.isEmpty() ? none : Reply.OK) : new Reply.Whole(meant.size()));
  }

  /** Who closes its own connection still hears that it did. */
  private static void end(Connection connection, Call call) {
    if (connection == call.connection()) {
      connection.endWith(call);
    } else {
      connection.close();
    }
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
