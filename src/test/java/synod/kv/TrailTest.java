package synod.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import synod.kv.StateStore.Table;
import synod.memory.MemoryState;
import synod.paxos.Batch;
import synod.paxos.Bytes;

class TrailTest {
  private final MemoryState store = new MemoryState();
  private final Machine machine = Machine.open(store);

  private void apply(int slots) {
    for (int i = 0; i < slots; i++) {
      machine.apply(machine.applied() + 1, Batch.noOp(1), false);
    }
  }

  private static List<Long> slots(List<StateSummary> summaries) {
    return summaries.stream().map(StateSummary::applied).toList();
  }

  @Test
  void tellsTheStateAfterEachSlotFromTheOneAskedFor() {
    apply(5);

    assertEquals(List.of(3L, 4L), slots(machine.summaries(3, 2)));
    assertEquals(List.of(machine.summary()), machine.summaries(5, 9));
    assertEquals(List.of(), machine.summaries(6, 9));
  }

  @Test
  void forgetsTheOldestPastItsLength() {
    apply(Trail.LENGTH + 3);

    List<StateSummary> all = machine.summaries(0, Integer.MAX_VALUE);
    assertEquals(Trail.LENGTH, all.size());
    assertEquals(4, all.get(0).applied());
  }

  @Test
  void aNewLifeRemembersWhatItFound() {
    apply(5);

    Machine anew = Machine.open(store);

    assertEquals(List.of(machine.summary()), anew.summaries(0, 9));
  }

  @Test
  void aLeapBeginsAnew() {
    Trail trail = new Trail(new StateSummary(1, 0, 0, 0, 0, 0));

    trail.add(new StateSummary(7, 0, 0, 0, 0, 0));
    trail.add(new StateSummary(8, 0, 0, 0, 0, 0));

    assertEquals(List.of(7L, 8L), slots(trail.from(0, 9)));
  }

  @Test
  void anAuditFindsARecordThatNoSlotChanged() {
    apply(1);
    assertTrue(machine.audit().sound());

    Changes rot = new Changes();
    rot.put(Table.DATA, Bytes.utf8("k"), Stored.record(1, 0, Bytes.utf8("v")));
    store.commit(rot);

    Audit audit = machine.audit();
    assertFalse(audit.sound());
    assertEquals(machine.summary(), audit.told());
    assertEquals(1, audit.counted().keys());
  }
}
