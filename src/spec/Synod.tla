------------------------------- MODULE Synod -------------------------------
(***************************************************************************)
(* Multi-Paxos as Synod builds it: each replica hosts a proposer, an       *)
(* acceptor and a learner over one journal.  An action is what a role does *)
(* in one step (`receive` or `tick`): it writes to the journal, and what   *)
(* it wants to say waits in the outbox until a sync, which is a step of    *)
(* its own.  docs/specification.md says what is left out, and why.         *)
(*                                                                         *)
(* Messages are never taken away: so each may be lost (nobody takes it),   *)
(* doubled and reordered.  Nobody counts in a variable what he has         *)
(* received: who needs a quorum of messages looks for one among all that   *)
(* were sent.                                                              *)
(*                                                                         *)
(* A ballot is <<round, replica>>.  A value, which stands for a batch, is  *)
(* a number: below 0 a no-op, above 0 commands.                            *)
(*                                                                         *)
(* Sources: Paxos Made Simple, 2.2 (one slot), 3 (phase 1 for all slots);  *)
(* Flexible Paxos, 3 (quorums).                                            *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
  Replica,
  Slot,         \* the first slots, 1..n
  Round,
  Quorum1,      \* how many promises let a proposer propose
  Quorum2,      \* how many acceptances make a value chosen
  NoOpsAt(_),   \* the no-ops that may be proposed at a ballot: a no-op bears its leader's time
  FreeAt(_),    \* what may be proposed at a ballot in a slot where nothing has to be
  MaxCrashes,
  Bug           \* the one deviation from what is built; "none"

VARIABLES
  disk,         \* what survives a power cut, by replica: see NewJournal
  tail,         \* what was written since, in order: a crash leaves a prefix of it
  journal,      \* what the roles see: the disk, and the tail upon it
  out,          \* what waits for a sync, by replica
  msgs,         \* what has left, by type
  proposer,     \* volatile: see Idle
  applied,      \* the last slot applied, by replica
  crashes

vars == <<disk, tail, journal, out, msgs, proposer, applied, crashes>>

\* In an action TLC takes each way in which a formula can be true for a step of its own.
Is(p) == p = TRUE

----------------------------------------------------------------------------
(* Ballots and journals *)

NoBallot == <<0, 0>>
Less(a, b) == a[1] < b[1] \/ (a[1] = b[1] /\ a[2] < b[2])
Ballot == Round \X Replica

\* `accepted` is a function from the slots that are held to [bal, val]; `truncated` is a prefix
\* that is in the state for good, and of which the journal knows nothing any more.
NewJournal == [promised |-> NoBallot, own |-> NoBallot, accepted |-> <<>>, truncated |-> 0]

Above(accepted, n) == [s \in {t \in DOMAIN accepted : t > n} |-> accepted[s]]

Written(j, w) ==
  CASE w.write = "promise"  -> [j EXCEPT !.promised = w.bal]
    [] w.write = "ballot"   -> [j EXCEPT !.own = w.bal]
    [] w.write = "accept"   -> [j EXCEPT !.accepted = (w.slot :> [bal |-> w.bal, val |-> w.val]) @@ @]
    [] w.write = "truncate" -> [j EXCEPT !.truncated = w.upto, !.accepted = Above(@, w.upto)]

RECURSIVE Replayed(_, _)
Replayed(j, writes) ==
  IF writes = <<>> THEN j ELSE Replayed(Written(j, Head(writes)), Tail(writes))

Write(r, writes) ==
  /\ tail' = [tail EXCEPT ![r] = @ \o writes]
  /\ journal' = [journal EXCEPT ![r] = Replayed(@, writes)]

----------------------------------------------------------------------------
(* Messages *)

Types == {"prepare", "promise", "rejected", "accept", "accepted", "chosen", "learned"}

Prepare(b) == [type |-> "prepare", bal |-> b]
\* One for all slots: that it travels in pages shows only in what a proposer makes of it (Recover).
Promise(a, b, j) ==
  [type |-> "promise", bal |-> b, acc |-> a, accepted |-> j.accepted, truncated |-> j.truncated]
Rejected(b, promised) == [type |-> "rejected", bal |-> b, promised |-> promised]
Accept(b, s, v) == [type |-> "accept", bal |-> b, slot |-> s, val |-> v]
Accepted(a, b, s) == [type |-> "accepted", bal |-> b, slot |-> s, acc |-> a]
\* The prefix that is chosen, of which what was proposed at b was chosen at b. The code sends it
\* on its own or with an accept.
Chosen(b, upto) == [type |-> "chosen", bal |-> b, upto |-> upto]
\* From a learner that has applied the slot to one that is behind. It may be sent at any time from
\* then on, so it is here at once.
Learned(s, v) == [type |-> "learned", slot |-> s, val |-> v]

Plus(ms) == [t \in Types |-> msgs[t] \cup {m \in ms : m.type = t}]
Send(ms) == msgs' = Plus(ms)

\* What was said before can be doubled by the network, and needs not wait again.
Hold(r, m) ==
  /\ out' = [out EXCEPT ![r] = @ \cup ({m} \ msgs[m.type])]
  /\ UNCHANGED msgs

Unsynced(m) ==
  \/ Bug = "acceptNotSynced" /\ m.type = "accepted"
  \/ Bug = "promiseNotSynced" /\ m.type = "promise"

Say(r, m) == IF Unsynced(m) THEN Send({m}) /\ UNCHANGED out ELSE Hold(r, m)

Role == {"proposer", "acceptor"}
Of(role, ms) ==
  {m \in ms : role = (IF m.type = "prepare" THEN "proposer" ELSE "acceptor")}

----------------------------------------------------------------------------
(* The proposer *)

\* phase      idle, preparing (it waits for promises) or proposing
\* first      the first slot of this ballot: all before it are applied here
\* next, must the next slot, and what it and those behind it have to be filled with; 0: a no-op
Idle == [phase |-> "idle", bal |-> NoBallot, first |-> 1, next |-> 1, must |-> <<>>]

MakeBallot(r, b) ==
  LET last == IF Bug = "ballotReused" THEN proposer[r].bal ELSE journal[r].own IN
  /\ b[2] = r
  /\ b[1] > last[1]
  /\ proposer' = [proposer EXCEPT ![r] = [Idle EXCEPT !.phase = "preparing", !.bal = b]]
  /\ Write(r, <<[write |-> "ballot", bal |-> b]>>)
  /\ out' = [out EXCEPT ![r] = @ \cup {Prepare(b)}]
  /\ UNCHANGED <<disk, msgs, applied, crashes>>

Highest(reports) ==
  LET worse(a, b) == IF Bug = "lowestAdopted" THEN Less(b.bal, a.bal) ELSE Less(a.bal, b.bal)
  IN  IF reports = {} THEN [bal |-> NoBallot, val |-> 0]
      ELSE CHOOSE a \in reports : \A b \in reports : a.bal = b.bal \/ worse(b, a)

Reports(ms, s) ==
  IF Bug = "noAdoption" THEN {} ELSE {m.accepted[s] : m \in {n \in ms : s \in DOMAIN n.accepted}}

Reported(ms, first) ==
  IF Bug = "noAdoption" THEN {}
  ELSE {s \in UNION {DOMAIN m.accepted : m \in ms} : s >= first}

\* What a slot may have to be filled with. `ms` are the promises that came whole; of others,
\* some pages may have come, which may report a higher ballot.
Duties(ms, others, s) ==
  LET top == Highest(Reports(ms, s))
  IN  {top.val} \cup {a.val : a \in {o \in Reports(others, s) : Less(top.bal, o.bal)}}

Whole(ms) ==
  /\ Cardinality({m.acc : m \in ms}) >= Quorum1
  /\ Cardinality({m.acc : m \in ms}) = Cardinality(ms)

\* Phase 1 is done: `ms` is what a phase-1 quorum has promised, `last` the last slot of which a
\* report came, `must` what has to be proposed up to there; the own no-op follows.
Recover(r, ms, first, last, must) ==
  LET b == proposer[r].bal
      others == {m \in msgs.promise : m.bal = b} \ ms
  IN
  /\ proposer[r].phase = "preparing"
  /\ ms \subseteq {m \in msgs.promise : m.bal = b}
  /\ Whole(ms)
  /\ first <= applied[r] + 1
  /\ Is(Bug = "knownChosenIgnored" \/ \A m \in ms : m.truncated < first)
  /\ \A s \in Reported(ms, first) : s <= last
  /\ Is(last = first - 1 \/ last \in Reported(ms \cup others, first))
  /\ Len(must) = last - first + 1
  /\ \A s \in first..last : must[s - first + 1] \in Duties(ms, others, s)
  /\ proposer' = [proposer EXCEPT ![r] =
       [@ EXCEPT !.phase = "proposing", !.first = first, !.next = first, !.must = Append(must, 0)]]
  /\ UNCHANGED <<disk, tail, journal, out, msgs, applied, crashes>>

