package synod.paxos;

/** The answer to one command, for whoever waits for (session, number). */
public record Reply(long session, long number, Bytes answer) {}
