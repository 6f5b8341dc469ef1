package synod.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the classes of a replica are after parsing and verifying, kept for the hundreds of processes
 * that the tests start. Made by a short life of one replica, as {@code run-cluster.sh} does; a
 * process that cannot use it starts without.
 */
final class ClassArchive {
  private static final Path TARGET = Path.of(System.getProperty("synod.home", "."), "target");
  private static final Path ARCHIVE = TARGET.resolve("tests.jsa").toAbsolutePath();

  private static boolean tried;

  private ClassArchive() {}

  /** Options of a JVM that uses it. */
  static synchronized List<String> options() {
    if (!tried && !isFresh()) {
      make();
    }
    tried = true;
    return List.of(
        "-XX:SharedArchiveFile=" + ARCHIVE,
        "-Xshare:auto",
        "-Xlog:disable",
        "-Xlog:all=error:stderr");
  }

  private static boolean isFresh() {
    try {
      return Files.exists(ARCHIVE)
          && Files.getLastModifiedTime(ARCHIVE)
                  .compareTo(Files.getLastModifiedTime(TARGET.resolve("synod.jar")))
              > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void make() {
    try {
      Path school = Files.createTempDirectory(TARGET, "archive");
      String option = ReplicaProcess.MAKES_ARCHIVE + ARCHIVE;
      try (Lone lone = Lone.start(school, "", option, "-Xmx192m")) {
        lone.awaitServing();
        lone.process().ifPresent(ReplicaProcess::terminate);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
