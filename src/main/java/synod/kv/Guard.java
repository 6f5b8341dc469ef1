package synod.kv;

/** What must hold of a key for a {@link Command.Set} to set it. */
public sealed interface Guard {
  /** Nothing. */
  record Any() implements Guard {}

  /** There is such a key. */
  record There() implements Guard {}

  /** The last change of the key had this version; 0: there is no such key. */
  record Version(long version) implements Guard {
    public Version {
      if (version < 0) {
        throw new IllegalArgumentException("a version is never negative: " + version);
      }
    }
  }

  /** Whether it holds of a key with this version, 0 if there is none. */
  default boolean holds(long version) {
    if (this instanceof Version wanted) {
      return wanted.version() == version;
    }
    return this instanceof Any || version != 0;
  }
}
