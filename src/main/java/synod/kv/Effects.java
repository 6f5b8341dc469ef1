package synod.kv;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import synod.paxos.Bytes;

/**
 * What each command does to the keys it names, and what it answers. The words of a refusal are
 * those of Redis.
 */
final class Effects {
  private static final Answer NO = new Answer.Amount(0);
  private static final Answer YES = new Answer.Amount(1);
  private static final Answer DONE = new Answer.Done();
  private static final Answer NO_NUMBER =
      new Answer.Refused("ERR value is not an integer or out of range");
  private static final Answer TOO_LARGE =
      new Answer.Refused("ERR increment or decrement would overflow");
  private static final Answer TOO_LONG =
      new Answer.Refused("ERR string exceeds maximum allowed size (proto-max-bulk-len)");

  private final Edits edits;
  private final long version;

  /**
   * The effects of one command.
   *
   * @param version what it gives the keys that it changes
   */
  Effects(Edits edits, long version) {
    this.edits = edits;
    this.version = version;
  }

  Answer of(Command command) {
    if (command instanceof Command.Put put) {
      put(put.entries());
      return DONE;
    }
    if (command instanceof Command.Delete delete) {
      return delete(delete.keys());
    }
    if (command instanceof Command.PutNew put) {
      return putNew(put.entries());
    }
    return ofOneKey(command);
  }

  private Answer ofOneKey(Command command) {
    if (command instanceof Command.Set set) {
      return set(set, edits.cell(set.entry().key()));
    }
    if (command instanceof Command.Add add) {
      return add(add, edits.cell(add.key()));
    }
    if (command instanceof Command.Append append) {
      return append(append, edits.cell(append.key()));
    }
    if (command instanceof Command.Take take) {
      return take(edits.cell(take.key()));
    }
    if (command instanceof Command.Expire expire) {
      return expire(expire, edits.cell(expire.key()));
    }
    throw new IllegalStateException("no effect is known of " + command.getClass());
  }

  private void put(List<Command.Entry> entries) {
    entries.forEach(entry -> edits.cell(entry.key()).put(version, Lifetime.NEVER, entry.value()));
  }

  private Answer delete(List<Bytes> keys) {
    return new Answer.Amount(keys.stream().filter(key -> edits.cell(key).remove()).count());
  }

  private Answer putNew(List<Command.Entry> entries) {
    if (entries.stream().anyMatch(entry -> edits.cell(entry.key()).isThere())) {
      return NO;
    }
    put(entries);
    return YES;
  }

  private Answer set(Command.Set set, Cell cell) {
    Optional<Bytes> old = set.asked() == Command.Asked.WHETHER ? Optional.empty() : cell.value();
    long found = cell.version();
    boolean holds = set.guard().holds(found);
    if (holds) {
      cell.put(version, set.lifetime().end(edits.now(), cell.end()), set.entry().value());
    }
    return switch (set.asked()) {
      case WHETHER -> holds ? YES : NO;
      case OLD -> new Answer.Values(List.of(old));
      case VERSION -> holds ? new Answer.Amount(version) : new Answer.Versioned(found, old);
    };
  }

  private Answer add(Command.Add add, Cell cell) {
    OptionalLong number = cell.value().map(Decimal::parse).orElse(OptionalLong.of(0));
    if (number.isEmpty()) {
      return NO_NUMBER;
    }
    long sum = number.getAsLong() + add.amount();
    boolean overflow = ((number.getAsLong() ^ sum) & (add.amount() ^ sum)) < 0;
    if (overflow) {
      return TOO_LARGE;
    }
    cell.put(version, cell.end(), Decimal.write(sum));
    return new Answer.Amount(sum);
  }

  private Answer append(Command.Append append, Cell cell) {
    Bytes old = cell.value().orElse(Bytes.EMPTY);
    long length = (long) old.size() + append.tail().size();
    if (length > append.atMost()) {
      return TOO_LONG;
    }
    Bytes whole = new ByteWriter((int) length).raw(old).raw(append.tail()).done();
    cell.put(version, cell.end(), whole);
    return new Answer.Amount(length);
  }

  private static Answer take(Cell cell) {
    Optional<Bytes> value = cell.value();
    cell.remove();
    return new Answer.Values(List.of(value));
  }

  private Answer expire(Command.Expire expire, Cell cell) {
    long end = expire.lifetime().end(edits.now(), cell.end());
    if (!cell.isThere() || !expire.when().holds(cell.end(), end)) {
      return NO;
    }
    cell.put(version, end, cell.value().orElseThrow());
    return YES;
  }
}