Propose(r, v) ==
  LET p == proposer[r] IN
  /\ p.phase = "proposing"
  /\ IF p.must = <<>> THEN v \in FreeAt(p.bal)
     ELSE IF Head(p.must) = 0 THEN v \in NoOpsAt(p.bal)
     ELSE v = Head(p.must)
  /\ proposer' = [proposer EXCEPT ![r].next = @ + 1,
                                  ![r].must = IF @ = <<>> THEN @ ELSE Tail(@)]
  /\ Send({Accept(p.bal, p.next, v)})
  /\ UNCHANGED <<disk, tail, journal, out, applied, crashes>>

\* The learner of the ballot's replica has counted a quorum, the own acceptor among it.
Counted(b, s) ==
  LET votes == {m \in msgs.accepted :
                  m.slot = s /\ (m.bal = b \/ (Bug = "votesOfDifferentBallots" /\ m.bal[2] = b[2]))}
      voters == {m.acc : m \in votes}
  IN  /\ b[2] \in voters
      /\ Cardinality(voters) >= (IF Bug = "smallQuorum" THEN Quorum2 - 1 ELSE Quorum2)

\* Of what a leader has announced the longest prefix says all.
Announce(r, upto) ==
  LET p == proposer[r]
      before == {m \in msgs.chosen : m.bal = p.bal}
  IN
  /\ p.phase = "proposing"
  /\ p.first - 1 <= upto /\ upto < p.next
  /\ Is(\A s \in p.first..upto : (\E m \in before : m.upto >= s) \/ Counted(p.bal, s))
  /\ msgs' = IF \E m \in before : m.upto >= upto THEN msgs
             ELSE [msgs EXCEPT !.chosen = (@ \ before) \cup {Chosen(p.bal, upto)}]
  /\ UNCHANGED <<disk, tail, journal, out, proposer, applied, crashes>>

