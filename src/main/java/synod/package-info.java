/** Puts a replica and its door together into a process. Nothing may depend on it. */
@NullMarked
package synod;

import org.jspecify.annotations.NullMarked;
