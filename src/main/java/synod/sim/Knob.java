package synod.sim;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a {@link Plan} sets, with the value that it has where nothing is said: that of a calm run.
 * Times are ms unless the name says otherwise.
 */
enum Knob {
  REPLICAS(5),
  PHASE1(3),
  PHASE2(3),
  /** Slots that a leader may have open at once. */
  WINDOW(4),
  BATCH_BYTES(100),
  /** Slots that the log keeps; 0: all. */
  RETAIN(0),
  /** Whether leaders read under leases. */
  LEASES(0),
  /** What leases allow for clocks, in a hundred. */
  DRIFT(10),
  /** How often roles look at the clock. */
  TICK(20),
  /** Whether the disks have voted before; else the directories are new. */
  VOTED(1),
  /** The round that all disks have promised at first. */
  ROUND(0),
  /** The slot that all have applied and truncated at first. */
  SLOT(0),

  CLIENTS(3),
  /** By so many bytes each value is longer than it need be. */
  PADDING(0),
  /** Keys that the clients share. */
  KEYS(3),
  /** How long a client thinks before it asks. */
  THINK(60),
  /** In a hundred clients, those that have a session. */
  SESSIONS(50),
  /** How long sessions last, by the time of the log. */
  SESSION_TIME(60_000),
  /** How many sessions may live. */
  SESSION_COUNT(100),

  /**
   * Behind the first phase, what befalls the leader alone while the others must serve: 1: its disk
   * hangs; 2: it hears nobody, and is heard.
   */
  ORDEAL(0),

  /** Messages lost, in a thousand. */
  LOSS(0),
  /** Messages that come twice, in a thousand, some of them long after the first time. */
  DOUBLE(0),
  /** The shortest way of a message, in microseconds. */
  DELAY(200),
  /** What chance adds to it at most, in microseconds. */
  JITTER(1_000),
  /** Messages in a thousand that take up to fifty times as long, over crashes and leaders. */
  LATE(0),

  /** Messages that come as of a version that lacks one of their fields, in a thousand. */
  OLD(0),

  /** The longest sync of a disk that works, in microseconds. */
  SYNC(500),
  /** Clocks run that many in a thousand faster and slower than they should. */
  SKEW(0),

  /** How long a leader waits for a bare quorum before it presses all; 0: it always presses all. */
  PATIENCE(0);

  private final long calm;

  Knob(long calm) {
    this.calm = calm;
  }

  static Knob of(String word) {
    for (Knob knob : values()) {
      if (knob.word().equals(word)) {
        return knob;
      }
    }
    throw new IllegalArgumentException("nothing is called " + word + ", but these: " + words());
  }

  private static String words() {
    return Arrays.stream(values()).map(Knob::word).collect(Collectors.joining(", "));
  }

  long calm() {
    return calm;
  }

  /** As a script has it: {@code batch-bytes}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
