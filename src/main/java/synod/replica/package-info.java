@NullMarked
package synod.replica;

import org.jspecify.annotations.NullMarked;
