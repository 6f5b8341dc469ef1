package synod.top;

/** How a piece of text stands out. */
public enum Look {
  PLAIN,
  FAINT,
  STRONG,
  GOOD,
  BAD,
  /** Has just happened. */
  LOUD
}
