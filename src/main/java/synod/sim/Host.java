package synod.sim;

import synod.paxos.Envelope;

/** What hosts one role of a replica, over all lives of the role in one process. */
public interface Host {
  /** The first life begins. */
  void start();

  void receive(Envelope<?> envelope);

  void tick();

  /** Whether something waits for {@link #flush}. */
  boolean waitsForDisk();

  /** What has gathered is synced and said. */
  void flush();

  /** This life ends, and the next begins. */
  void crash();

  /** Makes hosts. The simulator has its own; a test can put Akka's actors in their place. */
  interface Maker {
    Host make(Part<?> part);
  }
}
