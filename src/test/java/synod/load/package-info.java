/**
 * Of the load generator: no clock but in the tests of a run, and no store but a server that answers
 * what a test says.
 */
@NullMarked
package synod.load;

import org.jspecify.annotations.NullMarked;
