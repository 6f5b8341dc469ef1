package synod.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live view in a real terminal, which tmux is: keys go in, and what stands there is read. */
class TopIT {
  private static final Path HOME = Path.of(System.getProperty("synod.home", "."));
  private static final Pattern SERVING =
      Pattern.compile("serving: leader (\\d), quorum (\\d) of 5");
  private static final long MOST_SECONDS = 20;

  @TempDir Path directory = Path.of("");

  @Test
  void aPersonCrashesTheLeadersProposerAndKillsItAndSeesTheElection() throws Exception {
    String socket = directory.resolve("tmux").toString();
    try (Processes processes = new Processes()) {
      processes.startIn(directory);
      tmux(
          socket,
          "-f",
          "/dev/null",
          "new-session",
          "-d",
          "-x",
          "120",
          "-y",
          "40",
          console(processes));
      await(socket, "the prompt", "synod>$");
      keys(socket, "top", "Enter");
      await(socket, "five that serve", "serving: leader \\d, quorum 5 of 5");
      int leader = leader(screen(socket));

      keys(socket, String.valueOf(leader), "c", "p");
      await(socket, "the crash", leader + "  its proposer CRASHED");
      await(socket, "the restart", leader + "  its proposer is built anew by supervision");
      await(socket, "five that serve again", "serving: leader \\d, quorum 5 of 5");

      keys(socket, "k");
      await(socket, "the dead process", leader + ". +down");
      await(socket, "an election", "sends a token round the ring");
      await(socket, "four that serve", "serving: leader \\d, quorum 4 of 5");
      assertTrue(leader(screen(socket)) != leader, () -> screen(socket));

      tmux(socket, "resize-window", "-x", "80", "-y", "24");
      await(socket, "the frame at 80x24", "(?s)Synod  serving.*\\? help  q quit\\s*$");
      assertEquals(24, screen(socket).stripTrailing().lines().count(), () -> screen(socket));

      keys(socket, "q");
      await(socket, "the prompt again", "synod>$");
      keys(socket, "leader", "Enter");
      await(socket, "an answer at the prompt", "(?m)^replica \\d");
    } finally {
      end(socket);
    }
  }

  private static int leader(String screen) {
    Matcher serving = SERVING.matcher(screen);
    assertTrue(serving.find(), screen);
    return Integer.parseInt(serving.group(1));
  }

  /** The console, with a launcher that kills the processes of this test. */
  private String console(Processes processes) throws IOException {
    String pids =
        Processes.ALL.stream()
            .map(id -> id + ") kill -9 " + processes.process(id).pid() + " ;;")
            .collect(Collectors.joining(" "));
    Path launcher = directory.resolve("launcher.sh");
    Files.writeString(
        launcher, "#!/bin/sh\n[ $1 = kill ] || exit 1\ncase $2 in " + pids + " esac\n");
    assertTrue(launcher.toFile().setExecutable(true));
    return String.join(
        " ",
        "env TERM=screen LC_ALL=C.UTF-8",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp",
        "'"
            + HOME.resolve("target/synod.jar")
            + File.pathSeparator
            + HOME.resolve("target/lib")
            + "/*'",
        "synod.console.Main --launcher",
        launcher.toString(),
        "--run",
        ConsoleRun.directory(processes).toString(),
        "--replicas",
        ConsoleRun.doors(processes));
  }

  private static void await(String socket, String what, String pattern) {
    Pattern wanted = Pattern.compile(pattern);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    Await.until(
        what,
        () -> {
          String screen = screen(socket);
          if (System.nanoTime() > end) {
            throw new AssertionError("no " + what + " on the screen:\n" + screen);
          }
          return wanted.matcher(screen.stripTrailing()).find();
        },
        () -> screen(socket));
  }

  private static String screen(String socket) {
    return tmux(socket, "capture-pane", "-p");
  }

  /** Each is a key or a word of several. */
  private static void keys(String socket, String... keys) {
    List<String> words = new ArrayList<>(List.of("send-keys"));
    words.addAll(List.of(keys));
    tmux(socket, words.toArray(String[]::new));
  }

  private static void end(String socket) {
    if (Files.exists(Path.of(socket))) {
      tmux(socket, "kill-server");
    }
  }

  private static String tmux(String socket, String... words) {
    List<String> command = new ArrayList<>(List.of("tmux", "-S", socket));
    command.addAll(List.of(words));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), () -> command + ": " + output);
      return output;
    } catch (IOException e) {
      throw new AssertionError(
          "this test needs tmux, as a terminal: install it (Debian: apt install tmux)", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
