package synod.door;

import java.util.List;
import java.util.Optional;

/** The commands that concern the connection alone. */
final class ConnectionCommands {
  private ConnectionCommands() {}

  static List<Verb> verbs() {
    return List.of(
        Verb.local("ping", -1, "Answers PONG, or what it was given", ConnectionCommands::ping),
        Verb.local("echo", 2, "Answers what it was given", call -> echo(call, 1)),
        Verb.local("hello", -1, "Chooses RESP2 or RESP3", ConnectionCommands::hello),
        Verb.local("auth", -2, "Fails: there is no password", ConnectionCommands::auth),
        Verb.local("select", 2, "There is one database: 0", ConnectionCommands::select),
        Verb.local("reset", 1, "As a connection just opened", ConnectionCommands::reset),
        Verb.local("quit", -1, "Closes the connection", ConnectionCommands::quit));
  }

  private static void ping(Call call) {
    switch (call.size()) {
      case 1 -> call.answer(new Reply.Simple("PONG"));
      case 2 -> echo(call, 1);
      default -> call.answer(Reply.error("wrong number of arguments for 'ping' command"));
    }
  }

  private static void echo(Call call, int index) {
    call.answer(new Reply.Bulk(call.word(index)));
  }

  private static void auth(Call call) {
    call.answer(
        Reply.error(
            "AUTH <password> called without any password configured for the default user."
                + " Are you sure your configuration is correct?"));
  }

  private static void select(Call call) {
    call.answer(call.text(1).equals("0") ? Reply.OK : Reply.error("DB index is out of range"));
  }

  private static void reset(Call call) {
    call.client().reset();
    call.connection().unfollow();
    call.speak(2);
    call.answer(new Reply.Simple("RESET"));
  }

  private static void quit(Call call) {
    call.connection().endWith(call);
    call.answer(Reply.OK);
  }

  /**
   * HELLO [version [AUTH user password] [SETNAME name]]. Nothing changes unless all of it holds.
   */
  private static void hello(Call call) {
    Optional<Reply> fault = helloFault(call);
    if (fault.isPresent()) {
      call.answer(fault.get());
      return;
    }
    if (call.size() > 1) {
      call.client().speak(call.text(1).equals("3") ? 3 : 2);
    }
    if (call.size() > 3) {
      call.client().rename(call.text(3));
    }
    call.speak(call.client().protocol());
    call.answer(greeting(call.client()));
  }

  private static Optional<Reply> helloFault(Call call) {
    if (call.size() > 1 && !call.text(1).equals("2") && !call.text(1).equals("3")) {
      return Optional.of(new Reply.Failure("NOPROTO unsupported protocol version"));
    }
    if (call.size() > 2 && call.is(2, "AUTH")) {
      return Optional.of(
          Reply.error(
              "HELLO with AUTH called without any password configured for the default user"));
    }
    if (call.size() > 2 && !(call.size() == 4 && call.is(2, "SETNAME"))) {
      return Optional.of(
          Reply.error(
              "Syntax error in HELLO option '" + CommandTable.shortened(call.word(2)) + "'"));
    }
    return call.size() == 4 ? ClientCommands.nameFault(call.word(3)) : Optional.empty();
  }

  private static Reply greeting(Client client) {
    return new Reply.Pairs(
        List.of(
            Reply.text("server"), Reply.text("synod"),
            Reply.text("version"), Reply.text(InfoText.DIALECT),
            Reply.text("proto"), new Reply.Whole(client.protocol()),
            Reply.text("id"), new Reply.Whole(client.id()),
            Reply.text("mode"), Reply.text("standalone"),
            Reply.text("role"), Reply.text("master"),
            Reply.text("modules"), new Reply.Items(List.of())));
  }
}
