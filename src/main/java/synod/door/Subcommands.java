package synod.door;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import synod.paxos.Bytes;

/** A command whose second word says which. Its table is the same as the door's own. */
final class Subcommands {
  private final String parent;
  private final CommandTable table;

  Subcommands(String parent, List<Verb> verbs) {
    this.parent = parent;
    this.table = new CommandTable(verbs);
    table.add(List.of(Verb.local("help", 2, "This text", this::help)));
  }

  void add(List<Verb> more) {
    table.add(more);
  }

  CommandTable table() {
    return table;
  }

  /** The command that has them. */
  Verb verb(String summary) {
    Usage usage = new Usage(parent, -2, Usage.Kind.LOCAL, Usage.Keys.NONE, summary);
    return new Verb(usage, this::serve, Optional.of(this));
  }

  /** The one that a request means. */
  Optional<Verb> find(List<Bytes> words) {
    return words.size() > 1 ? table.find(words.get(1)) : Optional.empty();
  }

  /** The arity of each subcommand counts the parent's name as well. */
  void serve(Call call) {
    find(call.words()).ifPresentOrElse(verb -> serve(call, verb), () -> call.answer(unknown(call)));
  }

  private void serve(Call call, Verb verb) {
    if (verb.usage().takes(call.size())) {
      verb.handler().accept(call);
    } else {
      String name = parent + "|" + verb.usage().name();
      call.answer(Reply.error("wrong number of arguments for '" + name + "' command"));
    }
  }

  private Reply unknown(Call call) {
    return Reply.error(
        String.format(
            "unknown subcommand '%s'. Try one of: %s",
            CommandTable.shortened(call.word(1)), String.join(", ", table.names())));
  }

  private void help(Call call) {
    call.answer(
        Reply.texts(
            table.all().stream()
                .map(verb -> parent + " " + verb.usage().name() + " - " + verb.usage().summary())
                .collect(Collectors.toList())));
  }
}
