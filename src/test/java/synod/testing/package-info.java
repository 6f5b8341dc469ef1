/** What tests of several packages share: samples of every message, and batches as bytes. */
@NullMarked
package synod.testing;

import org.jspecify.annotations.NullMarked;
