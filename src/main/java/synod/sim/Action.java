package synod.sim;

import java.util.Arrays;
import java.util.List;

/**
 * Something that fate or a person does to a world. {@code N} is a replica's number, or {@code
 * leader}: whoever leads at that moment.
 *
 * <pre>
 * kill N | start N                            a process; what was not synced may be lost
 * crash ROLE N                                a role alone
 * trap ROLE N MESSAGE before|midway|after     it crashes when such a message comes
 * pause N MS                                  the process stands still, and then goes on
 * jump N MS                                   its clock jumps ahead
 * cut A&gt;B ... | isolate N | heal              links
 * disk N cut-at-write|cut-before-sync|cut-after-sync|fail-write|fail-sync|full
 * commit N                                    it dies behind its next commit
 * rot N                                       its snapshot is read with a bit flipped
 * hang N | slow N MS | mend N                 a disk that answers never, late, and as it should
 * wipe N | damage N SLOTS                     of a dead replica, if enough others have their disks
 * back-up N | put-back N                      the disk of a dead replica is copied; is that copy
 * readmit N | elect N                         what a person asks for
 * put N KEY VALUE                             what a client asks for
 * lead N ROUND                                its proposer is to lead, with a round above this one
 * watch | look-away                           a diagram shows what lies between these two
 * </pre>
 *
 * @param ms when, in virtual time
 */
record Action(long ms, List<String> words) implements Comparable<Action> {
  Action {
    words = List.copyOf(words);
  }

  static Action at(long ms, Object... words) {
    return new Action(ms, Arrays.stream(words).map(String::valueOf).toList());
  }

  @Override
  public int compareTo(Action that) {
    return Long.compare(ms, that.ms);
  }

  @Override
  public String toString() {
    return "at " + ms + " " + String.join(" ", words);
  }
}
