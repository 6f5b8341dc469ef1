package synod.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The two copies of the fence. A write is of one sector in place, and needs no room. */
final class FenceFiles implements AutoCloseable {
  private final List<Path> paths;
  private final List<FileChannel> channels;

  private FenceFiles(List<Path> paths, List<FileChannel> channels) {
    this.paths = paths;
    this.channels = channels;
  }

  /**
   * What the copies say.
   *
   * @param newest of those that are whole
   * @param unusable those that are damaged or not there
   */
  record Found(Optional<Marks> newest, List<Path> unusable) {}

  static List<Path> in(Path data) {
    return Stream.of("fence.1", "fence.2").map(data::resolve).toList();
  }

  static Found read(Path data) {
    List<Path> paths = in(data);
    return new Found(
        paths.stream()
            .map(FenceFiles::copy)
            .flatMap(Optional::stream)
            .max(Comparator.comparingLong(Marks::sequence)),
        paths.stream().filter(path -> copy(path).isEmpty()).toList());
  }

  private static Optional<Marks> copy(Path path) {
    try {
      return Files.exists(path) ? Marks.decode(Files.readAllBytes(path)) : Optional.empty();
    } catch (IOException e) {
      throw Failure.to("read", path, e);
    }
  }

  /** Makes the files where there are none. */
  static FenceFiles open(Path data) {
    List<Path> paths = in(data);
    return new FenceFiles(paths, paths.stream().map(FenceFiles::channel).toList());
  }

  private static FileChannel channel(Path path) {
    try {
      return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw Failure.to("open", path, e);
    }
  }

  int count() {
    return paths.size();
  }

  void write(int copy, Marks marks, boolean force) {
    ByteBuffer bytes = marks.encode();
    FileChannel channel = channels.get(copy);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes, bytes.position());
      }
      if (force) {
        channel.truncate(Marks.SIZE);
        channel.force(true);
      }
    } catch (IOException e) {
      throw Failure.to("write", paths.get(copy), e);
    }
  }

  @Override
  public void close() {
    try (Closing closing = new Closing()) {
      channels.forEach(closing::later);
    }
  }
}
