package synod.ring;

import java.util.List;
import java.util.Optional;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Journal;

/** What an elector is given to write to: it must not. */
final class NoJournal implements Journal {
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

  @Override
  public Ballot promised() {
    return Ballot.NONE;
  }

  @Override
  public Ballot ownBallot() {
    return Ballot.NONE;
  }

  @Override
  public Optional<Acceptance> accepted(long slot) {
    return Optional.empty();
  }

  @Override
  public List<Acceptance> accepted(long from, int bytes) {
    return List.of();
  }
}
