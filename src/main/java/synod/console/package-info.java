@NullMarked
package synod.console;

import org.jspecify.annotations.NullMarked;
