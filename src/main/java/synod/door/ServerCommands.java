package synod.door;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import synod.paxos.Bytes;

/** The commands about the server: INFO, COMMAND, CONFIG. */
final class ServerCommands {
  private final Hall hall;
  private final CommandTable table;
  private final InfoText info;
  private final Subcommands config;
  private final Subcommands command;

  ServerCommands(Hall hall, CommandTable table) {
    this.hall = hall;
    this.table = table;
    this.info = new InfoText(hall);
    this.config =
        new Subcommands(
            "config", List.of(Verb.local("get", -3, "Settings by name or *", this::configGet)));
    this.command =
        new Subcommands(
            "command",
            List.of(
                Verb.local("count", 2, "How many commands there are", this::commandCount),
                Verb.local("list", 2, "The names of all commands", this::commandList),
                Verb.local("info", -2, "How commands are called", this::commandInfo),
                Verb.local("docs", -2, "What commands do", this::commandDocs)));
  }

  List<Verb> verbs() {
    return List.of(
        Verb.local("info", -1, "What the server knows of itself", this::info),
        Verb.local("config", -2, "The door's settings, to be read only", config::serve),
        Verb.local("command", -1, "The commands of this server", this::command));
  }

  private void info(Call call) {
    List<String> sections = new ArrayList<>();
    call.arguments().forEach(word -> sections.add(word.utf8().toLowerCase(Locale.ROOT)));
    call.answer(Reply.text(info.of(sections)));
  }

  private void command(Call call) {
    if (call.size() == 1) {
      call.answer(infoOf(table.all()));
    } else {
      command.serve(call);
    }
  }

  private void commandCount(Call call) {
    call.answer(new Reply.Whole(table.all().size()));
  }

  private void commandList(Call call) {
    call.answer(Reply.texts(table.names()));
  }

  private void commandInfo(Call call) {
    if (call.size() == 2) {
      call.answer(infoOf(table.all()));
      return;
    }
    List<Reply> found = new ArrayList<>();
    for (Bytes name : call.words().subList(2, call.size())) {
      found.add(table.find(name).map(verb -> infoOf(verb.usage())).orElse(Reply.NIL));
    }
    call.answer(new Reply.Items(found));
  }

  private static Reply infoOf(Collection<Verb> verbs) {
    List<Reply> all = new ArrayList<>();
    verbs.forEach(verb -> all.add(infoOf(verb.usage())));
    return new Reply.Items(all);
  }

  /** The ten fields of Redis 7; the last four have nothing to say here. */
  private static Reply infoOf(Usage usage) {
    Reply nothing = new Reply.Items(List.of());
    return new Reply.Items(
        List.of(
            Reply.text(usage.name()),
            new Reply.Whole(usage.arity()),
            new Reply.Items(List.of(new Reply.Simple(usage.kind().flag))),
            new Reply.Whole(usage.keys().first),
            new Reply.Whole(usage.keys().last),
            new Reply.Whole(usage.keys().step),
            nothing,
            nothing,
            nothing,
            nothing));
  }

  private void commandDocs(Call call) {
    List<Reply> docs = new ArrayList<>();
    if (call.size() == 2) {
      table.all().forEach(verb -> addDocs(docs, verb.usage()));
    } else {
      call.words().subList(2, call.size()).stream()
          .flatMap(name -> table.find(name).stream())
          .forEach(verb -> addDocs(docs, verb.usage()));
    }
    call.answer(new Reply.Pairs(docs));
  }

  private static void addDocs(List<Reply> docs, Usage usage) {
    docs.add(Reply.text(usage.name()));
    docs.add(
        new Reply.Pairs(
            List.of(
                Reply.text("summary"), Reply.text(usage.summary()),
                Reply.text("since"), Reply.text(InfoText.VERSION),
                Reply.text("group"), Reply.text(usage.kind().name().toLowerCase(Locale.ROOT)))));
  }

  private void configGet(Call call) {
    List<Reply> found = new ArrayList<>();
    settings()
        .forEach(
            (name, value) -> {
              if (isAsked(call, name)) {
                found.add(Reply.text(name));
                found.add(Reply.text(value));
              }
            });
    call.answer(new Reply.Pairs(found));
  }

  private static boolean isAsked(Call call, String name) {
    return call.words().subList(2, call.size()).stream()
        .map(Bytes::utf8)
        .anyMatch(asked -> asked.equals("*") || asked.equalsIgnoreCase(name));
  }

  /**
   * The names are Redis's where the meaning is. There are no snapshots by time ({@code save}), and
   * every write is synced to a log before it is answered ({@code appendonly}).
   */
  private Map<String, String> settings() {
    DoorLimits limits = hall.limits();
    return new TreeMap<>(
        Map.of(
            "slowlog-log-slower-than",
            Long.toString(hall.watching().slow().toNanos() / 1000),
            "slowlog-max-len",
            Integer.toString(Slowlog.BOUND),
            "save",
            "",
            "appendonly",
            "yes",
            "appendfsync",
            "always",
            "databases",
            "1",
            "maxclients",
            Integer.toString(limits.maxConnections()),
            "timeout",
            Long.toString(limits.idleLimit().toSeconds()),
            "max-key-bytes",
            Integer.toString(limits.maxKeyBytes()),
            "max-value-bytes",
            Integer.toString(limits.maxValueBytes())));
  }
}
