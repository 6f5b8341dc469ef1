package synod.console;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import synod.top.View;

/**
 * What the keys of the live view do, one after the other on a thread of its own, so that the screen
 * goes on. What comes of it stands at the bottom of the view.
 */
final class TopActs implements AutoCloseable {
  private static final int PATIENCE_MS = 1000;

  private final List<Address> replicas;
  private final View view;
  private final Launcher launcher;
  private final TopLoad load;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> Daemon.of("top-acts", task));

  private interface Act {
    String run() throws CommandFailed;
  }

  TopActs(List<Address> replicas, View view, Path script) {
    this.replicas = replicas;
    this.view = view;
    this.load = new TopLoad(replicas);
    this.launcher = new Launcher(script, new Screen(lines(view), 0, Ink.NONE));
  }

  /** What is printed there line by line stands at the bottom of the view. */
  private static PrintStream lines(View view) {
    StringBuilder line = new StringBuilder();
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            if (b == '\n') {
              view.say(line.toString());
              line.setLength(0);
            } else {
              line.append((char) b);
            }
          }
        };
    return new PrintStream(out, true, StandardCharsets.US_ASCII);
  }

  private void act(Act act) {
    thread.execute(
        () -> {
          try {
            view.say(act.run());
          } catch (CommandFailed e) {
            view.say("error: " + e.getMessage());
          }
        });
  }

  void crash(int replica, String role) {
    act(
        () -> {
          tell(replica, "SYNOD", "CRASH", role);
          return "replica " + replica + "'s " + role + " was told to crash";
        });
  }

  void kill(int replica) {
    script("replica " + replica + " is killed", "kill", String.valueOf(replica));
  }

  void start(int replica) {
    script("replica " + replica + " starts", "start", String.valueOf(replica), "--no-wait");
  }

  /** Pauses it, or lets it go on if it stands still. */
  void pause(int replica) {
    boolean goesOn = view.isSilent(replica);
    script(
        "replica " + replica + (goesOn ? " goes on" : " is paused; z lets it go on"),
        goesOn ? "resume" : "pause",
        String.valueOf(replica));
  }

  private void script(String done, String... words) {
    view.say("...");
    act(
        () -> {
          launcher.run(List.of(words));
          return done;
        });
  }

  /** Cuts a link at both ends, or heals it if it is cut. */
  void cut(int one, int other) {
    String what = view.isCut(one, other) ? "HEAL" : "CUT";
    act(
        () -> {
          tell(one, "SYNOD", what, String.valueOf(other));
          tell(other, "SYNOD", what, String.valueOf(one));
          return "link " + one + "-" + other + (what.equals("CUT") ? " is cut" : " is healed");
        });
  }

  void heal() {
    act(
        () -> {
          Poll.ask(replicas, PATIENCE_MS, "SYNOD", "HEAL");
          return "no link is cut, of the replicas that answer";
        });
  }

  void elect() {
    int replica = view.chosen();
    act(
        () -> {
          tell(replica, "SYNOD", "ELECT");
          return "replica "
              + replica
              + " sends a token round; another replica leads if it knows as much";
        });
  }

  void load() {
    act(load::turn);
  }

  private void tell(int replica, String... words) throws CommandFailed {
    List<Address> one = replicas.stream().filter(address -> address.id() == replica).toList();
    Map<Integer, Reply> answers = Poll.ask(one, PATIENCE_MS, words);
    Reply reply = answers.get(replica);
    if (reply == null) {
      throw new CommandFailed("replica " + replica + " does not answer");
    }
    if (reply instanceof Reply.Failure failure) {
      throw new CommandFailed(failure.message());
    }
  }

  /** What was begun goes on; a load ends. */
  @Override
  public void close() {
    act(
        () -> {
          load.off();
          return "";
        });
    thread.shutdown();
  }
}
