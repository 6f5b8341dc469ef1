package synod.kv;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import synod.paxos.Bytes;

/** Commands of every class with whatever they can hold. */
final class AnyCommand {
  /** Classes of commands that {@link #of} makes. */
  static final int CLASSES = 9;

  private final Random random;

  private AnyCommand(Random random) {
    this.random = random;
  }

  static Command of(Random random) {
    return new AnyCommand(random).any(random.nextInt(CLASSES));
  }

  /** One of each class. */
  static List<Command> ofEachClass(Random random) {
    AnyCommand any = new AnyCommand(random);
    return Stream.iterate(0, i -> i + 1).limit(CLASSES).map(any::any).toList();
  }

  private Command any(int which) {
    return switch (which) {
      case 0 -> new Command.Put(entries());
      case 1 -> new Command.Delete(entries().stream().map(Command.Entry::key).toList());
      case 2 -> new Command.PutNew(entries());
      case 3 -> new Command.Set(entry(), guard(), lifetime(), one(Command.Asked.values()));
      case 4 -> new Command.Add(bytes(40), number());
      case 5 -> new Command.Append(bytes(40), bytes(200), number() >>> 1);
      case 6 -> new Command.Take(bytes(40));
      case 7 -> new Command.Expire(bytes(40), lifetime(), one(Command.When.values()));
      default -> new Command.InSession(request());
    };
  }

  private SessionRequest request() {
    Ticket ticket = new Ticket(number(), 5, random.nextInt(6));
    return one(
        new SessionRequest.Open(limits()),
        new SessionRequest.Resume(number()),
        new SessionRequest.Close(number()),
        new SessionRequest.Do(new Numbered(ticket, any(random.nextInt(CLASSES - 1)))),
        new SessionRequest.Fate(number(), SessionRequest.GREATEST_NUMBER),
        new SessionRequest.GiveUp(limits()));
  }

  private SessionLimits limits() {
    return new SessionLimits(1 + (number() >>> 1) / 2, 1 + random.nextInt(1_000_000));
  }

  private List<Command.Entry> entries() {
    List<Command.Entry> entries = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      entries.add(entry());
    }
    return entries;
  }

  private Command.Entry entry() {
    return new Command.Entry(bytes(40), bytes(200));
  }

  private Guard guard() {
    return one(new Guard.Any(), new Guard.There(), new Guard.Version(number() >>> 1));
  }

  private Lifetime lifetime() {
    return one(
        new Lifetime.Endless(),
        new Lifetime.Kept(),
        new Lifetime.For(number()),
        new Lifetime.Until(number()));
  }

  private long number() {
    return random.nextLong() >> random.nextInt(64);
  }

  @SafeVarargs
  private <T> T one(T... all) {
    return all[random.nextInt(all.length)];
  }

  private Bytes bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most)];
    random.nextBytes(bytes);
    return Bytes.of(bytes);
  }
}
