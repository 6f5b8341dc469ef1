package synod.console;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jline.terminal.Terminal;

/** What a person can type. State: the doors, and whether {@code exit} was said. */
final class Commands {
  static final List<String> ROLES = List.of("proposer", "acceptor", "learner", "elector");

  /** Behind any command, and not in quotes: its output as JSON. */
  private static final String JSON = "--json";

  /** What goes on until somebody ends it has no end at which a document could be printed. */
  private static final List<String> ENDLESS = List.of("events", "demo", "top");

  /** A usage that is longer has a line of its own in the list. */
  private static final int USAGE_WIDTH = 22;

  private final Doors doors;
  private final Screen screen;
  private final Launcher launcher;
  private final Map<String, Verb> verbs = new LinkedHashMap<>();
  private Pause pause = CountDownLatch::await;
  private final TopVerb top;
  private boolean ended;

  /** Waits for the end of what goes on by itself, or until a person ends it. */
  interface Pause {
    void await(CountDownLatch over) throws InterruptedException;
  }

  /** Of that console; pictures go into the directory {@code run}. */
  Commands(Doors doors, Screen screen, Launcher launcher, Path run) {
    this.doors = doors;
    this.screen = screen;
    this.launcher = launcher;
    new DataVerbs(doors, screen).all().forEach(this::add);
    new SessionVerbs(doors, screen).all().forEach(this::add);
    cluster();
    new ExplainVerbs(doors, screen).all().forEach(this::add);
    new CopyVerbs(doors, screen, launcher).all().forEach(this::add);
    new LinkVerbs(doors, screen, launcher).all().forEach(this::add);
    top = new TopVerb(doors, screen, launcher);
    add(top.verb());
    add(new LoadVerb(doors, screen, run, over -> pause.await(over)).verb());
    new TraceVerbs(doors, screen, over -> pause.await(over)).all().forEach(this::add);
    add("demo", List.of(), "the whole story, in about a minute", words -> demo());
    add("help", List.of(), "this list", words -> help());
    add("exit", List.of(), "leave; the replicas run on", words -> ended = true);
  }

  private void cluster() {
    add("status", List.of(), "all replicas in one table", words -> status());
    add("leader", List.of(), "who leads", words -> leader());
    add("log", List.of("[FROM]", "[COUNT]"), "applied slots; the last 20 unless given", this::log);
    add("verify", List.of(), "whether all stores hold the same, and where not", w -> verify());
    add(
        "crash",
        List.of("REPLICA", "ROLE"),
        "make a role throw: supervision restarts it",
        this::crash);
    add("kill", List.of("REPLICA"), "kill -9 a replica's process", w -> process("kill", w));
    add("start", List.of("REPLICA"), "start a replica's process", w -> process("start", w));
    add(
        "readmit",
        List.of("REPLICA"),
        "let a replica that lost its disk vote again, if safe",
        this::readmit);
    add("elect", List.of(), "start a token for a new election", words -> elect());
    add(
        "events",
        List.of("[REPLICA|all]"),
        "what happens, 'all' with every slot; Enter ends",
        this::events);
    add(
        "use",
        List.of("REPLICA"),
        "talk to that replica only, or to 'any' that answers",
        this::use);
  }

  private void add(String name, List<String> words, String summary, Verb.Action action) {
    add(new Verb(name, words, summary, action));
  }

  private void add(Verb verb) {
    verbs.put(verb.name(), verb);
  }

  List<String> names() {
    return List.copyOf(verbs.keySet());
  }

  Doors doors() {
    return doors;
  }

  boolean ended() {
    return ended;
  }

  void pauseBy(Pause other) {
    pause = other;
  }

  /** Where the live view can be shown. */
  void showOn(Terminal terminal) {
    top.on(terminal);
  }

  /** Does one line; false, and the reason on the screen, if that failed. */
  boolean run(String line) {
    boolean json = line.stripTrailing().endsWith(" " + JSON);
    return json ? runAsJson(line.stripTrailing()) : runAsText(line);
  }

  private boolean runAsJson(String line) {
    screen.begin();
    try {
      return runAsText(line.substring(0, line.length() - JSON.length()));
    } finally {
      screen.end();
    }
  }

  private void refuseJson(String name) throws CommandFailed {
    if (screen.isJson() && ENDLESS.contains(name)) {
      throw new CommandFailed(
          "'" + name + "' tells as it goes on: " + JSON + " is for commands that come to an end");
    }
  }

