@NullMarked
package synod.ring;

import org.jspecify.annotations.NullMarked;
