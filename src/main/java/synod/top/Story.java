package synod.top;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What happened of late. State: the last so many news; equal ones of many replicas are one. */
final class Story {
  private static final int MOST = 200;
  private static final int LOOKS_BACK = 6;

  private final List<News> news = new ArrayList<>();

  /** The same of one or more replicas; the time of day is that of the first, as it is shown. */
  record News(String time, List<Integer> replicas, String text) {
    String who() {
      return replicas.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
  }

  void add(String time, int replica, String text) {
    for (int i = news.size() - 1; i >= Math.max(0, news.size() - LOOKS_BACK); i--) {
      News other = news.get(i);
      if (other.text().equals(text) && !other.replicas().contains(replica)) {
        TreeSet<Integer> all = new TreeSet<>(other.replicas());
        all.add(replica);
        news.set(i, new News(other.time(), List.copyOf(all), text));
        return;
      }
    }
    news.add(new News(time, List.of(replica), text));
    if (news.size() > MOST) {
      news.remove(0);
    }
  }

  /** At most so many, the latest last. */
  List<News> last(int count) {
    return List.copyOf(news.subList(Math.max(0, news.size() - count), news.size()));
  }
}
