/**
 * Elections in a small deterministic world: real electors, a seeded queue of messages, and beside
 * each elector a stand-in for the other roles of its replica.
 */
@NullMarked
package synod.ring;

import org.jspecify.annotations.NullMarked;
