package synod.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Something that a disk does to one file, which is named from the data directory on. */
record Damage(String file, Kind kind, int at) {
  enum Kind {
    /** One bit of the byte there. */
    FLIPPED,
    /** To that length. */
    TRUNCATED,
    DELETED
  }

  /** Of a file's bytes the first, the last and so many others, or all where there are few. */
  static List<Damage> flips(Path data, String file, int places) {
    int size = size(data, file);
    TreeSet<Integer> at = new TreeSet<>();
    if (size > 0) {
      at.addAll(List.of(0, size - 1));
      new Random(kindOf(file).hashCode()).ints(places, 0, size).forEach(at::add);
    }
    return at.stream().map(one -> new Damage(file, Kind.FLIPPED, one)).toList();
  }

  /** To nothing, to half, by one byte; and deleted. */
  static List<Damage> losses(Path data, String file) {
    int size = size(data, file);
    List<Damage> all = new ArrayList<>(List.of(new Damage(file, Kind.DELETED, 0)));
    if (size > 0) {
      new TreeSet<>(List.of(0, size / 2, size - 1))
          .forEach(length -> all.add(new Damage(file, Kind.TRUNCATED, length)));
    }
    return all;
  }

  void in(Path data) {
    Path path = data.resolve(file);
    try {
      byte[] bytes = Files.readAllBytes(path);
      switch (kind) {
        case DELETED -> Files.delete(path);
        case TRUNCATED -> Files.write(path, Arrays.copyOf(bytes, at));
        case FLIPPED -> {
          bytes[at] ^= (byte) (1 << at % Byte.SIZE);
          Files.write(path, bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file without its numbers. */
  static String kindOf(String file) {
    return file.replaceAll("[0-9a-f]{16}", "#").replaceAll("\\d+", "#");
  }

  private static int size(Path data, String file) {
    return Math.toIntExact(data.resolve(file).toFile().length());
  }
}