\* It met a higher ballot, or nothing was chosen in time, or another replica leads.
StandDown(r) ==
  /\ proposer' = [proposer EXCEPT ![r] = [Idle EXCEPT !.bal = proposer[r].bal]]
  /\ UNCHANGED <<disk, tail, journal, out, msgs, applied, crashes>>

----------------------------------------------------------------------------
(* The acceptor *)

Raised(a, b) ==
  IF journal[a].promised = b THEN <<>> ELSE <<[write |-> "promise", bal |-> b]>>

OnPrepare(a, b) ==
  /\ Prepare(b) \in msgs.prepare
  /\ ~Less(b, journal[a].promised)
  /\ Write(a, Raised(a, b))
  /\ Say(a, Promise(a, b, journal[a]))
  /\ UNCHANGED <<disk, proposer, applied, crashes>>

Holds(j, b, s) == s \in DOMAIN j.accepted /\ j.accepted[s].bal = b

\* A truncated slot is chosen, and nobody can propose anything else there: it is not written.
OnAccept(a, b, s, v) ==
  /\ Accept(b, s, v) \in msgs.accept
  /\ ~Less(b, journal[a].promised)
  /\ Write(a, Raised(a, b) \o
              IF s <= journal[a].truncated \/ Holds(journal[a], b, s) THEN <<>>
              ELSE <<[write |-> "accept", slot |-> s, bal |-> b, val |-> v]>>)
  /\ Say(a, Accepted(a, b, s))
  /\ UNCHANGED <<disk, proposer, applied, crashes>>

