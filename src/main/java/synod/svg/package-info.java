/**
 * Pictures in SVG that need nothing beside themselves.
 *
 * <p>PURE: no files, threads or clocks.
 */
@org.jspecify.annotations.NullMarked
package synod.svg;
