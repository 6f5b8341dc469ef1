package synod.top;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether the store serves, in words, by what the replicas say of themselves.
 *
 * @param headline the state in a few words
 * @param reason why, and what will happen or can be done
 */
record Service(String headline, String reason, boolean good, Optional<Integer> leader) {

  static Service of(Collection<Subject> subjects, Optional<Token.Hop> token) {
    return new Judge(List.copyOf(subjects), token).judge();
  }

  /** Looks at all of them at one moment. */
  private record Judge(List<Subject> all, Optional<Token.Hop> token) {

    Service judge() {
      if (there().isEmpty()) {
        boolean asked = all.stream().allMatch(Subject::wasAsked);
        return bad(
            asked ? "no replica answers" : "asking the replicas ...",
            asked ? "Select one with its number, and press s to start it." : "");
      }
      Optional<Subject> leading = leading();
      int needed = leading.isPresent() ? need().serve() : need().elect();
      if (voters(there()).size() < needed) {
        return bad(
            noLeader(), "Nothing is acknowledged now. Start replicas (s), or let them go on (z).");
      }
      if (leading.isEmpty()) {
        return bad(noLeader(), why());
      }
      return serving(leading.get());
    }

    private Service serving(Subject leader) {
      int quorum = (int) voters(there()).stream().filter(voter -> connected(leader, voter)).count();
      Optional<Integer> id = Optional.of(leader.id());
      String of = quorum + " of " + all.size();
      int needed = need().serve();
      if (quorum < needed) {
        String reason = "It reaches too few others: it will stand down, and they elect another.";
        return new Service(
            "not serving: leader " + leader.id() + " has " + of + ", " + needed + " are needed",
            reason,
            false,
            id);
      }
      return new Service(
          "serving: leader " + leader.id() + ", quorum " + of,
          String.format(
              "It leads at ballot %s; a put is done when %d acceptors have it on disk.",
              leader.last().field("ballot"), needed),
          true,
          id);
    }

    private static boolean connected(Subject leader, Subject voter) {
      return leader.id() == voter.id()
          || (leader.last().reaches(voter.id()) && voter.last().reaches(leader.id()));
    }

    private static Service bad(String headline, String reason) {
      return new Service(headline, reason, false, Optional.empty());
    }

    private String noLeader() {
      return String.format(
          "no leader: %d of %d answer, %d are needed", there().size(), all.size(), need().elect());
    }

    private String why() {
      Optional<Subject> candidate =
          there().stream()
              .filter(s -> s.last().state("proposer").matches("preparing|recovering"))
              .findFirst();
      if (candidate.isPresent()) {
        return "Replica " + candidate.get().id() + " asks the acceptors to promise it a ballot.";
      }
      if (token.isPresent()) {
        return "A token goes round the ring to find who is to lead.";
      }
      return believed()
          .map(id -> "Replica " + id + " led and is not heard; soon others suspect it, and elect.")
          .orElse("Nobody is known to lead; a token will be sent round the ring.");
    }

    /** Whom the highest ballot takes for the leader. */
    private Optional<Integer> believed() {
      return there().stream()
          .filter(subject -> !subject.last().field("leader").isEmpty())
          .max(Comparator.comparingLong(subject -> subject.last().number("ballot")))
          .map(subject -> (int) subject.last().number("leader"));
    }

    private Optional<Subject> leading() {
      return there().stream()
          .filter(subject -> subject.last().state("proposer").equals("leading"))
          .max(Comparator.comparingLong(subject -> subject.last().number("ballot")));
    }

    private List<Subject> there() {
      return all.stream().filter(Subject::isThere).toList();
    }

    private static List<Subject> voters(List<Subject> some) {
      return some.stream().filter(s -> s.last().state("acceptor").equals("voting")).toList();
    }

    private Need need() {
      return Need.of(there().stream().map(s -> s.last().field("quorums")).toList(), all.size());
    }
  }
}
