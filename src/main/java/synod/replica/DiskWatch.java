package synod.replica;

/** Hears when a role begins to wait for its disk, and when the wait is over and all is said. */
interface DiskWatch {
  DiskWatch NONE =
      new DiskWatch() {
        @Override
        public void begins(RoleName role) {}

        @Override
        public void ends(RoleName role) {}
      };

  void begins(RoleName role);

  void ends(RoleName role);
}
