package synod.console;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code run-cluster.sh}, which starts and kills the processes of this machine. */
record Launcher(Path script, Screen screen) {

  /** Runs one of its commands, whose output goes where ours goes. */
  void run(String command, Address replica) throws CommandFailed {
    run(List.of(command, String.valueOf(replica.id())));
  }

  /** As above. */
  void run(List<String> words) throws CommandFailed {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(words);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      process.inputReader().lines().forEach(screen::say);
      int code = process.waitFor();
      if (code != 0) {
        throw new CommandFailed(
            script.getFileName() + " " + words.get(0) + " ended with code " + code);
      }
    } catch (IOException e) {
      throw new CommandFailed(script + " cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted");
    }
  }
}
