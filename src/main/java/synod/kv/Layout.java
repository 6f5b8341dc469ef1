package synod.kv;

import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How the commands of one class stand in a batch, behind their ticket.
 *
 * @param kind stands in journals for this layout and is never used for another
 * @param reader reads what the writer wrote, or finds it {@link Malformed}
 */
record Layout<C extends Command>(
    int kind, Class<C> type, BiConsumer<C, ByteSink> writer, Function<ByteReader, C> reader) {

  void write(Command command, ByteSink to) {
    writer.accept(type.cast(command), to);
  }
}
