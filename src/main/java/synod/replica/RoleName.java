package synod.replica;

import java.util.Locale;
import java.util.Optional;

/** The four roles that a replica hosts, by the names that people type and read. */
public enum RoleName {
  PROPOSER,
  ACCEPTOR,
  LEARNER,
  ELECTOR;

  /** Upper or lower case; nothing if it names no role. */
  public static Optional<RoleName> of(String name) {
    for (RoleName role : values()) {
      if (role.name().equalsIgnoreCase(name)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }

  /** Whether the role writes to the journal. */
  boolean writes() {
    return this == PROPOSER || this == ACCEPTOR;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
