/** What tests of several packages share: samples of messages, batches as bytes, a RESP server. */
@NullMarked
package synod.testing;

import org.jspecify.annotations.NullMarked;
