package synod.sim;

/**
 * A piece of a source file, and what stands there in its place.
 *
 * @param file below {@code src/main/java/synod}
 */
record Change(String file, String before, String after) {

  String in(String source) {
    int at = source.indexOf(before);
    if (at < 0 || source.indexOf(before, at + 1) >= 0) {
      throw new IllegalStateException(
          file + (at < 0 ? " has no such text" : " has this text twice") + ":\n" + before);
    }
    return source.substring(0, at) + after + source.substring(at + before.length());
  }
}
