/** Tests of the simulator, and the seeds that it runs by default. */
@NullMarked
package synod.sim;

import org.jspecify.annotations.NullMarked;
