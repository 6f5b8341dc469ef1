------------------------------- MODULE Reads -------------------------------
(***************************************************************************)
(* Linearizable reads without a slot of their own: ReadRounds, ReadRides.  *)
(*                                                                         *)
(* This stands beside Synod, not on it.  Of the log it has only which slot *)
(* was accepted at which ballot, and no values: Synod shows that a slot    *)
(* has one value whichever ballot it was chosen at, so that how much a     *)
(* read sees is a matter of slots.  Acceptors forget nothing here, since   *)
(* Synod shows that they do not; a proposer that crashed is one whose      *)
(* ballot does nothing any more, since its next life makes another.        *)
(*                                                                         *)
(* A read is told a slot, and answered from a state that has applied that  *)
(* slot.  What had been acknowledged by when it arrived is at most the     *)
(* chosen prefix of that moment.  So it is linearizable if the slot is not *)
(* below that prefix; and as what it shows was chosen before it is         *)
(* answered, no read that arrives later shows less.                        *)
(*                                                                         *)
(* One read is enough, as reads do nothing to each other, since rounds     *)
(* begin here whether a read waits or not (under a lease they do).  At     *)
(* which ballot it will arrive is decided at first, so that no other needs *)
(* rounds.                                                                 *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, TLC

CONSTANTS Acceptor, Ballots, Slots, Rounds, Quorum1, Quorum2, Bug

Ballot == 1..Ballots
Slot == 1..Slots

VARIABLES
  promised,   \* by acceptor; 0 at first
  accepted,   \* {<<acceptor, ballot, slot>>}
  promises,   \* {<<acceptor, ballot, last>>}: the last slot that it had accepted anything in
  phase,      \* by ballot: preparing, proposing, leading
  first,      \* by ballot: the first slot it proposes; all before it are applied at its replica
  duty,       \* by ballot: the last slot that phase 1 reported; the own no-op is behind it
  last,       \* by ballot: the last slot proposed
  round,      \* of the ballot at which the read arrives: [number, open, index]
  confirmed,  \* {<<acceptor, number>>}
  read        \* [state, at, floor, index]

vars == <<promised, accepted, promises, phase, first, duty, last, round, confirmed, read>>
log == <<promised, accepted, promises, phase, first, duty, last>>

ChosenAt(b, s) == Cardinality({a \in Acceptor : <<a, b, s>> \in accepted}) >= Quorum2
IsChosen(s) == \E b \in Ballot : ChosenAt(b, s)

\* The chosen prefix.
Prefix == CHOOSE n \in 0..Slots :
            /\ \A s \in 1..n : IsChosen(s)
            /\ n = Slots \/ ~IsChosen(n + 1)

Max(set) == CHOOSE n \in set : \A m \in set : m <= n

----------------------------------------------------------------------------
(* The log *)

Promise(a, b) ==
  /\ promised[a] < b
  /\ phase[b] = "preparing"
  /\ promised' = [promised EXCEPT ![a] = b]
  /\ promises' = promises \cup {<<a, b, Max({0} \cup {x[3] : x \in {y \in accepted : y[1] = a}})>>}
  /\ UNCHANGED <<accepted, phase, first, duty, last, round, confirmed, read>>

\* The replica has applied some of what is chosen.
Recover(b, ps, n) ==
  /\ phase[b] = "preparing"
  /\ ps \subseteq {p \in promises : p[2] = b}
  /\ Cardinality(ps) >= Quorum1
  /\ n <= Prefix + 1
  /\ phase' = [phase EXCEPT ![b] = "proposing"]
  /\ first' = [first EXCEPT ![b] = n]
  /\ last' = [last EXCEPT ![b] = n - 1]
  /\ duty' = [duty EXCEPT ![b] = Max({n - 1} \cup {p[3] : p \in ps})]
  /\ promises' = {p \in promises : p[2] # b} \* nobody needs these any more
  /\ UNCHANGED <<promised, accepted, round, confirmed, read>>

Serves(b) == phase[b] = "leading" \/ (Bug = "beforeNoOp" /\ phase[b] = "proposing")

\* A read that waits rides on the next slot.
Propose(b) ==
  /\ phase[b] \in {"proposing", "leading"}
  /\ last[b] < Slots
  /\ last' = [last EXCEPT ![b] = @ + 1]
  /\ read' = IF read.state = "waiting" /\ read.at = b /\ Serves(b)
             THEN [read EXCEPT !.state = "riding", !.index = last[b] + 1] ELSE read
  /\ UNCHANGED <<promised, accepted, promises, phase, first, duty, round, confirmed>>

Accept(a, b, s) ==
  /\ phase[b] \in {"proposing", "leading"}
  /\ first[b] <= s /\ s <= last[b]
  /\ promised[a] <= b
  /\ promised' = [promised EXCEPT ![a] = b]
  /\ accepted' = accepted \cup {<<a, b, s>>}
  /\ UNCHANGED <<promises, phase, first, duty, last, round, confirmed, read>>

\* The own no-op is chosen, with all before it.
Lead(b) ==
  /\ phase[b] = "proposing"
  /\ duty[b] < last[b]
  /\ \A s \in first[b]..(duty[b] + 1) : ChosenAt(b, s)
  /\ phase' = [phase EXCEPT ![b] = "leading"]
  /\ duty' = [duty EXCEPT ![b] = 0]
  /\ UNCHANGED <<promised, accepted, promises, first, last, round, confirmed, read>>

----------------------------------------------------------------------------
(* Reads *)

\* It waits for the next round or slot. Before the end of phase 1 it waits too, which is as if it came
\* then.
Arrive(b) ==
  /\ read.state = "none" /\ read.at = b
  /\ phase[b] # "preparing"
  /\ read' = [read EXCEPT
       !.state = IF Bug = "roundBegunBefore" /\ round.open THEN "served" ELSE "waiting",
       !.floor = Prefix]
  /\ UNCHANGED <<log, round, confirmed>>

