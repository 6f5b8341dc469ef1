package synod.door;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import synod.paxos.Bytes;

/**
 * Writes replies in RESP2, or in RESP3 where the client asked for it. The encoder of
 * netty-codec-redis knows RESP2 only, and takes a buffer for every piece of a reply.
 */
final class ReplyEncoder {
  private static final int CRLF = '\r' << 8 | '\n';

  private ReplyEncoder() {}

  static void write(ByteBuf out, Reply reply, int protocol) {
    if (reply instanceof Reply.Simple simple) {
      line(out, '+', simple.text());
    } else if (reply instanceof Reply.Bulk bulk) {
      bulk(out, bulk.bytes());
    } else if (reply instanceof Reply.Nil) {
      ByteBufUtil.writeAscii(out, protocol == 3 ? "_\r\n" : "$-1\r\n");
    } else if (reply instanceof Reply.Whole whole) {
      line(out, ':', Long.toString(whole.value()));
    } else if (reply instanceof Reply.Failure failure) {
      line(out, '-', oneLine(failure.text()));
    } else if (reply instanceof Reply.Later later) {
      write(out, later.read().get(), protocol);
    } else {
      writeMany(out, reply, protocol);
    }
  }

  private static void writeMany(ByteBuf out, Reply reply, int protocol) {
    if (reply instanceof Reply.Items many) {
      many(out, '*', many.items(), protocol);
    } else if (reply instanceof Reply.Pairs map && protocol == 3) {
      line(out, '%', Integer.toString(map.flat().size() / 2));
      map.flat().forEach(each -> write(out, each, protocol));
    } else if (reply instanceof Reply.Pairs map) {
      many(out, '*', map.flat(), protocol);
    } else if (reply instanceof Reply.Push push && protocol == 3) {
      many(out, '>', push.items(), protocol);
    } else if (reply instanceof Reply.Push push) {
      write(out, push.items().get(push.items().size() - 1), protocol);
    }
  }

  private static void many(ByteBuf out, char kind, List<Reply> items, int protocol) {
    line(out, kind, Integer.toString(items.size()));
    for (Reply each : items) {
      write(out, each, protocol);
    }
  }

  private static void bulk(ByteBuf out, Bytes bytes) {
    out.ensureWritable(bytes.size() + 16);
    line(out, '$', Integer.toString(bytes.size()));
    out.writeBytes(bytes.array());
    out.writeShort(CRLF);
  }

  private static void line(ByteBuf out, char kind, String text) {
    out.writeByte(kind);
    ByteBufUtil.writeUtf8(out, text);
    out.writeShort(CRLF);
  }

  /** What a client sent may stand in an error: it must not end the line and forge a reply. */
  private static String oneLine(String text) {
    return text.replace('\r', ' ').replace('\n', ' ');
  }
}
