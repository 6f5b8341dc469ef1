package synod.console;

/** Colours, or none. */
enum Ink {
  NONE("", "", ""),
  COLOUR("\u001b[32m", "\u001b[31m", "\u001b[2m");

  private final String good;
  private final String bad;
  private final String faint;

  Ink(String good, String bad, String faint) {
    this.good = good;
    this.bad = bad;
    this.faint = faint;
  }

  String good(String text) {
    return with(good, text);
  }

  String bad(String text) {
    return with(bad, text);
  }

  String faint(String text) {
    return with(faint, text);
  }

  private static String with(String colour, String text) {
    return colour.isEmpty() || text.isEmpty() ? text : colour + text + "\u001b[0m";
  }
}
