package synod.door;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.redis.ArrayHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringHeaderRedisMessage;
import io.netty.handler.codec.redis.BulkStringRedisContent;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.InlineCommandRedisMessage;
import io.netty.handler.codec.redis.LastBulkStringRedisContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import synod.paxos.Bytes;

/**
 * Makes requests of the pieces that the decoder finds. The aggregators of netty-codec-redis bound
 * neither the number of elements nor their sum, so they are not used.
 *
 * <p>State: the open request and its open word. Invariants: 1. no memory is taken for what is only
 * announced; 2. the words of the open request stay within {@code maxPipelinedBytes}; 3. what is too
 * large is read and forgotten, so that the connection lives on; 4. what it holds of an open request
 * beyond its first bytes is charged to its share; 5. after a {@link ProtocolError} nothing is read
 * any more.
 */
final class RequestReader extends ChannelInboundHandlerAdapter {
  /** A word costs its object and its place in the list too. */
  private static final int WORD_OVERHEAD = 32;

  /** Of each request. */
  private static final int FREE = 16 * 1024;

  private final DoorLimits limits;
  private List<Bytes> words = new ArrayList<>();
  private int missing;
  private int bytes;
  private Optional<String> refusal = Optional.empty();
  private final Word word = new Word();
  private final Budget.Share share;
  private long charged;
  private boolean broken;

  /** {@code share}: of the door's memory; past it large requests are read and forgotten. */
  RequestReader(DoorLimits limits, Budget.Share share) {
    this.limits = limits;
    this.share = share;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (!broken) {
        read(context, message);
      }
    } catch (ProtocolError error) {
      broken = true;
      throw error;
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void read(ChannelHandlerContext context, Object message) {
    if (message instanceof BulkStringRedisContent content) {
      readContent(context, content);
    } else if (message instanceof BulkStringHeaderRedisMessage header) {
      demandOpen('$');
      beginWord(header.bulkStringLength());
    } else if (message instanceof ArrayHeaderRedisMessage header) {
      begin(header.length());
    } else if (message instanceof InlineCommandRedisMessage inline) {
      readInline(context, inline.content());
    } else {
      throw new ProtocolError("expected '*' or a line of words");
    }
  }

  private void begin(long length) {
    if (missing > 0) {
      throw new ProtocolError("expected '$', got '*'");
    }
    if (length > limits.maxElements()) {
      throw new ProtocolError(
          "invalid multibulk length: at most " + limits.maxElements() + " elements are taken");
    }
    missing = (int) Math.max(0, length);
  }

  private void demandOpen(char got) {
    if (missing == 0) {
      throw new ProtocolError("expected '*', got '" + got + "'");
    }
  }

  private void beginWord(int length) {
    if (length > limits.maxPipelinedBytes()) {
      throw new ProtocolError(
          "invalid bulk length: at most " + limits.maxPipelinedBytes() + " bytes are taken");
    }
    if (length > limits.maxValueBytes()) {
      refuse("argument of " + length + " bytes, at most " + limits.maxValueBytes() + " are stored");
    } else if ((long) bytes + length + WORD_OVERHEAD > limits.maxPipelinedBytes()) {
      refuse("request of more than " + limits.maxPipelinedBytes() + " bytes, send it in parts");
    }
    word.begin(length, refusal.isEmpty());
  }

  private void refuse(String why) {
    if (refusal.isEmpty()) {
      refusal = Optional.of(why);
    }
  }

  private void readContent(ChannelHandlerContext context, BulkStringRedisContent content) {
    if (content instanceof FullBulkStringRedisMessage full) {
      demandOpen('$');
      if (full.isNull()) {
        throw new ProtocolError("invalid bulk length");
      }
      beginWord(full.content().readableBytes());
    }
    charge((long) bytes + word.sizeWith(content.content().readableBytes()));
    word.add(content.content());
    if (content instanceof LastBulkStringRedisContent) {
      endWord(context);
    }
  }

  /** The first bytes are free: so whoever asks little is heard in any crowd. */
  private void charge(long size) {
    long more = size - FREE - charged;
    if (more <= 0) {
      return;
    }
    if (share.take(more)) {
      charged += more;
    } else {
      refuse(
          "BUSY requests and answers take all " + limits.maxMemoryBytes() + " bytes of the door");
      word.forget();
    }
  }

  private void endWord(ChannelHandlerContext context) {
    Bytes read = word.end();
    bytes += read.size() + WORD_OVERHEAD;
    words.add(read);
    missing--;
    if (missing == 0) {
      emit(context);
    }
  }

  /** A web page must not talk to the door through a browser, whose first lines are of HTTP. */
  private void readInline(ChannelHandlerContext context, String line) {
    if (missing > 0) {
      throw new ProtocolError("expected '$', got '" + line.charAt(0) + "'");
    }
    if (line.startsWith("POST ") || line.startsWith("Host: ")) {
      throw new ProtocolError("this is no web server");
    }
    for (Bytes read : InlineWords.split(line)) {
      words.add(read);
      bytes += read.size() + WORD_OVERHEAD;
    }
    if (!words.isEmpty()) {
      emit(context);
    }
  }

  private void emit(ChannelHandlerContext context) {
    Request request = new Request(words, bytes, refusal);
    words = new ArrayList<>(4);
    bytes = 0;
    share.give(charged);
    charged = 0;
    refusal = Optional.empty();
    context.fireChannelRead(request);
  }

  /** Whether a request has begun and is not whole yet. */
  boolean isHalf() {
    return missing > 0;
  }
}
