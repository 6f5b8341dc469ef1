/**
 * TLC, the model checker of TLA+, on the specification in {@code src/spec}: its properties, the
 * bugs that it has to find, and the simulator's traces. Run by {@code mvn -B verify -Pspec} only.
 */
@NullMarked
package synod.spec;

import org.jspecify.annotations.NullMarked;
