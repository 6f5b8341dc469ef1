package synod.replica;

import synod.kv.StateSummary;

/** What became of a snapshot or a backup that was asked for. */
public sealed interface Copied {
  /** It is durable, and this is what stands in it. */
  record Done(StateSummary state) implements Copied {}

  /** There is none, and why. */
  record Refused(String why) implements Copied {}
}
