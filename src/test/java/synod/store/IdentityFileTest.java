package synod.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import synod.paxos.Life;
import synod.paxos.Lineage;
import synod.paxos.ReplicaId;

class IdentityFileTest {
  private Path data;

  @BeforeEach
  void name(@TempDir Path fresh) {
    data = fresh;
  }

  private static Identity identity(List<Long> earlier, long incarnation) {
    Lineage lineage = new Lineage(earlier, new Life(-7, incarnation));
    return new Identity(3, Optional.of("synod"), 9, new ReplicaId(3), lineage);
  }

  @Test
  void comesBackAsItWasWritten() {
    List<List<Long>> lists =
        List.of(
            List.of(),
            List.of(28_000_000_000L),
            List.of(1L, 28_000_000_000L, 28_000_000_001L),
            LongStream.range(30_000_000_000L, 30_000_001_000L).boxed().toList());

    for (List<Long> earlier : lists) {
      Identity written = identity(earlier, (1L << 40) - 1);
      new IdentityFile(data).write(written);
      assertEquals(Optional.of(written), new IdentityFile(data).read());
    }
  }

  @Test
  void isTextThatAPersonCanRead() throws IOException {
    new IdentityFile(data).write(identity(List.of(17L, 21L), 44));

    String text = Files.readString(data.resolve("identity"));

    assertTrue(
        text.startsWith(
            """
            This directory belongs to a replica of Synod. Do not edit.
            format=3
            cluster=synod
            cluster-id=0000000000000009
            replica=3
            directory=fffffffffffffff9
            earlier=17 21
            incarnation=44
            checksum="""),
        text);
  }
}
