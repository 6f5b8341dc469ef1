package synod.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import synod.paxos.Invariant;
import synod.paxos.Message;
import synod.replica.WireCodec;

/** Messages as they travel, by production's codec; and as a version without a field sent them. */
final class Frames {
  private static final WireCodec CODEC = new WireCodec();
  private static final CBORMapper TREES = new CBORMapper();

  private Frames() {}

  static byte[] encode(Message message) {
    return CODEC.encode(message);
  }

  static Message decode(byte[] frame) {
    return CODEC.decode(frame);
  }

  /** Whatever field is missing, it must not be taken for a zero. */
  static void refuseOld(byte[] frame, SplittableRandom random) {
    byte[] old = withoutAField(frame, random);
    Message taken;
    try {
      taken = CODEC.decode(old);
    } catch (UncheckedIOException refused) {
      return;
    }
    Invariant.check(old.length == frame.length, "wire: a field is missing in %s", taken);
  }

  /** In a short form fields have no names: there the end of the last one is missing. */
  private static byte[] withoutAField(byte[] frame, SplittableRandom random) {
    try {
      JsonNode named = TREES.readTree(frame);
      if (!(named.get(1) instanceof ObjectNode fields)) {
        return Arrays.copyOf(frame, frame.length - 1);
      }
      List<String> names = new ArrayList<>();
      fields.fieldNames().forEachRemaining(names::add);
      if (!names.isEmpty()) {
        fields.remove(names.get(random.nextInt(names.size())));
      }
      return names.isEmpty() ? frame : TREES.writeValueAsBytes(named);
    } catch (IOException e) {
      throw new UncheckedIOException("not a frame", e);
    }
  }
}
