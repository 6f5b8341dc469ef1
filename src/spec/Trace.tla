------------------------------- MODULE Trace -------------------------------
(***************************************************************************)
(* Traces of the simulator, each event of which must be a step of Synod    *)
(* with the same values.  TraceData, which the tests write, has them: the  *)
(* number of replicas, the sizes of quorums, and Traces, a sequence of     *)
(* traces, each with its events in order.                                  *)
(*                                                                         *)
(* Three kinds of events:                                                  *)
(* - of a role that takes a message or makes a ballot: a step that writes  *)
(*   and puts messages in the outbox, which Synod makes up by itself;      *)
(* - of the disk and of crashes: after a crash the disk must be as Synod   *)
(*   says that it may be;                                                  *)
(* - of what is said: it must have been said in Synod (no step), or wait   *)
(*   in the outbox of a replica that has nothing unsynced (its Sync).      *)
(*                                                                         *)
(* A trace is accepted if its last event is printed, and refused at the    *)
(* first event that is not.                                                *)
(***************************************************************************)
EXTENDS Synod, TraceData

VARIABLES
  trace,  \* which
  now     \* its next event

Most == 1000000
AllReplicas == 1..Replicas
AllSlots == 1..Most
AllRounds == 1..Most
AnyNoOp(b) == (0 - Most)..(0 - 1)
AnyValue(b) == (0 - Most)..Most

Same == UNCHANGED vars

Said(r, m) ==
  \/ m \in msgs[m.type] /\ Same
  \/ /\ m \notin msgs[m.type]
     /\ m \in out[r]
     /\ tail[r] = <<>>
     /\ \E role \in Role : m \in Of(role, out[r]) /\ Sync(r, role)

Triples(accepted) ==
  {<<s, accepted[s].bal, accepted[s].val>> : s \in DOMAIN accepted}

\* A page has all that the promise has of its slots.
IsPage(m, e) ==
  /\ m.acc = e.r /\ m.bal = e.b /\ m.truncated = e.t
  /\ e.acc = {a \in Triples(m.accepted) : a[1] >= e.from /\ (e.next = 0 \/ a[1] < e.next)}

\* The last case: a prepare that had waited came to a ballot that was promised already.
SaysPromise(e) ==
  \/ Is(\E m \in msgs.promise : IsPage(m, e)) /\ Same
  \/ /\ ~\E m \in msgs.promise : IsPage(m, e)
     /\ \E m \in {n \in out[e.r] : n.type = "promise"} : IsPage(m, e) /\ Said(e.r, m)
  \/ LET m == Promise(e.r, e.b, journal[e.r]) IN
     /\ m \notin msgs.promise \cup out[e.r]
     /\ tail[e.r] = <<>>
     /\ e.b = journal[e.r].promised
     /\ IsPage(m, e)
     /\ Send({m})
     /\ UNCHANGED <<disk, tail, journal, out, proposer, applied, crashes>>

SaysRejected(e) ==
  LET m == Rejected(e.b, e.p) IN
  \/ Said(e.r, m)
  \/ /\ m \notin msgs.rejected \cup out[e.r]
     /\ tail[e.r] = <<>>
     /\ e.p = journal[e.r].promised /\ Is(Less(e.b, e.p))
     /\ Send({m})
     /\ UNCHANGED <<disk, tail, journal, out, proposer, applied, crashes>>

\* Of the promises of one acceptor, which differ in what was truncated meanwhile, the first.
Whichever(a, b) ==
  LET ms == {m \in msgs.promise : m.acc = a /\ m.bal = b}
  IN  CHOOSE m \in ms : \A n \in ms : m.truncated <= n.truncated

Recovered(e) ==
  LET ms == {Whichever(a, e.b) : a \in e.q}
      others == {m \in msgs.promise : m.bal = e.b} \ ms
  IN
  /\ proposer[e.r].bal = e.b
  /\ Is(\A a \in e.q : \E m \in msgs.promise : m.acc = a /\ m.bal = e.b)
  /\ \E must \in Choices([i \in 1..(e.last - e.first + 1) |-> Duties(ms, others, e.first - 1 + i)]) :
       /\ Cardinality({i \in DOMAIN must : must[i] = 0}) = e.gaps
       /\ Recover(e.r, ms, e.first, e.last, must)

