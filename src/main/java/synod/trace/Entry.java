package synod.trace;

/**
 * What one replica wrote down.
 *
 * @param place counts this replica's entries: of two the one with the lower place happened before
 * @param micros by the replica's own clock, since 1970 or since the simulation began: clocks of
 *     different machines differ
 */
public record Entry(int replica, long place, long micros, Fact fact) {}
