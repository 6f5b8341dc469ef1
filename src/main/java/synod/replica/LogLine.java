package synod.replica;

/**
 * One applied slot, for a person to read.
 *
 * @param time the leader's time in ms since 1970
 * @param commands how many commands the batch holds; 0 is a no-op
 * @param text what they are, shortened
 */
public record LogLine(long slot, long time, int commands, String text) {}
