package synod.kv;

import synod.memory.MemoryState;

class MemoryStateTest extends StateStoreContractTest {
  private final MemoryState state = new MemoryState();

  @Override
  protected StateStore store() {
    return state;
  }

  @Override
  protected StateStore openedAnew() {
    return state.copy();
  }
}
