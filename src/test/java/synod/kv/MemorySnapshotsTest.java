package synod.kv;

import synod.memory.MemoryState;
import synod.paxos.Snapshots;

class MemorySnapshotsTest extends SnapshotsContractTest {
  private final MemoryState maker = new MemoryState();
  private final MemoryState taker = new MemoryState();

  @Override
  protected StateStore maker() {
    return maker;
  }

  @Override
  protected StateStore taker() {
    return taker;
  }

  @Override
  protected void await(Snapshots snapshots) {}
}
