package synod.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A directory for a benchmark, which is gone when it is closed. It lies under {@code target}: what
 * a system has for temporary files may be memory, where a sync costs nothing.
 */
final class Scratch implements AutoCloseable {
  private final Path path;

  Scratch() {
    try {
      path = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "scratch-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    DurableFiles.delete(path);
  }
}