  private boolean runAsText(String line) {
    try {
      List<String> words = Words.of(line);
      if (!words.isEmpty()) {
        Verb verb = verb(words.get(0));
        refuseJson(verb.name());
        verb.run(words.subList(1, words.size()));
      }
      return true;
    } catch (CommandFailed e) {
      screen.complain(e.getMessage());
      return false;
    }
  }

  private Verb verb(String name) throws CommandFailed {
    String known = name.equals("quit") ? "exit" : name.toLowerCase(Locale.ROOT);
    Verb verb = verbs.get(known);
    if (verb == null) {
      throw new CommandFailed("there is no command '" + Raw.text(name) + "'; 'help' lists them");
    }
    return verb;
  }

  private void status() throws CommandFailed {
    StatusView view = StatusView.of(doors.all());
    show(view);
    if (view.up().isEmpty()) {
      throw new CommandFailed("no replica answers; './run-cluster.sh start' starts them");
    }
  }

  void show(StatusView view, boolean json) {
    if (json) {
      screen.begin();
    }
    show(view);
    screen.end();
  }

  private void show(StatusView view) {
    screen.say(view.table());
    view.ring().forEach(screen::say);
  }

  private void leader() throws CommandFailed {
    if (!(doors.ask("SYNOD", "LEADER") instanceof Reply.Whole whole)) {
      throw new CommandFailed("no leader is known at the moment; 'events' shows the election");
    }
    screen.say("leader", whole.number(), "replica " + whole.number());
  }

  private void log(List<String> words) throws CommandFailed {
    String[] request = new String[2 + words.size()];
    request[0] = "SYNOD";
    request[1] = "LOG";
    for (int i = 0; i < words.size(); i++) {
      request[2 + i] = words.get(i);
    }
    Table table = new Table("slot", "time", "commands", "");
    if (doors.ask(request) instanceof Reply.Items lines) {
      lines.items().forEach(line -> table.add(LogRow.of(line.text())));
    }
    screen.say(table);
  }

  private void verify() throws CommandFailed {
    new Verification(doors.all(), screen).run();
  }

  private void crash(List<String> words) throws CommandFailed {
    Address address = doors.find(words.get(0));
    String role = words.get(1).toLowerCase(Locale.ROOT);
    if (!ROLES.contains(role)) {
      throw new CommandFailed("there is no role '" + Raw.text(role) + "'; there are " + ROLES);
    }
    doors.callAt(address, "SYNOD", "CRASH", role);
    screen.say("ok: replica " + address.id() + "'s " + role + " crashes; 'status' counts restarts");
  }

  private void process(String command, List<String> words) throws CommandFailed {
    launcher.run(command, doors.find(words.get(0)));
  }

  private void readmit(List<String> words) throws CommandFailed {
    Address address = doors.find(words.get(0));
    doors.callAt(address, "SYNOD", "READMIT");
    screen.say(
        "ok: replica "
            + address.id()
            + " asks all others what it may have said; 'status' shows when it is voting");
  }

  private void elect() throws CommandFailed {
    doors.tell("SYNOD", "ELECT");
    screen.say(
        "ok: a token is on its way; another replica leads if it knows as much, see 'history'");
  }

  private void events(List<String> words) throws CommandFailed {
    boolean every = words.equals(List.of("all"));
    boolean one = !words.isEmpty() && !every;
    List<Address> of = one ? List.of(doors.find(words.get(0))) : doors.all();
    try (Events events = new Events(of, (id, text) -> event(every, id, text))) {
      pause.await(events.over());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void event(boolean every, int id, String text) {
    if (every || !Events.isRoutine(text)) {
      screen.say(id + "  " + text);
    }
  }

  private void use(List<String> words) throws CommandFailed {
    boolean any = words.get(0).equals("any");
    doors.choose(any ? Optional.empty() : Optional.of(doors.find(words.get(0))));
    screen.say(
        "ok: commands go to " + (any ? "any replica that answers" : doors.find(words.get(0))));
  }

  private void demo() throws CommandFailed {
    new Demo(doors, screen, launcher).run();
  }

  private void help() {
    for (Verb verb : verbs.values()) {
      String usage = "  " + verb.usage();
      boolean fits = verb.usage().length() <= USAGE_WIDTH;
      screen.say(fits ? pad(usage) + verb.summary() : usage);
      if (!fits) {
        screen.say(pad("") + verb.summary());
      }
    }
    screen.say("Any command that ends takes --json behind it: its output as one JSON object.");
    screen.say("A word with blanks stands in quotes: put 'my key' \"a\\nb\"; \\xHH is a byte.");
  }

  private static String pad(String text) {
    return text + " ".repeat(USAGE_WIDTH + 2 + 3 - text.length());
  }
}
