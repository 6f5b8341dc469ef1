package synod.memory;

import java.util.List;
import java.util.Optional;
import synod.paxos.Acceptance;
import synod.paxos.Ballot;
import synod.paxos.Journal;
import synod.paxos.Life;
import synod.paxos.Lineage;
import synod.paxos.ReplicaId;
import synod.paxos.Standing;

/** Hands all on to another journal: for those that only watch some of it. */
public abstract class ForwardingJournal implements Journal {
  private final Journal journal;

  protected ForwardingJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void promise(Ballot ballot) {
    journal.promise(ballot);
  }

  @Override
  public void accept(Acceptance acceptance) {
    journal.accept(acceptance);
  }

  @Override
  public void makeBallot(Ballot ballot) {
    journal.makeBallot(ballot);
  }

  @Override
  public void truncate(long slot) {
    journal.truncate(slot);
  }

  @Override
  public void meet(ReplicaId replica, Life life) {
    journal.meet(replica, life);
  }

  @Override
  public void stand(Standing standing) {
    journal.stand(standing);
  }

  @Override
  public void sync() {
    journal.sync();
  }

  @Override
  public Ballot promised() {
    return journal.promised();
  }

  @Override
  public Ballot ownBallot() {
    return journal.ownBallot();
  }

  @Override
  public Optional<Acceptance> accepted(long slot) {
    return journal.accepted(slot);
  }

  @Override
  public List<Acceptance> accepted(long from, int bytes) {
    return journal.accepted(from, bytes);
  }

  @Override
  public long truncated() {
    return journal.truncated();
  }

  @Override
  public long highest() {
    return journal.highest();
  }

  @Override
  public Lineage lineage() {
    return journal.lineage();
  }

  @Override
  public Standing standing() {
    return journal.standing();
  }

  @Override
  public Optional<Life> met(ReplicaId replica) {
    return journal.met(replica);
  }
}
