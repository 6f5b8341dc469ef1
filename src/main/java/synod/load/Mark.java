package synod.load;

/** Something that happened at a moment and belongs into the picture. */
public record Mark(long atNs, String label) {}
