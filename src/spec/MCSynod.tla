------------------------------ MODULE MCSynod ------------------------------
(***************************************************************************)
(* Synod, made small enough to be checked to the end.  What is left out    *)
(* hides no behaviour that breaks a property:                              *)
(*                                                                         *)
(* - A replica that will not crash (any more) syncs at once: as long as    *)
(*   nothing is lost, what waits in an outbox might as well wait in the    *)
(*   network.  Which replicas will crash is decided at first.              *)
(* - What may be proposed, announced and applied is so at once.  Each of   *)
(*   these steps only adds messages or raises `applied`, which enables     *)
(*   others and disables none but a second value for the same slot; and    *)
(*   AppliedIsChosen looks at all that could be applied.                   *)
(* - Rejections are not sent, and nobody stands down: that a proposer does *)
(*   nothing any more is a behaviour anyway.                               *)
(* - Nobody promises a ballot whose proposer does not wait for promises    *)
(*   (any more): that would do nothing but shut out lower ballots, whose   *)
(*   messages might as well be lost. And states that differ in promises    *)
(*   that nobody waits for are one (MCView).                               *)
(*                                                                         *)
(* Each ballot has a no-op and a command of its own, so that wherever two  *)
(* values could differ they do.                                            *)
(***************************************************************************)
EXTENDS Synod

CONSTANTS
  Candidates,   \* the replicas that may lead
  Slots,
  Ballots,      \* how many may be made: the lowest of the candidates
  Learners,     \* the replicas that apply
  Truncating,   \* the replicas that truncate
  Crashing      \* the replicas of which some may crash, so many as MaxCrashes

VARIABLE fragile

MCSlot == 1..Slots
MCRound == 1..((Ballots + Cardinality(Candidates) - 1) \div Cardinality(Candidates))

MCBallots ==
  LET all == Round \X Candidates
  IN  {b \in all : Cardinality({c \in all : Less(c, b)}) < Ballots}

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

Awaited(b) == proposer[b[2]].phase = "preparing" /\ proposer[b[2]].bal = b

Announceable(r) ==
  {s \in Slot :
     /\ proposer[r].phase = "proposing"
     /\ proposer[r].first <= s /\ s < proposer[r].next
     /\ \A t \in proposer[r].first..s : Counted(proposer[r].bal, t)
     /\ \A m \in msgs.chosen : m.bal = proposer[r].bal => m.upto < s}

Applicable(r) ==
  {m.val : m \in {n \in msgs.accept : n.slot = applied[r] + 1 /\ Knows(r, n.slot, n.val)}}

Proposers == {r \in Candidates : proposer[r].phase = "proposing" /\ proposer[r].next \in Slot}
Announcers == {r \in Candidates : Announceable(r) # {}}
Appliers == {r \in Learners : Applicable(r) # {}}

One(set) == CHOOSE x \in set : TRUE

MCStep(r) ==
  \/ r \in Candidates /\ \E b \in MCBallots : MakeBallot(r, b)
  \/ r \in Candidates /\ Recovers(r)
  \/ \E m \in msgs.prepare : Awaited(m.bal) /\ OnPrepare(r, m.bal)
  \/ \E m \in msgs.accept : OnAccept(r, m.bal, m.slot, m.val)
  \/ r \in Truncating /\ \E s \in Slot : Truncate(r, s)
  \/ \E role \in Role : Of(role, out[r]) # {} /\ Sync(r, role)
  \/ r \in fragile /\ Fail(r)

MCInit ==
  /\ Init
  /\ fragile \in {f \in SUBSET Crashing : Cardinality(f) = MaxCrashes}

MCNext ==
  /\ UNCHANGED fragile
  /\ IF Hurried # {} THEN SyncAll(One(Hurried))
     ELSE IF Proposers # {} THEN Proposes(One(Proposers))
     ELSE IF Announcers # {} THEN LET r == One(Announcers) IN Announce(r, One(Announceable(r)))
     ELSE IF Appliers # {} THEN LET r == One(Appliers) IN Apply(r, One(Applicable(r)))
     ELSE \E r \in Replica : MCStep(r)

MCView ==
  <<disk, tail, out, proposer, applied, crashes, fragile,
    [msgs EXCEPT !.promise = {m \in @ : Awaited(m.bal)}]>>
=============================================================================
