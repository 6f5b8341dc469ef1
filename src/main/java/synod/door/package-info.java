@NullMarked
package synod.door;

import org.jspecify.annotations.NullMarked;