\* The answer to anything at a ballot below the promised one.
Refuse(a, b) ==
  /\ Prepare(b) \in msgs.prepare
  /\ Is(Less(b, journal[a].promised))
  /\ Hold(a, Rejected(b, journal[a].promised))
  /\ UNCHANGED <<disk, tail, journal, proposer, applied, crashes>>

\* The state has the prefix for good.
Truncate(a, upto) ==
  /\ journal[a].truncated < upto /\ upto <= applied[a]
  /\ Write(a, <<[write |-> "truncate", upto |-> upto]>>)
  /\ UNCHANGED <<disk, out, msgs, proposer, applied, crashes>>

----------------------------------------------------------------------------
(* The learner *)

\* What the own acceptor has accepted at b, said or only written.
HasAccepted(r, b, s) == Accepted(r, b, s) \in msgs.accepted \/ Holds(journal[r], b, s)

Announced(b, s) ==
  \E m \in msgs.chosen : m.upto >= s /\ (m.bal = b \/ Bug = "announcedAtAnyBallot")

\* Of whom the leader has not had it accepted, he has heard the proposal all the same.
Knows(r, s, v) ==
  \/ Learned(s, v) \in msgs.learned
  \/ \E m \in msgs.accept :
       /\ m.slot = s /\ m.val = v
       /\ \/ m.bal[2] = r /\ Counted(m.bal, s) /\ HasAccepted(r, m.bal, s)
          \/ Announced(m.bal, s)

Apply(r, v) ==
  LET s == applied[r] + 1 IN
  /\ Is(Knows(r, s, v))
  /\ applied' = [applied EXCEPT ![r] = s]
  /\ Send({Learned(s, v)})
  /\ UNCHANGED <<disk, tail, journal, out, proposer, crashes>>

\* A whole state from a peer that has applied that much.
Install(r, upto) ==
  /\ upto > applied[r]
  /\ Is(\A s \in (applied[r] + 1)..upto : \E m \in msgs.learned : m.slot = s)
  /\ applied' = [applied EXCEPT ![r] = upto]
  /\ UNCHANGED <<disk, tail, journal, out, msgs, proposer, crashes>>

----------------------------------------------------------------------------
(* The disk, and what fails *)

\* One sync makes durable what all roles have written, and this role speaks.
Sync(r, role) ==
  /\ disk' = [disk EXCEPT ![r] = journal[r]]
  /\ tail' = [tail EXCEPT ![r] = <<>>]
  /\ Send(Of(role, out[r]))
  /\ out' = [out EXCEPT ![r] = @ \ Of(role, @)]
  /\ UNCHANGED <<journal, proposer, applied, crashes>>

