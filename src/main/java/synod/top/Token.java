package synod.top;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The token on its way, by what the electors tell. State: its last hop. */
final class Token {
  private static final Pattern STARTED = Pattern.compile("starts a token, round (\\d+)");
  private static final Pattern GOES = Pattern.compile("token (\\d+) of (\\d+) goes to (\\d+) .*");
  private static final Pattern CLOSED = Pattern.compile("token (\\d+) of (\\d+) has been at .*");
  private static final long SHOWN_NS = TimeUnit.SECONDS.toNanos(3);

  /** Where it is going, and whose it is. */
  record Hop(long round, int initiator, int from, int to, boolean closed, long atNs) {
    /** A double of a token that has been round is of no interest any more. */
    private boolean isOf(Hop other) {
      return round == other.round && initiator == other.initiator;
    }
  }

  private Optional<Hop> last = Optional.empty();

  void hear(int replica, String event, long nowNs) {
    Matcher started = STARTED.matcher(event);
    Matcher goes = GOES.matcher(event);
    Matcher closed = CLOSED.matcher(event);
    if (started.matches()) {
      long round = Long.parseLong(started.group(1));
      last = Optional.of(new Hop(round, replica, replica, replica, false, nowNs));
    } else if (goes.matches()) {
      Hop next = hop(goes, replica, Integer.parseInt(goes.group(3)), false, nowNs);
      last = last.filter(hop -> hop.closed() && hop.isOf(next)).or(() -> Optional.of(next));
    } else if (closed.matches()) {
      last = Optional.of(hop(closed, replica, replica, true, nowNs));
    }
  }

  private static Hop hop(Matcher token, int from, int to, boolean closed, long nowNs) {
    long round = Long.parseLong(token.group(1));
    return new Hop(round, Integer.parseInt(token.group(2)), from, to, closed, nowNs);
  }

  /** While it is worth showing. */
  Optional<Hop> seen(long nowNs) {
    return last.filter(hop -> nowNs - hop.atNs() < SHOWN_NS);
  }
}
