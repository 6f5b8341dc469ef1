/**
 * The live view of all replicas: what each said of itself last, what happened, and the screen that
 * is made of it. Knows no terminal, no network and no clock; the console has all three.
 *
 * <ul>
 *   <li>What is known of a replica is what it said last; one that does not answer is shown as such.
 *   <li>Colour says nothing that characters do not say.
 *   <li>No line is longer than the width, and there are never more lines than the height.
 * </ul>
 */
@org.jspecify.annotations.NullMarked
package synod.top;