SaysAccept(e) ==
  IF Accept(e.b, e.s, e.v) \in msgs.accept THEN Same
  ELSE /\ proposer[e.r].bal = e.b
       /\ proposer[e.r].next = e.s
       /\ Propose(e.r, e.v)

SaysChosen(e) ==
  IF proposer[e.r].phase = "proposing" /\ proposer[e.r].bal = e.b THEN Announce(e.r, e.s)
  ELSE Is(Announced(e.b, e.s)) /\ Same

Applies(e) ==
  /\ e.s = applied[e.r] + 1
  /\ IF e.v # 0 THEN Apply(e.r, e.v)
     ELSE \E v \in {m.val : m \in {n \in msgs.accept \cup msgs.learned : n.slot = e.s}} : Apply(e.r, v)

Crashes(e) ==
  \E kept \in 0..Len(tail[e.r]) :
    /\ Crash(e.r, kept, e.s)
    /\ disk'[e.r].promised = e.p
    /\ disk'[e.r].own = e.o
    /\ disk'[e.r].truncated = e.t
    /\ Triples(disk'[e.r].accepted) = e.acc

Happens(e) ==
  CASE e.e = "ballot"     -> MakeBallot(e.r, e.b)
    [] e.e = "onPrepare"  -> OnPrepare(e.r, e.b)
    [] e.e = "onAccept"   -> OnAccept(e.r, e.b, e.s, e.v)
    [] e.e = "refuse"     -> Refuse(e.r, e.b)
    [] e.e = "truncate"   -> Truncate(e.r, e.s)
    [] e.e = "recover"    -> Recovered(e)
    [] e.e = "standDown"  -> StandDown(e.r)
    [] e.e = "apply"      -> Applies(e)
    [] e.e = "install"    -> Install(e.r, e.s)
    [] e.e = "sync"       -> Sync(e.r, e.role)
    [] e.e = "crash"      -> Crashes(e)
    [] e.e = "crashRole"  -> CrashRole(e.r, e.role)
    [] e.e = "prepare"    -> Said(e.r, Prepare(e.b))
    [] e.e = "promise"    -> SaysPromise(e)
    [] e.e = "rejected"   -> SaysRejected(e)
    [] e.e = "accept"     -> SaysAccept(e)
    [] e.e = "accepted"   -> Said(e.r, Accepted(e.r, e.b, e.s))
    [] e.e = "counted"    -> Is(Counted(e.b, e.s)) /\ e.b[2] = e.r /\ Same
    [] e.e = "chosen"     -> SaysChosen(e)
    [] e.e = "toldChosen" -> Is(Announced(e.b, e.s)) /\ Same
    [] e.e = "learned"    -> Learned(e.s, e.v) \in msgs.learned /\ Same

TraceInit ==
  /\ trace \in 1..Len(Traces)
  /\ now = 1
  /\ LET first(r) == IF Traces[trace].promised
                     THEN [NewJournal EXCEPT !.promised = <<1, 1>>, !.own = <<1, r>>]
                     ELSE NewJournal
     IN  /\ disk = [r \in Replica |-> first(r)]
         /\ journal = disk
  /\ tail = [r \in Replica |-> <<>>]
  /\ out = [r \in Replica |-> {}]
  /\ msgs = [t \in Types |-> {}]
  /\ proposer = [r \in Replica |-> Idle]
  /\ applied = [r \in Replica |-> 0]
  /\ crashes = 0

TraceNext ==
  /\ now <= Len(Traces[trace].events)
  /\ Happens(Traces[trace].events[now])
  /\ now' = now + 1
  /\ UNCHANGED trace
  /\ PrintT(<<"event", trace, now>>)

\* All else is a function of these two, but for what a ballot has to propose: that shows later.
TraceView == <<trace, now, proposer>>
=============================================================================
