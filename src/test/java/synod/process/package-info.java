/**
 * Five real processes from the packaged jar, on real ports and disks, spoken to by a Redis client.
 * The classes named {@code *IT} run after packaging; nothing here may outlive its test.
 */
@NullMarked
package synod.process;

import org.jspecify.annotations.NullMarked;
