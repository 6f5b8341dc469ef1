package synod.kv;

/** Commands of one session, from the first number to the last: which they are, not what they do. */
public record CommandRange(long session, long first, long last) {
  static CommandRange of(Ticket ticket) {
    return new CommandRange(ticket.session(), ticket.number(), ticket.number());
  }

  boolean isFollowedBy(Ticket ticket) {
    return ticket.session() == session && ticket.number() == last + 1;
  }

  CommandRange upTo(Ticket ticket) {
    return new CommandRange(session, first, ticket.number());
  }

  /** Whether a command is in both. */
  public boolean meets(CommandRange that) {
    return session == that.session && first <= that.last && that.first <= last;
  }
}
