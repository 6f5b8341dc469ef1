------------------------------ MODULE Sessions ------------------------------
(***************************************************************************)
(* Exactly once, as kv.Sessions, Session and ExactlyOnce decide it: a      *)
(* gateway's session, whose commands are numbered, and what became of a    *)
(* command whose outcome is unknown.                                       *)
(*                                                                         *)
(* The log is a sequence that is agreed upon already, and one state stands *)
(* for those of all replicas: Synod shows that all apply the same batches  *)
(* in the same order, and what a command does depends on those before it   *)
(* in the log and on nothing else.  All that can differ is what gets into  *)
(* the log: whatever was sent, any number of times and in any order.       *)
(*                                                                         *)
(* A session is an incarnation of one gateway.  Each command is an INCR of *)
(* one counter, so that each effect has another answer than any before.    *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

CONSTANTS
  MostSessions, MostNumbers,
  MostSlots,    \* in the log
  Bug

Session == 1..MostSessions
Number == 1..MostNumbers

VARIABLES
  \* the gateway
  sent,       \* {[kind, session, number, below]}: below, it has all answers
  current,    \* its incarnation
  \* the state
  counter,
  session,    \* the newest that the log has shown
  answers,    \* of that session: number -> answer, 0 for one that was sealed
  below,      \* answers to lower numbers are forgotten
  next,       \* the first number that has no answer
  \* what was seen
  slots,      \* how many have been applied
  effects,    \* <<session, number>> -> how often it took effect
  late,       \* what took effect of a session after a newer one had been seen
  told        \* {<<session, number, answer>>}

vars == <<sent, current, counter, session, answers, below, next, slots, effects, late, told>>

Has(f, n) == n \in DOMAIN f
Put(f, n, x) == [m \in DOMAIN f \cup {n} |-> IF m = n THEN x ELSE f[m]]
From(f, n) == [m \in {k \in DOMAIN f : k >= n} |-> f[m]]

\* The first from n on without an answer.
RECURSIVE FirstWithout(_, _)
FirstWithout(f, n) == IF Has(f, n) THEN FirstWithout(f, n + 1) ELSE n

----------------------------------------------------------------------------
(* The gateway *)

Answered(n) == \E t \in told : t[1] = current /\ t[2] = n

\* In order, and again as often as it likes; each with how far it has all answers.
Send(n) ==
  /\ \A m \in 1..(n - 1) : \E x \in sent : x.session = current /\ x.number = m
  /\ \E b \in 1..n :
       /\ \A m \in 1..(b - 1) : Answered(m)
       /\ sent' = sent \cup {[kind |-> "do", session |-> current, number |-> n, below |-> b]}
  /\ UNCHANGED <<current, counter, session, answers, below, next, slots, effects, late, told>>

\* Anybody who was told "unknown" asks, maybe when the gateway lives anew.
Ask(s, n) ==
  /\ \E x \in sent : x.session = s /\ x.number = n
  /\ sent' = sent \cup {[kind |-> "ask", session |-> s, number |-> n, below |-> 0]}
  /\ UNCHANGED <<current, counter, session, answers, below, next, slots, effects, late, told>>

NewIncarnation ==
  /\ current < MostSessions
  /\ current' = current + 1
  /\ UNCHANGED <<sent, counter, session, answers, below, next, slots, effects, late, told>>

----------------------------------------------------------------------------
(* The state *)

Nothing == UNCHANGED <<counter, session, answers, below, next, effects, late, told>>

TakesEffect(x) ==
  /\ counter' = counter + 1
  /\ effects' = Put(effects, <<x.session, x.number>>,
                    1 + IF Has(effects, <<x.session, x.number>>)
                        THEN effects[<<x.session, x.number>>] ELSE 0)

\* In a session that is the newest now.
RunIn(x, held, low, nxt) ==
  LET forgets == IF x.below > low THEN x.below ELSE low
      kept == From(held, forgets)
      first == FirstWithout(kept, IF nxt > forgets THEN nxt ELSE forgets)
  IN
  IF x.number < low
  THEN /\ answers' = held /\ below' = low /\ next' = nxt
       /\ UNCHANGED <<counter, effects, told>>
  ELSE /\ below' = forgets
       /\ IF x.number > first
          THEN /\ answers' = kept /\ next' = first
               /\ UNCHANGED <<counter, effects, told>>
          ELSE IF Has(kept, x.number) /\ Bug # "noDedup"
          THEN /\ answers' = kept /\ next' = first
               /\ told' = told \cup {<<x.session, x.number,
                    IF Bug = "currentAnswer" /\ kept[x.number] # 0 THEN counter ELSE kept[x.number]>>}
               /\ UNCHANGED <<counter, effects>>
          ELSE /\ TakesEffect(x)
               /\ answers' = Put(kept, x.number, counter + 1)
               /\ next' = FirstWithout(answers', first)
               /\ told' = told \cup {<<x.session, x.number, counter + 1>>}

