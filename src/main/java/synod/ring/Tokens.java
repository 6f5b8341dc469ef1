package synod.ring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import synod.paxos.Ballot;
import synod.paxos.Message.Token;
import synod.paxos.Message.TokenEntry;
import synod.paxos.ReplicaId;

/** What can be read from a token. Nothing here depends on who reads it. */
final class Tokens {
  private Tokens() {}

  static TokenId id(Token token) {
    return new TokenId(token.round(), token.initiator());
  }

  static Token append(Token token, TokenEntry entry) {
    List<TokenEntry> path = new ArrayList<>(token.path());
    path.add(entry);
    return new Token(token.round(), token.initiator(), List.copyOf(path), token.forced());
  }

  static List<ReplicaId> replicas(List<TokenEntry> path) {
    return path.stream().map(TokenEntry::replica).toList();
  }

  /** Each entry is of another configured replica, so a path is never longer than the ring. */
  static boolean isSound(Ring ring, List<TokenEntry> path) {
    List<ReplicaId> replicas = replicas(path);
    return ring.replicas().containsAll(replicas)
        && replicas.stream().distinct().count() == replicas.size();
  }

  static int suspecters(List<TokenEntry> path) {
    return Math.toIntExact(path.stream().filter(TokenEntry::suspects).count());
  }

  static Ballot promised(List<TokenEntry> path) {
    return path.stream().map(TokenEntry::promised).max(Ballot::compareTo).orElse(Ballot.NONE);
  }

  /**
   * The ballot of the leader that some still hear, or {@link Ballot#NONE}. What a disk promises
   * that was made good is a bound, and no replica's.
   */
  static Ballot live(Ring ring, List<TokenEntry> path) {
    return promised(
        path.stream()
            .filter(entry -> !entry.suspects())
            .filter(entry -> ring.replicas().contains(entry.promised().replica()))
            .toList());
  }

  /**
   * The greatest (prefix, priority, id) among those that are eligible and reach a quorum. In a
   * forced election whoever leads now comes last among equal prefixes: a person who asks for an
   * election wants to see the leadership move, if that costs nobody a catch-up.
   */
  static Optional<ReplicaId> winner(Ring ring, List<TokenEntry> path, boolean forced) {
    ReplicaId leads = promised(path).replica();
    return eligible(ring, path).stream()
        .max(
            Comparator.comparingLong(TokenEntry::chosen)
                .thenComparing(entry -> !(forced && entry.replica().equals(leads)))
                .thenComparing(entry -> ring.priority(entry.replica()))
                .thenComparing(TokenEntry::replica))
        .map(TokenEntry::replica);
  }

  private static List<TokenEntry> eligible(Ring ring, List<TokenEntry> path) {
    return path.stream().filter(e -> e.eligible() && ring.canLead(e.reach())).toList();
  }

  /** Who suspected, and what {@link #winner} went by, for a person. */
  static String why(Ring ring, Token token, ReplicaId winner) {
    List<TokenEntry> able = eligible(ring, token.path());
    String suspecters =
        token.path().stream()
            .filter(TokenEntry::suspects)
            .map(entry -> entry.replica().toString())
            .collect(Collectors.joining(" "));
    String asked = token.forced() ? "it was asked for" : "no leader was heard by " + suspecters;
    return asked + "; " + measure(ring, able, winner);
  }

  private static String measure(Ring ring, List<TokenEntry> able, ReplicaId winner) {
    if (able.size() == 1) {
      return "the only one that may lead and reaches a quorum";
    }
    long longest = able.stream().mapToLong(TokenEntry::chosen).max().orElse(0);
    List<ReplicaId> equal =
        able.stream().filter(e -> e.chosen() == longest).map(TokenEntry::replica).toList();
    if (equal.size() == 1) {
      return "it knew the longest chosen prefix, up to slot " + longest;
    }
    long rivals = equal.stream().filter(id -> ring.priority(id) >= ring.priority(winner)).count();
    String by = rivals == 1 ? "the highest priority" : "the highest id that could be taken";
    return by + " among " + equal.size() + " with the same chosen prefix, slot " + longest;
  }
}
