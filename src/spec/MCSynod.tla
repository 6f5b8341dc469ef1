------------------------------ MODULE MCSynod ------------------------------
(***************************************************************************)
(* Synod, made small enough to be checked to the end.  Three things are    *)
(* left out, none of which hides a behaviour that breaks a property:       *)
(*                                                                         *)
(* - A replica that will not crash (any more) syncs at once: as long as    *)
(*   nothing is lost, what waits in an outbox might as well wait in the    *)
(*   network.  Which replicas will crash is decided at first.              *)
(* - Rejections are not sent, and nobody stands down: that a proposer does *)
(*   nothing any more is a behaviour anyway.                               *)
(* - An acceptor does not promise a ballot again once it has accepted at   *)
(*   it, since its proposer has all the promises that it will use.         *)
(*                                                                         *)
(* Each ballot has a no-op and a command of its own, so that wherever two  *)
(* values could differ they do.                                            *)
(***************************************************************************)
EXTENDS Synod

CONSTANTS
  Candidates,   \* the replicas that may lead
  Slots,
  Rounds,
  MaxBallots,   \* made in all
  Truncating    \* the replicas that truncate

VARIABLE fragile

MCSlot == 1..Slots
MCRound == 1..Rounds
MCNoOpsAt(b) == {0 - (10 * b[1] + b[2])}
MCFreeAt(b) == {10 * b[1] + b[2]}

Hurried ==
  {r \in Replica : (r \notin fragile \/ crashes = MaxCrashes) /\ (tail[r] # <<>> \/ out[r] # {})}

SyncAll(r) ==
  /\ disk' = [disk EXCEPT ![r] = journal[r]]
  /\ tail' = [tail EXCEPT ![r] = <<>>]
  /\ Send(out[r])
  /\ out' = [out EXCEPT ![r] = {}]
  /\ UNCHANGED <<journal, proposer, applied, crashes>>

Useful(a, b) == \A s \in DOMAIN journal[a].accepted : journal[a].accepted[s].bal # b

MCStep(r) ==
  \/ /\ r \in Candidates
     /\ \/ /\ Cardinality(msgs.prepare \cup UNION {Of("proposer", out[q]) : q \in Replica}) < MaxBallots
           /\ \E n \in Round : MakeBallot(r, <<n, r>>)
        \/ Recovers(r)
        \/ Proposes(r)
        \/ \E s \in Slot : s >= proposer[r].first /\ Announce(r, s)
  \/ \E m \in msgs.prepare : Useful(r, m.bal) /\ OnPrepare(r, m.bal)
  \/ \E m \in msgs.accept : OnAccept(r, m.bal, m.slot, m.val)
  \/ r \in Truncating /\ \E s \in Slot : Truncate(r, s)
  \/ Learns(r)
  \/ \E role \in Role : Of(role, out[r]) # {} /\ Sync(r, role)

MCInit ==
  /\ Init
  /\ fragile \in {f \in SUBSET Replica : Cardinality(f) = MaxCrashes}

MCNext ==
  /\ UNCHANGED fragile
  /\ IF Hurried # {}
     THEN SyncAll(CHOOSE r \in Hurried : TRUE)
     ELSE \E r \in Replica : MCStep(r) \/ (r \in fragile /\ Fail(r))
=============================================================================
