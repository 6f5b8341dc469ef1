package synod.replica;

/**
 * Hears when a role begins to wait for its disk, how long that took, and when all is said that
 * waited for it.
 */
interface DiskWatch {
  DiskWatch NONE =
      new DiskWatch() {
        @Override
        public void begins(RoleName role) {}

        @Override
        public void synced(RoleName role, long nanos) {}

        @Override
        public void ends(RoleName role) {}
      };

  void begins(RoleName role);

  void synced(RoleName role, long nanos);

  void ends(RoleName role);
}
