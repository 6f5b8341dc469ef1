package synod.load;

/**
 * A time in which nothing was done for anybody.
 *
 * @param fromNs when it began
 */
public record Pause(long fromNs, long lengthNs) {}
