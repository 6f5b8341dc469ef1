@NullMarked
package synod.paxos;

import org.jspecify.annotations.NullMarked;
