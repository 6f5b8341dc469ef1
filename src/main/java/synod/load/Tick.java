package synod.load;

/** A value that an axis names; with an empty label it has a line only. */
record Tick(double value, String label) {}
