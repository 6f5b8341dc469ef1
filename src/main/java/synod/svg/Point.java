package synod.svg;

/** A place in a picture, from its upper left corner. */
public record Point(double x, double y) {}
