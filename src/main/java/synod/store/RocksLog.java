package synod.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The file in which RocksDB tells a person what it does: the only place for some of its errors. */
final class RocksLog {
  private static final int TAIL = 64 << 10;
  private static final Pattern FAILURE =
      Pattern.compile("error:? ((?:IO error|Corruption): .*?)(?:, reason \\d+|, Accum.*|\n)");

  private RocksLog() {}

  /** The last failure of one of the database's own threads, if its log has one near its end. */
  static Optional<String> lastFailure(Path database) {
    try (FileChannel log = FileChannel.open(database.resolve("LOG"))) {
      ByteBuffer tail = ByteBuffer.allocate((int) Math.min(TAIL, log.size()));
      log.read(tail, log.size() - tail.capacity());
      return FAILURE
          .matcher(UTF_8.decode(tail.flip()))
          .results()
          .map((MatchResult found) -> found.group(1))
          .reduce((earlier, later) -> later);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
