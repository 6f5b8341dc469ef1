@NullMarked
package synod.store;

import org.jspecify.annotations.NullMarked;
