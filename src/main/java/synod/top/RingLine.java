package synod.top;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ring in its order, and the token on its way. */
record RingLine(List<Integer> ring, Map<Integer, Subject> subjects, Marks marks) {

  /** Who holds the token stands in square brackets, who is not there in round ones. */
  Line line(Optional<Integer> leader, Optional<Token.Hop> hop) {
    Line line = new Line().add("ring    ", Look.FAINT);
    for (int id : ring) {
      boolean holds = hop.filter(h -> h.to() == id).isPresent();
      boolean there = Optional.ofNullable(subjects.get(id)).filter(Subject::isThere).isPresent();
      String name = id + (leader.filter(l -> l == id).isPresent() ? marks.crown : "");
      line.add(holds ? "[" + name + "]" : there ? name : "(" + name + ")", look(holds, there));
      line.add(" > ", Look.FAINT);
    }
    line.add(String.valueOf(ring.get(0)), Look.FAINT);
    hop.ifPresent(h -> line.add("   " + words(h), Look.LOUD));
    return line;
  }

  private static Look look(boolean holds, boolean there) {
    return holds ? Look.LOUD : there ? Look.PLAIN : Look.BAD;
  }

  private static String words(Token.Hop hop) {
    String name = "token " + hop.round() + " of " + hop.initiator();
    if (hop.closed()) {
      return name + " has been round";
    }
    return hop.from() == hop.to() ? name + " starts" : name + ": " + hop.from() + " > " + hop.to();
  }
}
