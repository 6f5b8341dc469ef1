package synod.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import synod.paxos.StoreException;

/**
 * RocksDB's native library, which it takes from {@code java.library.path} or unpacks from its jar.
 */
final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Must come before the first of RocksDB's objects. Left to itself RocksDB deletes what it has
   * unpacked when the process ends, so that each one that is killed leaves 15 MB behind; loaded,
   * the file may go at once.
   */
  static void load() {
    try {
      Path unpacked = Files.createTempDirectory("synod-rocksdb");
      try {
        NativeLibraryLoader.getInstance().loadLibrary(unpacked.toString());
      } finally {
        delete(unpacked);
      }
      RocksDB.loadLibrary();
    } catch (IOException | UnsatisfiedLinkError e) {
      throw new StoreException("cannot load the native library of RocksDB: " + e.getMessage(), e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
