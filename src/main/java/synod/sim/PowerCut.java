package synod.sim;

/**
 * Ends the process of a replica in the midst of a step. An error, so that no supervisor takes it
 * for a crash of the role.
 */
final class PowerCut extends Error {
  private static final long serialVersionUID = 1;

  PowerCut(String where) {
    super(where, null, false, false);
  }
}
