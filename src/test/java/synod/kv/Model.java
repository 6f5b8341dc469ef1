package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import synod.kv.Command.Asked;
import synod.paxos.Bytes;

/** What the commands do, said once more in the plainest way: to check the machine against. */
final class Model {
  private final TreeMap<Bytes, Value> keys = new TreeMap<>();
  private long now;

  private record Value(String text, long end, long version) {}

  /** What each command of a slot answers. */
  List<Answer> apply(long slot, long time, List<Command> commands) {
    now = Math.max(now, time);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      keys.values().removeIf(value -> value.end() <= now);
      answers.add(apply(commands.get(i), slot * 1048576 + i));
    }
    keys.values().removeIf(value -> value.end() <= now);
    return answers;
  }

  long size() {
    return keys.size();
  }

  Answer versioned(Bytes key) {
    return new Answer.Versioned(find(key).map(Value::version).orElse(0L), value(key));
  }

  long left(Bytes key) {
    return find(key).map(v -> v.end() == Long.MAX_VALUE ? -1 : v.end() - now).orElse(-2L);
  }

  private Answer apply(Command command, long version) {
    if (command instanceof Command.Put put) {
      put.entries().forEach(e -> keys.put(e.key(), endless(e.value().utf8(), version)));
      return new Answer.Done();
    } else if (command instanceof Command.PutNew put) {
      if (put.entries().stream().anyMatch(e -> keys.containsKey(e.key()))) {
        return amount(0);
      }
      put.entries().forEach(e -> keys.put(e.key(), endless(e.value().utf8(), version)));
      return amount(1);
    } else if (command instanceof Command.Delete delete) {
      return amount(delete.keys().stream().filter(key -> keys.remove(key) != null).count());
    } else if (command instanceof Command.Take take) {
      Answer answer = new Answer.Values(List.of(value(take.key())));
      keys.remove(take.key());
      return answer;
    } else if (command instanceof Command.Add add) {
      return add(add, version);
    } else if (command instanceof Command.Append append) {
      return append(append, version);
    } else if (command instanceof Command.Set set) {
      return set(set, version);
    }
    return expire((Command.Expire) command, version);
  }

  private Answer add(Command.Add add, long version) {
    try {
      String text = find(add.key()).map(Value::text).orElse("0");
      if (!text.matches("0|-?[1-9][0-9]*")) {
        throw new NumberFormatException(text);
      }
      long sum = Math.addExact(Long.parseLong(text), add.amount());
      keys.put(add.key(), new Value(Long.toString(sum), end(add.key()), version));
      return amount(sum);
    } catch (NumberFormatException none) {
      return new Answer.Refused("ERR value is not an integer or out of range");
    } catch (ArithmeticException tooLarge) {
      return new Answer.Refused("ERR increment or decrement would overflow");
    }
  }

  private Answer append(Command.Append append, long version) {
    String text = find(append.key()).map(Value::text).orElse("") + append.tail().utf8();
    if (text.length() > append.atMost()) {
      return new Answer.Refused("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    }
    keys.put(append.key(), new Value(text, end(append.key()), version));
    return amount(text.length());
  }

  private Answer set(Command.Set set, long version) {
    Bytes key = set.entry().key();
    Answer before = versioned(key);
    Optional<Bytes> old = value(key);
    boolean holds = set.guard().equals(new Guard.Any());
    holds |= set.guard().equals(new Guard.There()) && keys.containsKey(key);
    holds |= set.guard().equals(new Guard.Version(find(key).map(Value::version).orElse(0L)));
    if (holds) {
      keys.put(key, new Value(set.entry().value().utf8(), end(set.lifetime(), key), version));
    }
    if (set.asked() == Asked.OLD) {
      return new Answer.Values(List.of(old));
    }
    if (set.asked() == Asked.VERSION) {
      return holds ? amount(version) : before;
    }
    return amount(holds ? 1 : 0);
  }

  private Answer expire(Command.Expire expire, long version) {
    Optional<Value> value = find(expire.key());
    if (value.isEmpty()) {
      return amount(0);
    }
    long before = value.get().end();
    long after = end(expire.lifetime(), expire.key());
    boolean endless = before == Long.MAX_VALUE;
    boolean holds =
        switch (expire.when()) {
          case ALWAYS -> true;
          case ENDLESS -> endless;
          case ENDING -> !endless;
          case LATER -> !endless && after > before;
          case SOONER -> endless ? after != Long.MAX_VALUE : after < before;
          case ENDING_SOONER -> !endless && after < before;
        };
    if (holds) {
      keys.put(expire.key(), new Value(value.get().text(), after, version));
    }
    return amount(holds ? 1 : 0);
  }

  private long end(Lifetime lifetime, Bytes key) {
    if (lifetime instanceof Lifetime.For span) {
      return now + span.ms();
    }
    if (lifetime instanceof Lifetime.Until until) {
      return until.time();
    }
    return lifetime.equals(new Lifetime.Kept()) ? end(key) : Long.MAX_VALUE;
  }

  private long end(Bytes key) {
    return find(key).map(Value::end).orElse(Long.MAX_VALUE);
  }

  private Optional<Bytes> value(Bytes key) {
    return find(key).map(Value::text).map(Bytes::utf8);
  }

  private Optional<Value> find(Bytes key) {
    return Optional.ofNullable(keys.get(key));
  }

  private static Value endless(String text, long version) {
    return new Value(text, Long.MAX_VALUE, version);
  }

  private static Answer amount(long value) {
    return new Answer.Amount(value);
  }
}
