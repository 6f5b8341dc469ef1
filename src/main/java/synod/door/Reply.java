package synod.door;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import synod.paxos.Bytes;

/** What a client is answered, in the words of RESP, whichever version it speaks. */
sealed interface Reply {
  Reply OK = new Simple("OK");
  Reply NIL = new Nil();

  record Simple(String text) implements Reply {}

  /** The text begins with its code, such as ERR. */
  record Failure(String text) implements Reply {}

  record Whole(long value) implements Reply {}

  record Bulk(Bytes bytes) implements Reply {}

  record Nil() implements Reply {}

  record Items(List<Reply> items) implements Reply {}

  /** A map: key, value, key, value. RESP2 has none and gets a flat array. */
  record Pairs(List<Reply> flat) implements Reply {}

  /** What no request asked for. RESP2 has no such thing and gets the last item alone. */
  record Push(List<Reply> items) implements Reply {}

  /** Read when the client takes it, so that no large answer waits in memory. */
  record Later(Supplier<Reply> read) implements Reply {}

  static Reply text(String text) {
    return new Bulk(Bytes.utf8(text));
  }

  static Reply error(String text) {
    return new Failure("ERR " + text);
  }

  static Reply texts(List<String> texts) {
    List<Reply> items = new ArrayList<>(texts.size());
    texts.forEach(each -> items.add(text(each)));
    return new Items(items);
  }
}