\* One round at a time, for all reads that wait.
Begin(b) ==
  /\ read.at = b
  /\ Serves(b)
  /\ ~round.open
  /\ round.number < Rounds
  /\ round' = [number |-> round.number + 1, open |-> TRUE, index |-> last[b]]
  /\ read' = IF read.state = "waiting" THEN [read EXCEPT !.state = "served"] ELSE read
  /\ UNCHANGED <<log, confirmed>>

\* All who have promised no higher ballot: that they hear of the round early only makes it worse.
Confirming ==
  {a \in Acceptor : round.open /\ promised[a] <= read.at /\ <<a, round.number>> \notin confirmed}

Confirm ==
  /\ confirmed' = confirmed \cup (Confirming \X {round.number})
  /\ UNCHANGED <<log, round, read>>

Confirmers ==
  {a \in Acceptor :
     \/ <<a, round.number>> \in confirmed
     \/ Bug = "anyRound" /\ \E n \in 1..Rounds : <<a, n>> \in confirmed}

Finish(b) ==
  /\ read.at = b
  /\ round.open
  /\ Bug = "unconfirmed" \/ Cardinality(Confirmers) >= Quorum2
  /\ round' = [round EXCEPT !.open = FALSE]
  /\ read' = IF read.state = "served" THEN [read EXCEPT !.state = "told", !.index = round.index]
             ELSE read
  /\ UNCHANGED <<log, confirmed>>

\* The slot was accepted at the ballot by enough of those who had promised no higher one.
Alight(b) ==
  /\ read.at = b
  /\ read.state = "riding"
  /\ ChosenAt(b, read.index)
  /\ read' = [read EXCEPT !.state = "told"]
  /\ UNCHANGED <<log, round, confirmed>>

\* It rides on a slot that was proposed, and maybe accepted, before it came.
BoardTooLate(b) ==
  /\ Bug = "rodeOnAnOpenSlot"
  /\ read.at = b /\ read.state = "waiting"
  /\ Serves(b) /\ first[b] <= last[b]
  /\ read' = [read EXCEPT !.state = "riding", !.index = last[b]]
  /\ UNCHANGED <<log, round, confirmed>>

\* A follower that answers for itself has applied some of what is chosen.
AnswerAtFollower ==
  /\ Bug = "readAtFollower"
  /\ read.state = "none"
  /\ \E n \in 0..Prefix :
       read' = [read EXCEPT !.state = "told", !.floor = Prefix, !.index = n]
  /\ UNCHANGED <<log, round, confirmed>>

----------------------------------------------------------------------------

Init ==
  /\ promised = [a \in Acceptor |-> 0]
  /\ accepted = {}
  /\ promises = {}
  /\ phase = [b \in Ballot |-> "preparing"]
  /\ first = [b \in Ballot |-> 1]
  /\ duty = [b \in Ballot |-> 0]
  /\ last = [b \in Ballot |-> 0]
  /\ round = [number |-> 0, open |-> FALSE, index |-> 0]
  /\ confirmed = {}
  /\ \E b \in Ballot : read = [state |-> "none", at |-> b, floor |-> 0, index |-> 0]

Steps ==
  \/ \E b \in Ballot :
       /\ read.state = "none" \/ read.at = b
       /\ \/ \E ps \in SUBSET {p \in promises : p[2] = b} : \E n \in 1..(Prefix + 1) : Recover(b, ps, n)
          \/ Propose(b) \/ Arrive(b) \/ Begin(b) \/ Finish(b) \/ Alight(b) \/ BoardTooLate(b)
          \/ \E a \in Acceptor : Promise(a, b) \/ \E s \in Slot : Accept(a, b, s)
  \/ AnswerAtFollower

\* What only enables more is done at once: whoever may lead does, and whoever may confirm. Once the
\* read has arrived the other ballots do nothing any more: they could only keep it from being served.
Next ==
  LET leads == {b \in Ballot : ENABLED Lead(b)} IN
  IF leads # {} THEN \E b \in leads : Lead(b)
  ELSE IF Confirming # {} THEN Confirm
  ELSE IF read.state = "served" /\ ENABLED Finish(read.at) THEN Finish(read.at)
  ELSE Steps

----------------------------------------------------------------------------

TypeOK ==
  /\ \A a \in Acceptor : promised[a] \in 0..Ballots
  /\ \A x \in accepted : x[2] <= promised[x[1]] /\ first[x[2]] <= x[3] /\ x[3] <= last[x[2]]
  /\ \A b \in Ballot : phase[b] \in {"preparing", "proposing", "leading"}
  /\ read.state \in {"none", "waiting", "served", "riding", "told"}

\* I10: it sees all that was acknowledged before it arrived.
Linearizable == read.state = "told" => read.index >= read.floor

\* Why: whoever leads has proposed all that was chosen when he became the leader.
LeaderKnows ==
  \A b \in Ballot : phase[b] = "leading" =>
    \A s \in Slot : (\E c \in 1..b : ChosenAt(c, s)) => s <= last[b]

\* A told read is the end of what is looked at.
Open == read.state # "told"

Symmetry == Permutations(Acceptor)
=============================================================================
