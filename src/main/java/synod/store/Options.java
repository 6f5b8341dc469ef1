package synod.store;

import java.util.Objects;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.WALRecoveryMode;

/**
 * How both databases of a directory are opened, and the memory they share. Small on purpose: five
 * replicas run on a laptop, and what a replica reads most is in the page cache of the system.
 */
final class Options implements AutoCloseable {
  private static final long MIB = 1 << 20;

  /** Bytes of a family in memory before it gets a file. */
  static final long BUFFER = 8 * MIB;

  {
    NativeLibrary.load();
  }

  /** A value of so many bytes lies in a file of its kind, and compactions leave it where it is. */
  private static final long LARGE_VALUE = 1024;

  /** Bytes of a file of large values. */
  private static final long LARGE_VALUES = 16 * MIB;

  private final Cache cache = new LRUCache(16 * MIB);
  private final BloomFilter bloom = new BloomFilter();
  private final Opening state;
  private final Opening journal;
  private final Alarm alarm;
  private final boolean syncing;

  /** How one of the two databases is opened, and each family in it. */
  record Opening(DBOptions database, ColumnFamilyOptions family) implements AutoCloseable {
    @Override
    public void close() {
      database.close();
      family.close();
    }
  }

  /** Without {@code syncing} a power cut makes the acceptor forget: for experiments only. */
  Options(Alarm alarm, boolean syncing) {
    this(alarm, syncing, BUFFER);
  }

  /** With another {@link #BUFFER}: tests have little to write. */
  Options(Alarm alarm, boolean syncing, long buffer) {
    this.alarm = alarm;
    this.syncing = syncing;
    this.state = new Opening(database(), forState(family(buffer)));
    this.journal = new Opening(database().setManualWalFlush(true), forJournal(family(buffer)));
  }

  /** Whether a sync of the journal reaches the disk. */
  boolean syncing() {
    return syncing;
  }

  Alarm alarm() {
    return alarm;
  }

  /**
   * For the journal: what is written stays in memory until it is flushed, so that a group of writes
   * costs one write to the file.
   */
  Opening journal() {
    return journal;
  }

  Opening state() {
    return state;
  }

  /**
   * The manifest knows the logs that were closed and synced: by default RocksDB opens without a
   * word when one of several is lost, or is shorter, and families of which some are in files and
   * some are not come from different moments. Its Java has no setter for this. (The newer {@code
   * track_and_verify_wals} would refuse what a kill in the first start leaves, a database without a
   * log.)
   */
  private static DBOptions knowingLogs() {
    Properties properties = new Properties();
    properties.setProperty("track_and_verify_wals_in_manifest", "true");
    return Objects.requireNonNull(DBOptions.getDBOptionsFromProps(properties));
  }

  private static DBOptions database() {
    return knowingLogs()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        // A torn tail is a crash, and opens. A bad checksum before it is corruption, and refuses;
        // by default RocksDB would open and forget all that was acknowledged after it. One case is
        // left: in the last 32 KiB of the log a flipped bit of a
        // record's length looks like a torn tail, and opens shorter.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setDbWriteBufferSize(16 * MIB)
        // A family that is rarely written would else keep every log since its last flush.
        .setMaxTotalWalSize(64 * MIB)
        .setMaxOpenFiles(128)
        .setMaxBackgroundJobs(2)
        // A background error is final here too: by default RocksDB lets writers wait for its
        // recovery.
        .setMaxBgErrorResumeCount(0)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(MIB)
        .setKeepLogFileNum(2)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  private ColumnFamilyOptions family(long buffer) {
    return new ColumnFamilyOptions()
        .setWriteBufferSize(buffer)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(bloom)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true));
  }

  /**
   * A record is written once more by each compaction it takes part in, which for large values is
   * most of what a replica writes. They are kept apart; a file of them goes once half of it is of
   * no use any more.
   */
  private static ColumnFamilyOptions forState(ColumnFamilyOptions family) {
    return family
        .setCompressionType(CompressionType.LZ4_COMPRESSION)
        .setEnableBlobFiles(true)
        .setMinBlobSize(LARGE_VALUE)
        .setBlobFileSize(LARGE_VALUES)
        .setEnableBlobGarbageCollection(true)
        .setBlobGarbageCollectionForceThreshold(0.5);
  }

  /** What a slot holds is truncated soon: it is not worth the work of making it smaller. */
  private static ColumnFamilyOptions forJournal(ColumnFamilyOptions family) {
    return family.setCompressionType(CompressionType.NO_COMPRESSION);
  }

  @Override
  public void close() {
    journal.close();
    state.close();
    bloom.close();
    cache.close();
  }
}
