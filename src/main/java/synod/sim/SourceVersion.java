package synod.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Which sources a failure was seen with: a seed says nothing without them. */
final class SourceVersion {
  private SourceVersion() {}

  /** The commit of the working directory, and whether more has changed since. */
  static String here() {
    try {
      Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
      git.getOutputStream().close();
      String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
      boolean ended = git.waitFor(10, TimeUnit.SECONDS);
      return ended && git.exitValue() == 0 ? "commit " + said : "an unknown commit";
    } catch (IOException e) {
      return "an unknown commit";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "an unknown commit";
    }
  }
}