\* The process ends and begins anew. Of what was not synced the first writes may have got to the
\* disk; of what was applied the state keeps at least what the journal has forgotten.
Crash(r, kept, survives) ==
  LET left == Replayed(disk[r], SubSeq(tail[r], 1, kept)) IN
  /\ kept <= Len(tail[r])
  /\ left.truncated <= survives /\ survives <= applied[r]
  /\ disk' = [disk EXCEPT ![r] = left]
  /\ journal' = [journal EXCEPT ![r] = left]
  /\ tail' = [tail EXCEPT ![r] = <<>>]
  /\ out' = [out EXCEPT ![r] = {}]
  /\ proposer' = [proposer EXCEPT ![r] = Idle]
  /\ applied' = [applied EXCEPT ![r] = survives]
  /\ crashes' = crashes + 1
  /\ UNCHANGED msgs

\* One role begins anew. What it wrote stays written, synced or not; what it had not said is lost.
CrashRole(r, role) ==
  /\ out' = [out EXCEPT ![r] = @ \ Of(role, @)]
  /\ proposer' = IF role = "proposer" THEN [proposer EXCEPT ![r] = Idle] ELSE proposer
  /\ crashes' = crashes + 1
  /\ UNCHANGED <<disk, tail, journal, msgs, applied>>

----------------------------------------------------------------------------

Init ==
  /\ disk = [r \in Replica |-> NewJournal]
  /\ journal = [r \in Replica |-> NewJournal]
  /\ tail = [r \in Replica |-> <<>>]
  /\ out = [r \in Replica |-> {}]
  /\ msgs = [t \in Types |-> {}]
  /\ proposer = [r \in Replica |-> Idle]
  /\ applied = [r \in Replica |-> 0]
  /\ crashes = 0

\* All sequences whose i-th element is of the i-th set.
RECURSIVE Choices(_)
Choices(sets) ==
  IF sets = <<>> THEN {<<>>}
  ELSE {<<x>> \o rest : x \in Head(sets), rest \in Choices(Tail(sets))}

Recovers(r) ==
  LET promises == {m \in msgs.promise : m.bal = proposer[r].bal} IN
  /\ proposer[r].phase = "preparing"
  /\ \E ms \in SUBSET promises :
       /\ Whole(ms)
       /\ \E first \in 1..(applied[r] + 1) :
            \E last \in {first - 1} \cup Reported(promises, first) :
              \E must \in Choices([i \in 1..(last - first + 1) |->
                                  Duties(ms, promises \ ms, first - 1 + i)]) :
                Recover(r, ms, first, last, must)

Proposes(r) ==
  /\ proposer[r].phase = "proposing"
  /\ proposer[r].next \in Slot
  /\ \/ \E v \in FreeAt(proposer[r].bal) \cup NoOpsAt(proposer[r].bal) : Propose(r, v)
     \/ /\ proposer[r].must # <<>>
        /\ Head(proposer[r].must) # 0
        /\ Propose(r, Head(proposer[r].must))

Learns(r) ==
  \/ \E m \in msgs.accept \cup msgs.learned : m.slot = applied[r] + 1 /\ Apply(r, m.val)
  \/ \E s \in Slot : s > applied[r] + 1 /\ Install(r, s)

Step(r) ==
  \/ \E n \in Round : MakeBallot(r, <<n, r>>)
  \/ Recovers(r)
  \/ Proposes(r)
  \/ \E s \in Slot : s >= proposer[r].first /\ Announce(r, s)
  \/ StandDown(r)
  \/ \E m \in msgs.prepare : OnPrepare(r, m.bal) \/ Refuse(r, m.bal)
  \/ \E m \in msgs.accept : OnAccept(r, m.bal, m.slot, m.val)
  \/ \E s \in Slot : Truncate(r, s)
  \/ Learns(r)
  \/ \E role \in Role : Sync(r, role)

Fail(r) ==
  /\ crashes < MaxCrashes
  /\ \/ \E kept \in 0..Len(tail[r]) : \E n \in 0..applied[r] : Crash(r, kept, n)
     \/ \E role \in Role : CrashRole(r, role)

Next == \E r \in Replica : Step(r) \/ Fail(r)

Spec == Init /\ [][Next]_vars

----------------------------------------------------------------------------
(* What holds *)

