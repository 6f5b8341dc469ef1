package synod.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import synod.kv.SnapshotsContractTest;
import synod.kv.StateStore;
import synod.paxos.Snapshots;

/** Snapshots on a disk do what they do in a memory. */
class RocksSnapshotsTest extends SnapshotsContractTest {
  private final Closing closing = new Closing();
  private RocksState maker;
  private RocksState taker;

  @BeforeEach
  void open(@TempDir Path temporary) {
    Options options = closing.later(Directories.options());
    maker = closing.later(RocksState.open(temporary.resolve("maker"), options));
    taker = closing.later(RocksState.open(temporary.resolve("taker"), options));
  }

  @AfterEach
  void close() {
    closing.close();
  }

  @Override
  protected StateStore maker() {
    return maker;
  }

  @Override
  protected StateStore taker() {
    return taker;
  }

  @Override
  protected void await(Snapshots snapshots) {
    maker.awaitBehind();
    taker.awaitBehind();
  }
}
