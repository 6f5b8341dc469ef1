package synod.console;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VerificationTest {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  /** A replica that remembers some slots, and tells other hashes from one of them on. */
  private record Said(int first, int last, int differsFrom, boolean sound) {
    private static final int NEVER = Integer.MAX_VALUE;

    static Said of(int first, int last) {
      return new Said(first, last, NEVER, true);
    }

    String answer(List<String> words) {
      return switch (words.get(1)) {
        case "HASH" -> items(IntStream.rangeClosed(first, last).mapToObj(this::hashes).toList());
        case "LOG" -> items(List.of(words.get(2) + " 1000 1 " + batch(words.get(2))));
        default -> items(List.of("sound", sound ? "yes" : "no", "told", "a b", "counted", "a c"));
      };
    }

    private String hashes(int slot) {
      return slot + (slot < differsFrom ? " 00aa " : " 00bb ") + slot + " 00dd";
    }

    private String batch(String slot) {
      return Integer.parseInt(slot) < differsFrom ? "put a=1" : "put a=2";
    }

    private static String items(List<String> texts) {
      StringBuilder wire = new StringBuilder("*" + texts.size() + "\r\n");
      texts.forEach(text -> wire.append("$" + text.length() + "\r\n" + text + "\r\n"));
      return wire.toString();
    }
  }

  private boolean verify(Said... replicas) throws IOException {
    List<TinyDoor> doors = new ArrayList<>();
    List<Address> addresses = new ArrayList<>();
    for (Said said : replicas) {
      TinyDoor door = new TinyDoor(said::answer);
      doors.add(door);
      addresses.add(door.address(doors.size()));
    }
    addresses.add(TinyDoor.closed(9));
    try {
      Screen screen =
          new Screen(new PrintStream(output, true, StandardCharsets.UTF_8), 0, Ink.NONE);
      Launcher launcher = new Launcher(Path.of("run-cluster.sh"), screen);
      return new Commands(new Doors(addresses), screen, launcher, Path.of("target")).run("verify");
    } finally {
      doors.forEach(TinyDoor::close);
    }
  }

  private void assertSaid(String what) {
    String said = output.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains(what), said);
  }

  @Test
  void replicasAtDifferentSlotsAreEqualWhereBothHaveBeen() throws IOException {
    assertTrue(verify(Said.of(1, 20), Said.of(5, 30)), output::toString);

    assertSaid("equal: slots 5 to 20 at 2 replicas");
    assertSaid("down: replica 9");
    assertSaid("replica 2 has read its whole store");
  }

  @Test
  void theFirstSlotThatDiffersIsShownWithBothBatches() throws IOException {
    assertFalse(verify(Said.of(1, 20), new Said(3, 19, 12, true), Said.of(1, 20)));

    assertSaid("the stores DIFFER from slot 12 on");
    assertSaid("put a=1");
    assertSaid("put a=2");
  }

  @Test
  void whereTheOldestSlotDiffersAlreadyItSaysSo() throws IOException {
    assertFalse(verify(Said.of(1, 20), new Said(3, 19, 1, true)));

    assertSaid("it may have begun before");
  }

  @Test
  void aStoreThatIsNotWhatItsHashSaysIsNamed() throws IOException {
    assertFalse(verify(Said.of(1, 20), new Said(1, 20, Said.NEVER, false)));

    assertSaid("equal: slots 1 to 20");
    assertSaid("the store of replica 2 is not what its hash says");
  }

  @Test
  void withoutAnyReplicaItFails() throws IOException {
    assertFalse(verify());

    assertSaid("no replica answers");
  }
}
