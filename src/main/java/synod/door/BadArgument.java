package synod.door;

/** A request that cannot be carried out as it stands: it is answered with an error, and no more. */
final class BadArgument extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String why;

  BadArgument(String why) {
    super(why, null, false, false);
    this.why = why;
  }

  Reply reply() {
    return Reply.error(why);
  }

  static BadArgument syntax() {
    return new BadArgument("syntax error");
  }
}
