package synod.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import synod.paxos.Life;
import synod.paxos.Lineage;
import synod.paxos.ReplicaId;
import synod.paxos.StoreException;

/**
 * The file {@code identity}: lines of text, the last a checksum over the others. What a later
 * version adds comes with a higher format, which this one refuses.
 */
final class IdentityFile {
  private static final String FIRST = "This directory belongs to a replica of Synod. Do not edit.";
  private static final Pattern FORMAT_LINE =
      Pattern.compile("^format=(\\d{1,9})$", Pattern.MULTILINE);
  private static final Pattern FORMAT_1 =
      Pattern.compile("[^\n]*\nformat=1\nreplica=(\\d{1,9})\nincarnation=(\\d{1,18})\n");
  private static final Pattern FORMAT_2_OR_3 =
      Pattern.compile(
          """
          [^\n]*
          format=(?<format>[23])
          cluster=(?<cluster>[^\n]{1,200})
          cluster-id=(?<clusterId>[0-9a-f]{16})
          replica=(?<replica>\\d{1,9})
          directory=(?<directory>[0-9a-f]{16})
          (?:earlier=(?<earlier>[\\d ]*)
          )?incarnation=(?<incarnation>\\d{1,18})
          """);
  private static final Pattern CHECKSUM = Pattern.compile("checksum=([0-9a-f]{8})\n$");

  private final Path file;

  IdentityFile(Path data) {
    this.file = data.resolve("identity");
  }

  /** Nothing if there is no such file. */
  Optional<Identity> read() {
    try {
      return Files.exists(file)
          ? Optional.of(parse(Files.readString(file, StandardCharsets.ISO_8859_1)))
          : Optional.empty();
    } catch (IOException e) {
      throw Failure.to("read", file, e);
    }
  }

  /** When this returns the file is durable; a crash before leaves the old one. */
  void write(Identity identity) {
    Path next = file.resolveSibling("identity.new");
    try {
      try (FileChannel channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.ISO_8859_1.encode(text(identity));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.sync(file.resolveSibling("."));
    } catch (IOException e) {
      throw Failure.to("write", file, e);
    }
  }

  private static String text(Identity identity) {
    String lines =
        String.join(
            "\n",
            FIRST,
            "format=" + Identity.FORMAT,
            "cluster=" + identity.cluster().orElseThrow(),
            String.format("cluster-id=%016x", identity.clusterId()),
            "replica=" + identity.replica(),
            String.format("directory=%016x", identity.life().directory()),
            "earlier=" + numbers(identity.lineage().earlier()),
            "incarnation=" + identity.life().incarnation(),
            "");
    return lines + "checksum=" + checksum(lines) + "\n";
  }

  private Identity parse(String text) {
    Matcher end = CHECKSUM.matcher(text);
    String lines = end.find() ? text.substring(0, end.start()) : "";
    if (lines.isEmpty() || !checksum(lines).equals(end.group(1))) {
      throw damaged();
    }
    Matcher format = FORMAT_LINE.matcher(lines);
    if (format.find() && Integer.parseInt(format.group(1)) > Identity.FORMAT) {
      throw new StoreException(
          String.format(
              "%s has format %s, this version of Synod knows %d: start the version that wrote it,"
                  + " or a later one",
              file, format.group(1), Identity.FORMAT));
    }
    return format1(lines).or(() -> format2Or3(lines)).orElseThrow(this::damaged);
  }

  private static Optional<Identity> format1(String lines) {
    Matcher has = FORMAT_1.matcher(lines);
    return has.matches()
        ? Optional.of(
            new Identity(
                1,
                Optional.empty(),
                0,
                new ReplicaId(Integer.parseInt(has.group(1))),
                Lineage.of(new Life(Identity.drawDirectory(), Long.parseLong(has.group(2))))))
        : Optional.empty();
  }

  private static Optional<Identity> format2Or3(String lines) {
    Matcher has = FORMAT_2_OR_3.matcher(lines);
    return has.matches()
        ? Optional.of(
            new Identity(
                Integer.parseInt(has.group("format")),
                Optional.of(has.group("cluster")),
                Long.parseUnsignedLong(has.group("clusterId"), 16),
                new ReplicaId(Integer.parseInt(has.group("replica"))),
                new Lineage(earlier(has), life(has))))
        : Optional.empty();
  }

  private static Life life(Matcher has) {
    return new Life(
        Long.parseUnsignedLong(has.group("directory"), 16),
        Long.parseLong(has.group("incarnation")));
  }

  /** Format 2 knew of none. */
  private static List<Long> earlier(Matcher has) {
    String words = Optional.ofNullable(has.group("earlier")).orElse("");
    return words.isEmpty() ? List.of() : Stream.of(words.split(" ")).map(Long::valueOf).toList();
  }

  private static String numbers(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(" "));
  }

  private StoreException damaged() {
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
