package synod.process;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console explains what five processes did and what was done to them. */
class ExplainIT {
  private final Processes processes = new Processes();

  @AfterEach
  void leaveNone() {
    processes.close();
  }

  private String exec(String command) {
    return ConsoleRun.of(processes, command).output();
  }

  @Test
  void aSlotAKeyAFailoverAndTheLossOfTheQuorumAreExplained(@TempDir Path directory) {
    processes.startIn(directory);
    int leader = processes.awaitLeader(Processes.ALL);
    int other = leader == 3 ? 2 : 3;
    processes.set(other, "colour", "blue");
    processes.set(other, "2", "two");

    String key = exec("explain colour");
    assertTrue(key.contains("by a client through replica " + other), key);
    String slot = key.replaceAll("(?s).*last in slot (\\d+),.*", "$1");
    String story = exec("explain " + slot);
    assertTrue(story.contains("put colour=blue"), story);
    assertTrue(story.contains("counted by replica " + leader), story);
    System.out.println(key + story);
    String number = exec("explain key 2");
    assertTrue(number.startsWith("key 2, version "), number);
    assertTrue(number.contains("put 2=two: by a client through replica " + other), number);

    processes.process(leader).kill();
    List<Integer> rest = Processes.ALL.stream().filter(id -> id != leader).toList();
    int next = processes.awaitLeader(rest);
    String led = exec("explain leader");
    assertTrue(led.contains("replica " + next + " leads at ballot"), led);
    assertTrue(led.contains("no leader was heard by"), led);
    assertTrue(led.contains("./run-cluster.sh start " + leader), led);
    String history = exec("history 30");
    assertTrue(history.contains("hears nothing any more from " + leader), history);
    assertTrue(history.contains("names replica " + next), history);
    System.out.println(led + history);

    processes.process(rest.get(0)).kill();
    processes.process(rest.get(1)).pause();
    String lost = exec("explain leader");
    assertTrue(lost.contains("nobody leads"), lost);
    assertTrue(lost.contains("silent    replicas"), lost);
    assertTrue(lost.contains("./run-cluster.sh start " + rest.get(0)), lost);
    processes.process(rest.get(1)).resume();
    System.out.println(lost);
  }
}
