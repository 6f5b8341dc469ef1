package synod.replica;

import synod.paxos.Event;

/**
 * Something that is worth telling an hour later.
 *
 * @param at when it happened last, in microseconds since 1970 by this replica's clock
 * @param times how often it happened in a row
 * @param text in words
 */
public record Past(long at, Event event, int times, String text) {}