IsJournal(j) ==
  /\ j.promised \in Ballot \cup {NoBallot}
  /\ j.own \in Ballot \cup {NoBallot}
  /\ DOMAIN j.accepted \subseteq Slot
  /\ \A s \in DOMAIN j.accepted : j.accepted[s].bal \in Ballot /\ j.accepted[s].val # 0
  /\ j.truncated \in 0..Cardinality(Slot)

TypeOK ==
  /\ \A r \in Replica :
       /\ IsJournal(disk[r])
       /\ journal[r] = Replayed(disk[r], tail[r])
       /\ journal[r].truncated <= applied[r]
       /\ \A m \in out[r] : m.type \in {"prepare", "promise", "rejected", "accepted"}
       /\ proposer[r].phase \in {"idle", "preparing", "proposing"}
       /\ applied[r] \in 0..Cardinality(Slot)
  /\ \A t \in Types : \A m \in msgs[t] : m.type = t

\* The acceptances that were said at a ballot.
Voters(b, s) == {m.acc : m \in {n \in msgs.accepted : n.bal = b /\ n.slot = s}}

IsChosen(a) == Cardinality(Voters(a.bal, a.slot)) >= Quorum2

ChosenIn(s) == {a.val : a \in {m \in msgs.accept : m.slot = s /\ IsChosen(m)}}

LearnedIn(s) == {m.val : m \in {n \in msgs.learned : n.slot = s}}

\* I1: in a slot one value is chosen, and no other is learned.
Agreement == \A s \in Slot : Cardinality(ChosenIn(s) \cup LearnedIn(s)) <= 1

\* Only what was submitted is proposed, or a no-op; and only what was proposed is learned.
Validity ==
  /\ \A m \in msgs.accept : \E b \in Ballot : m.val \in FreeAt(b) \cup NoOpsAt(b)
  /\ \A l \in msgs.learned : \E m \in msgs.accept : m.slot = l.slot /\ m.val = l.val

\* I6: what is applied, or could be, is chosen.
AppliedIsChosen ==
  /\ \A m \in msgs.learned : m.val \in ChosenIn(m.slot)
  /\ \A m \in msgs.accept :
       (\E r \in Replica : Knows(r, m.slot, m.val)) => m.val \in ChosenIn(m.slot)

\* I2: a ballot that was said is not made again.
NoBallotTwice == \A r \in Replica : \A m \in Of("proposer", out[r]) : m \notin msgs.prepare

\* I2.
OneValuePerBallotAndSlot ==
  \A m, n \in msgs.accept : m.bal = n.bal /\ m.slot = n.slot => m.val = n.val

\* I4: what an acceptor has said, its disk holds.
SaidIsOnDisk ==
  /\ \A m \in msgs.promise : ~Less(disk[m.acc].promised, m.bal)
  /\ \A m \in msgs.accepted :
       /\ ~Less(disk[m.acc].promised, m.bal)
       /\ \/ m.slot <= disk[m.acc].truncated
          \/ /\ m.slot \in DOMAIN disk[m.acc].accepted
             /\ ~Less(disk[m.acc].accepted[m.slot].bal, m.bal)
  /\ \A m \in msgs.prepare : ~Less(disk[m.bal[2]].own, m.bal)

\* What is known to be chosen is held by the disks of a phase-2 quorum, whatever crashes.
HeldBy(s, v) ==
  {r \in Replica :
     \/ s <= disk[r].truncated
     \/ s \in DOMAIN disk[r].accepted /\ disk[r].accepted[s].val = v}

Told ==
  {<<l.slot, l.val>> : l \in msgs.learned} \cup
  {<<a.slot, a.val>> : a \in {m \in msgs.accept :
                                \E c \in msgs.chosen : c.bal = m.bal /\ c.upto >= m.slot}}

Durability == \A t \in Told : Cardinality(HeldBy(t[1], t[2])) >= Quorum2
=============================================================================
