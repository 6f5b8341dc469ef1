/**
 * What replicas say to each other, over TCP. The protocol messages of a put cross the network four
 * times one after the other, so what a message costs on its way decides what a put costs; Akka's
 * remoting takes several hops between threads for each. The ring's token goes by that one all the
 * same ({@code replica.Links}): it is rare, and slow is good enough.
 *
 * <ol>
 *   <li>One connection for each direction of each pair: whoever speaks dials. Nothing comes back on
 *       it but a sign of life.
 *   <li>A message may be lost, with its connection or at a full queue, and is never doubled or
 *       reordered by a connection; of two connections nothing is known.
 *   <li>All of it happens on the one thread of a {@link synod.link.Loop}.
 * </ol>
 *
 * <pre>
 *   greeting   4 bytes  its length     SYNOD, version, cluster's name, from, to
 *   frame      4 bytes  its length, at most links.max-message
 *              4 bytes  CRC-32C of what follows
 *              8 bytes  number of the cluster
 *              message  as the codec has it
 *   an empty frame is the sign of life of the listener
 * </pre>
 */
@NullMarked
package synod.link;

import org.jspecify.annotations.NullMarked;
