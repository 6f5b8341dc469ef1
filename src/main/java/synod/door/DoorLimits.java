package synod.door;

import java.time.Duration;

/**
 * What a door takes from its clients at most. What one connection asks stays within about {@code
 * maxPipelinedBytes} of memory; a value that it asks for is read when it takes it.
 *
 * @param maxKeyBytes a longer key is refused, the connection lives on
 * @param maxValueBytes a longer argument is refused, the connection lives on
 * @param maxPipelinedBytes bytes of unanswered requests on one connection; past it the door stops
 *     reading there. One request alone may not be larger either, and a single string that announces
 *     more closes the connection
 * @param maxMemoryBytes of all connections together, for requests without an answer and answers
 *     that the network has not taken; see {@link Budget}
 * @param maxElements words of one request; more close the connection
 * @param maxConnections past it a new connection gets an error and is closed
 * @param stallLimit how long a connection may leave a request half sent, or its answers unread
 * @param idleLimit how long a connection may say nothing at all; zero is for ever, as in Redis,
 *     because clients keep idle connections in pools
 */
public record DoorLimits(
    int maxKeyBytes,
    int maxValueBytes,
    int maxPipelinedBytes,
    long maxMemoryBytes,
    int maxElements,
    int maxConnections,
    Duration stallLimit,
    Duration idleLimit) {
  private static final int KIB = 1024;

  public static final DoorLimits DEFAULTS =
      new DoorLimits(
          4 * KIB,
          KIB * KIB,
          4 * KIB * KIB,
          48L * KIB * KIB,
          16 * KIB,
          KIB,
          Duration.ofMinutes(1),
          Duration.ZERO);

  public DoorLimits {
    DoorSettings.demand("max key bytes", maxKeyBytes, 1, 512 * KIB * KIB);
    DoorSettings.demand("max value bytes", maxValueBytes, maxKeyBytes, 512 * KIB * KIB);
    long whole = (long) maxKeyBytes + maxValueBytes + KIB;
    DoorSettings.demand("max pipelined bytes", maxPipelinedBytes, whole, Integer.MAX_VALUE);
    DoorSettings.demand("max memory bytes", maxMemoryBytes, maxPipelinedBytes, Long.MAX_VALUE);
    DoorSettings.demand("max elements", maxElements, 3, KIB * KIB);
    DoorSettings.demand("max connections", maxConnections, 1, KIB * KIB);
    DoorSettings.demand("stall limit (ms)", stallLimit.toMillis(), 100, Integer.MAX_VALUE);
    DoorSettings.demand("idle limit (ms)", idleLimit.toMillis(), 0, Integer.MAX_VALUE);
  }
}
