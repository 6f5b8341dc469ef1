/**
 * A load on a store, what it measures, and the picture of it. Clients with one request in flight
 * each know the store only as RESP2 over TCP; nothing here knows another package of Synod. The
 * console alone uses it: it says where the doors are and what the replicas tell meanwhile.
 *
 * <p>Invariants: 1. Done is only what was answered with yes; what was refused and what is unknown
 * are counted apart, and nothing is sent a second time. 2. Time is an argument of all that measures
 * and draws: {@link synod.load.Client} and {@link synod.load.Run} alone look at the clock. 3. A
 * request costs no memory: its bytes are made once for each client, its value once for all.
 */
@NullMarked
package synod.load;

import org.jspecify.annotations.NullMarked;
