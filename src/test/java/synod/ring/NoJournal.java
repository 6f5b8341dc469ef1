package synod.ring;

import synod.memory.ForwardingJournal;
import synod.memory.MemoryJournal;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;

/** What an elector is given to write to: it must not. */
final class NoJournal extends ForwardingJournal {
  NoJournal() {
    super(new MemoryJournal());
  }

  @Override
  public void promise(Ballot ballot) {
    throw new AssertionError("an elector promises nothing");
  }

  @Override
  public void accept(Acceptance acceptance) {
    throw new AssertionError("an elector accepts nothing");
  }

  @Override
  public void makeBallot(Ballot ballot) {
    throw new AssertionError("an elector makes no ballot");
  }

  @Override
  public void sync() {
    throw new AssertionError("an elector has nothing to sync");
  }
}
