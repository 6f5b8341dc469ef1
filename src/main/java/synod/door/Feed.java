package synod.door;

/** What comes to a client without its asking, from the time on at which it asked for that. */
interface Feed extends AutoCloseable {
  boolean hasNext();

  Reply next();

  @Override
  void close();
}
