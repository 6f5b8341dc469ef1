@NullMarked
package synod.kv;

import org.jspecify.annotations.NullMarked;
