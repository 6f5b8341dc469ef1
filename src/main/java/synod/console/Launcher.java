package synod.console;

import java.io.IOException;
import java.nio.file.Path;

/** {@code run-cluster.sh}, which starts and kills the processes of this machine. */
record Launcher(Path script, Screen screen) {

  /** Runs one of its commands, whose output goes where ours goes. */
  void run(String command, Address replica) throws CommandFailed {
    try {
      Process process =
          new ProcessBuilder(script.toString(), command, String.valueOf(replica.id()))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      process.inputReader().lines().forEach(screen::say);
      int code = process.waitFor();
      if (code != 0) {
        throw new CommandFailed(script.getFileName() + " " + command + " ended with code " + code);
      }
    } catch (IOException e) {
      throw new CommandFailed(script + " cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed("interrupted");
    }
  }
}
