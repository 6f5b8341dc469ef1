package synod.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;
import synod.paxos.Standing;

/**
 * What a copy of the fence says, in 512 bytes: no more than a sector, so that a crash leaves the
 * old or the new.
 *
 * <pre>
 *   magic and format (8 bytes)    directory (8)    sequence (8)
 *   standing: kind (4), promised (12), slot (8)
 *   floor:    syncs (8), promised (12), own (12), highest (8)
 *   ceiling:  round (8), slot (8)
 *   zeros, and at the end a CRC32C over all before it (4)
 * </pre>
 *
 * @param directory whose fence it is: the number in the identity
 * @param sequence rises with each write of either copy
 * @param floor what the journal certainly holds
 * @param ceiling what it certainly does not exceed
 */
record Marks(long directory, long sequence, Standing standing, Floor floor, Ceiling ceiling) {
  static final int SIZE = 512;

  private static final int CHECKED = SIZE - Integer.BYTES;
  private static final long MAGIC = 0x53594e4f44464e01L;

  static Marks first(long directory, Standing standing) {
    return new Marks(directory, 0, standing, Floor.NONE, Ceiling.NONE);
  }

  Marks with(Standing other) {
    return new Marks(directory, sequence, other, floor, ceiling);
  }

  Marks with(Floor other) {
    return new Marks(directory, sequence, standing, other, ceiling);
  }

  Marks with(Ceiling other) {
    return new Marks(directory, sequence, standing, floor, other);
  }

  Marks at(long other) {
    return new Marks(directory, other, standing, floor, ceiling);
  }

  /** A voter's mark is a returning voter's to the next process. */
  Marks reopened() {
    return standing.is(Standing.Kind.VOTING) ? with(Standing.of(Standing.Kind.RETURNING)) : this;
  }

  ByteBuffer encode() {
    ByteBuffer to = ByteBuffer.allocate(SIZE);
    to.putLong(MAGIC).putLong(directory).putLong(sequence).putInt(code(standing.kind()));
    Ballots.put(to, standing.promised()).putLong(standing.slot());
    floor.put(to);
    ceiling.put(to);
    return to.putInt(CHECKED, checksum(to.array())).rewind();
  }

  /** Nothing if these bytes are not what {@link #encode} made. */
  static Optional<Marks> decode(byte[] bytes) {
    if (bytes.length != SIZE || ByteBuffer.wrap(bytes).getInt(CHECKED) != checksum(bytes)) {
      return Optional.empty();
    }
    ByteBuffer from = ByteBuffer.wrap(bytes);
    return from.getLong() == MAGIC ? Optional.of(decode(from)) : Optional.empty();
  }

  private static Marks decode(ByteBuffer from) {
    return new Marks(
        from.getLong(),
        from.getLong(),
        new Standing(kind(from.getInt()), Ballots.get(from), from.getLong()),
        Floor.get(from),
        Ceiling.get(from));
  }

  private static int checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, CHECKED);
    return (int) crc.getValue();
  }

  private static int code(Standing.Kind kind) {
    return switch (kind) {
      case FRESH -> 1;
      case RETURNING -> 2;
      case VOTING -> 3;
      case QUARANTINED -> 4;
      case READMITTING -> 5;
      case REPAIRING -> 6;
    };
  }

  private static Standing.Kind kind(int code) {
    return switch (code) {
      case 1 -> Standing.Kind.FRESH;
      case 2 -> Standing.Kind.RETURNING;
      case 3 -> Standing.Kind.VOTING;
      case 4 -> Standing.Kind.QUARANTINED;
      case 5 -> Standing.Kind.READMITTING;
      case 6 -> Standing.Kind.REPAIRING;
      default -> throw new IllegalArgumentException("no standing: " + code);
    };
  }
}
