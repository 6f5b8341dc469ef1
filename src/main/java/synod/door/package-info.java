/**
 * The one way in for clients: RESP2 and RESP3 on TCP, in front of a {@link synod.replica.Replica}.
 * It knows nothing of Akka, nor of how the replica agrees with others.
 *
 * <pre>
 *   bytes -> BareLineEnds -> RedisDecoder -> RequestReader -> Connection -> Hall -> a Verb's handler
 *                                                                 |                     | Call.answer
 *   bytes <------------------- ReplyEncoder <---------------------+---------------------+ any thread
 * </pre>
 *
 * For the process that opens a {@link synod.door.Door}; the console reads answers by {@link
 * synod.door.StatusFields} and {@link synod.door.LogFields}. Everything else is the package's own.
 *
 * <p>Invariants: a client's answers come in the order of its requests; its reads and writes do not
 * overlap in the replica; nothing is buffered without a bound ({@link synod.door.DoorLimits}); an
 * outcome that is not known is never told as a failure.
 */
@NullMarked
package synod.door;

import org.jspecify.annotations.NullMarked;
