package synod.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** I17: same seed, same run. */
class SameSeedTest {
  private static final String SEED = "4";

  private final Path directory;

  SameSeedTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void twoProcessesWriteTheSameTranscriptByteForByte() throws IOException, InterruptedException {
    byte[] first = transcript("-XX:hashCode=2", "-Xint");
    byte[] second = transcript("-XX:hashCode=0", "-XX:+UseParallelGC");

    assertTrue(new String(first, UTF_8).lines().count() > 1_000);
    assertArrayEquals(first, second);
  }

  private byte[] transcript(String... options) throws IOException, InterruptedException {
    Path out = directory.resolve("out" + options[0].length() + options[1].length());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-XX:+UnlockExperimentalVMOptions",
            options[0],
            options[1],
            "-cp",
            System.getProperty("java.class.path", ""),
            "synod.sim.Main",
            "--seed",
            SEED,
            "--transcript");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(new File(out.toString()))
            .start();
    try {
      assertTrue(process.waitFor(3, TimeUnit.MINUTES), "it does not end");
      assertEquals(0, process.exitValue(), () -> tail(out));
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllBytes(out);
  }

  private static String tail(Path out) {
    try {
      String text = Files.readString(out);
      return text.substring(Math.max(0, text.length() - 2_000));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
