package synod.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  /** A process that opens a directory and is then gone, as after a kill. */
  static final class Killed {
    public static void main(String[] path) {
      DataDirectory data = DataDirectory.open(Path.of(path[0]), Directories.OWNER);
      System.out.print("standing " + data.journal().standing());
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }
  }

  /** In a fresh process, where no other test has loaded anything yet. */
  @Test
  void opensFirstThingAndAKilledProcessLeavesNothingInTheTemporaryDirectory(@TempDir Path fresh)
      throws IOException, InterruptedException {
    Path temporary = Files.createDirectory(fresh.resolve("tmp"));

    String said = run(Killed.class, temporary, fresh.resolve("data"));

    assertEquals("standing fresh", said);
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static String run(Class<?> main, Path temporary, Path argument)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return said;
  }
}
