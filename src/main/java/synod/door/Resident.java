package synod.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The memory of the whole process, as the system sees it, at most a second old: who asks often
 * keeps an event loop from no other client.
 */
final class Resident {
  private static final long FRESH = TimeUnit.SECONDS.toNanos(1);

  private record Seen(OptionalLong bytes, long at) {}

  private volatile Seen seen = new Seen(OptionalLong.empty(), System.nanoTime() - FRESH);

  /** Nothing where the system does not tell it in Linux's way. */
  OptionalLong bytes() {
    long now = System.nanoTime();
    if (now - seen.at() >= FRESH) {
      seen = new Seen(read(), now);
    }
    return seen.bytes();
  }

  private static OptionalLong read() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.matches("VmRSS:\\s+[0-9]+ kB"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst();
    } catch (IOException notLinux) {
      return OptionalLong.empty();
    }
  }
}
