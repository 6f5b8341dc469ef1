package synod.kv;

/** A command with its ticket: what a batch is a row of. */
public record Numbered(Ticket ticket, Command command) {}
