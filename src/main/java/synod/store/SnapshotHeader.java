package synod.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import synod.paxos.Bytes;
import synod.paxos.Snapshot;

/**
 * Which files a snapshot consists of, in lines of text whose last is a checksum over the others.
 * The snapshot as one string of bytes is this header, and the files behind it in their order.
 *
 * <pre>
 *   This is a snapshot of the state of a replica of Synod.
 *   format=1
 *   slot=41970
 *   id=5f1f00aa17c0ffee
 *   file=000012.sst 104857600 89abcdef
 *   checksum=01234567
 * </pre>
 */
record SnapshotHeader(long slot, long id, List<Part> parts) {
  /** The header of a snapshot of twenty thousand files. */
  static final int MAX_BYTES = 1 << 20;

  private static final String TITLE = "This is a snapshot of the state of a replica of Synod.\n";
  private static final Pattern END = Pattern.compile("\nchecksum=([0-9a-f]{8})\n");
  private static final Pattern TEXT =
      Pattern.compile(TITLE + "format=1\nslot=(\\d{1,18})\nid=([0-9a-f]{16})\n([\\s\\S]*)");
  // A name from somewhere else must not lead out of the directory.
  private static final Pattern FILE =
      Pattern.compile("file=([A-Za-z0-9][A-Za-z0-9._-]{0,200}) (\\d{1,14}) ([0-9a-f]{8})\n");

  /** A file of the state: its length in bytes, and its CRC32C. */
  record Part(String name, long size, int checksum) {}

  SnapshotHeader {
    parts = List.copyOf(parts);
  }

  Bytes encode() {
    StringBuilder lines = new StringBuilder(TITLE);
    lines.append(String.format("format=1\nslot=%d\nid=%016x\n", slot, id));
    for (Part part : parts) {
      lines.append(String.format("file=%s %d %08x\n", part.name(), part.size(), part.checksum()));
    }
    return Bytes.utf8(lines + String.format("checksum=%08x\n", checksum(lines.toString())));
  }

  Snapshot name() {
    return new Snapshot(slot, id, encode().size() + content());
  }

  private long content() {
    return parts.stream().mapToLong(Part::size).sum();
  }

  /** Where the header ends in these first bytes of a snapshot; nothing if it goes on. */
  static OptionalInt end(byte[] bytes) {
    Matcher end = END.matcher(text(bytes));
    return end.find() ? OptionalInt.of(end.end()) : OptionalInt.empty();
  }

  /** Nothing unless it is whole. */
  static Optional<SnapshotHeader> decode(byte[] bytes) {
    String text = text(bytes);
    Matcher end = END.matcher(text);
    if (!end.find() || end.end() != text.length()) {
      return Optional.empty();
    }
    String lines = text.substring(0, end.start() + 1);
    boolean sound = end.group(1).equals(String.format("%08x", checksum(lines)));
    Matcher matcher = TEXT.matcher(lines);
    return sound && matcher.matches() ? header(matcher) : Optional.empty();
  }

  private static Optional<SnapshotHeader> header(Matcher lines) {
    List<Part> parts = new ArrayList<>();
    Matcher file = FILE.matcher(lines.group(3));
    int at = 0;
    for (; file.find() && file.start() == at; at = file.end()) {
      parts.add(
          new Part(
              file.group(1),
              Long.parseLong(file.group(2)),
              Integer.parseUnsignedInt(file.group(3), 16)));
    }
    boolean distinct = parts.stream().map(Part::name).distinct().count() == parts.size();
    return at == lines.group(3).length() && distinct
        ? Optional.of(
            new SnapshotHeader(
                Long.parseLong(lines.group(1)), Long.parseUnsignedLong(lines.group(2), 16), parts))
        : Optional.empty();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static int checksum(String lines) {
    CRC32C crc = new CRC32C();
    crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
    return (int) crc.getValue();
  }
}