Do(x) ==
  IF x.session < session
  THEN IF Bug = "retryAfterEnd"
       THEN /\ TakesEffect(x)
            /\ late' = late \cup {<<x.session, x.number>>}
            /\ told' = told \cup {<<x.session, x.number, counter + 1>>}
            /\ UNCHANGED <<session, answers, below, next>>
       ELSE Nothing
  ELSE /\ session' = x.session
       /\ UNCHANGED late
       /\ IF x.session > session THEN RunIn(x, <<>>, 1, 1) ELSE RunIn(x, answers, below, next)

\* What had not come is sealed: 0 says that it was not done, and never will be.
Fate(x) ==
  IF x.session # session \/ x.number < below
  THEN Nothing
  ELSE /\ LET known == Has(answers, x.number)
              answer == IF known THEN answers[x.number] ELSE 0
          IN  /\ told' = told \cup {<<x.session, x.number, answer>>}
              /\ answers' = IF known \/ Bug = "notSealed" THEN answers ELSE Put(answers, x.number, 0)
              /\ next' = FirstWithout(answers', next)
       /\ UNCHANGED <<counter, session, below, effects, late>>

Applies(x) ==
  /\ slots < MostSlots
  /\ slots' = slots + 1
  /\ IF x.kind = "do" THEN Do(x) ELSE Fate(x)
  /\ UNCHANGED <<sent, current>>

\* A snapshot that has no sessions in it.
Forget ==
  /\ Bug = "snapshotWithoutSessions"
  /\ answers' = <<>> /\ below' = 1 /\ next' = 1 /\ session' = 0
  /\ UNCHANGED <<sent, current, counter, slots, effects, late, told>>

----------------------------------------------------------------------------

Init ==
  /\ sent = {}
  /\ current = 1
  /\ counter = 0
  /\ session = 0
  /\ answers = <<>>
  /\ below = 1
  /\ next = 1
  /\ slots = 0
  /\ effects = <<>>
  /\ late = {}
  /\ told = {}

Next ==
  \/ \E n \in Number : Send(n)
  \/ \E s \in Session, n \in Number : Ask(s, n)
  \/ NewIncarnation
  \/ \E x \in sent : Applies(x)
  \/ Forget

----------------------------------------------------------------------------

TypeOK ==
  /\ \A x \in sent : x.session <= current /\ x.number \in Number
  /\ session <= current
  /\ \A n \in DOMAIN answers : n >= below
  /\ ~Has(answers, next)

\* I9: it takes effect once, however often it is in the log.
OnceAtMost == \A k \in DOMAIN effects : effects[k] <= 1

\* I9: a repeat gets the first answer.
OneAnswer == \A t, u \in told : t[1] = u[1] /\ t[2] = u[2] => t[3] = u[3]

\* I9: an ended session does nothing.
NothingAfterTheEnd == late = {}

\* I13: what was not done never will be.
NotDoneIsFinal == \A t \in told : t[3] = 0 => ~Has(effects, <<t[1], t[2]>>)

\* Of a session: in the order in which it was sent, without a gap but for what was sealed.
InOrder ==
  \A k \in DOMAIN effects : \A n \in 1..(k[2] - 1) :
    Has(effects, <<k[1], n>>) \/ <<k[1], n, 0>> \in told
=============================================================================
