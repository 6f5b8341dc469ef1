package synod.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;

/**
 * Whose a directory is, in the file {@code identity}: five lines of text, the last a checksum over
 * the others. What a later version adds comes with a higher format, which this one refuses.
 */
record Identity(ReplicaId replica, long incarnation) {
  private static final int FORMAT = 1;
  private static final Pattern FORMAT_LINE =
      Pattern.compile("^format=(\\d{1,9})$", Pattern.MULTILINE);
  private static final Pattern TEXT =
      Pattern.compile("[^\n]*\nformat=1\nreplica=(\\d{1,9})\nincarnation=(\\d{1,18})\n");
  private static final Pattern CHECKSUM = Pattern.compile("checksum=([0-9a-f]{8})\n$");

  Identity next() {
    return new Identity(replica, incarnation + 1);
  }

  /** Nothing if there is no such file. */
  static Optional<Identity> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(parse(file, Files.readString(file, StandardCharsets.ISO_8859_1)))
          : Optional.empty();
    } catch (IOException e) {
      throw Failure.to("read", file, e);
    }
  }

  /** When this returns the file is durable; a crash before leaves the old one. */
  void write(Path file) {
    Path next = file.resolveSibling("identity.new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory(file.resolveSibling("."));
    } catch (IOException e) {
      throw Failure.to("write", file, e);
    }
  }

  /** A new name is durable when its directory is. */
  static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private String text() {
    String lines =
        "This directory belongs to a replica of Synod. Do not edit.\n"
            + ("format=" + FORMAT + "\n")
            + ("replica=" + replica + "\n")
            + ("incarnation=" + incarnation + "\n");
    return lines + "checksum=" + checksum(lines) + "\n";
  }

  private static Identity parse(Path file, String text) {
    Matcher end = CHECKSUM.matcher(text);
    String lines = end.find() ? text.substring(0, end.start()) : "";
    if (lines.isEmpty() || !checksum(lines).equals(end.group(1))) {
      throw damaged(file);
    }
    Matcher format = FORMAT_LINE.matcher(lines);
    if (format.find() && Integer.parseInt(format.group(1)) > FORMAT) {
      throw new StoreException(
          file
              + " has format "
              + format.group(1)
              + ", this version of Synod knows "
              + FORMAT
              + ": start the version that wrote it, or a later one");
    }
    Matcher matcher = TEXT.matcher(lines);
    if (!matcher.matches()) {
      throw damaged(file);
    }
    return new Identity(
        new ReplicaId(Integer.parseInt(matcher.group(1))), Long.parseLong(matcher.group(2)));
  }

  private static StoreException damaged(Path file) {
    return new StoreException(
        file
            + " is damaged: do not start on this directory; check the disk, and put back all of it"
            + " from where it was whole");
  }

  private static String checksum(String lines) {
    CRC32C crc = new CRC32C();
    crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
    return String.format("%08x", crc.getValue());
  }
}
