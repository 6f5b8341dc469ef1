/**
 * What five replicas did and said to each other in some seconds, as entries that each of them wrote
 * down by itself, and what can be drawn from them: a space-time diagram, a ladder in text, a log
 * for ShiViz. The simulator and the door write entries, the console and the simulator draw them.
 *
 * <p>PURE: no threads, sockets, files, loggers or clocks of its own.
 *
 * <ol>
 *   <li>A message is paired with its receipt by its identity alone, never by time: whoever receives
 *       it knows the same {@link Fact.Sent#id} as whoever sent it.
 *   <li>The order of one replica's entries is their {@link Entry#place}, never their time.
 * </ol>
 */
@org.jspecify.annotations.NullMarked
package synod.trace;
