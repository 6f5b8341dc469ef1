package synod.door;

import synod.door.Usage.Kind;

/** What is on its way through the replica for one connection. */
final class Load {
  /** Each may bring back a value of the greatest size. */
  private static final int MAX_ELEMENTS = 1024;

  private final DoorLimits limits;
  private long bytes;
  private int elements;
  private int reads;
  private int writes;

  Load(DoorLimits limits) {
    this.limits = limits;
  }

  /** Whether the call may start now. One alone always has room. */
  boolean takes(Call call) {
    boolean room =
        bytes + call.request().bytes() <= limits.maxPipelinedBytes()
            && elements + call.size() <= MAX_ELEMENTS;
    return (room || elements == 0) && isInTurn(call.kind());
  }

  private boolean isInTurn(Kind kind) {
    return switch (kind) {
      case READ -> writes == 0;
      case WRITE -> reads == 0;
      case ALONE -> reads == 0 && writes == 0;
      case LOCAL -> true;
    };
  }

  void add(Call call) {
    count(call, 1);
  }

  void remove(Call call) {
    count(call, -1);
  }

  private void count(Call call, int sign) {
    bytes += (long) sign * call.request().bytes();
    elements += sign * call.size();
    boolean alone = call.kind() == Kind.ALONE;
    reads += alone || call.kind() == Kind.READ ? sign : 0;
    writes += alone || call.kind() == Kind.WRITE ? sign : 0;
  }
}
