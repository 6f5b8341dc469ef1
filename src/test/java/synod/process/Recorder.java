package synod.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import synod.check.HistoryFile;
import synod.check.Operation;

/** Writes down what clients ask and are told, for {@code run-cluster.sh check}. For any thread. */
final class Recorder implements AutoCloseable {
  private final Writer out;
  private final AtomicLong recorded = new AtomicLong();

  Recorder(Path file) {
    try {
      this.out = Files.newBufferedWriter(file);
      HistoryFile.begin(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Has it asked, and records it. What was certainly not done leaves no trace; of what was done
   * with an answer that nobody heard, no more is known than that it was asked.
   *
   * @param answer makes the answer in the words of a history of the number that was told
   */
  Told record(String client, List<String> words, SharedClient.Answer answer, Supplier<Told> ask) {
    long called = System.nanoTime();
    Told told = ask.get();
    long returned = System.nanoTime();
    if (told instanceof Told.Done done) {
      Optional<String> said = Optional.of(answer.of(done.value()));
      write(new Operation(0, client, words, called, said, returned));
    } else if (!(told instanceof Told.NotDone)) {
      write(new Operation(0, client, words, called, Optional.empty(), Operation.NEVER));
    }
    return told;
  }

  private synchronized void write(Operation operation) {
    try {
      out.write(HistoryFile.line(operation));
      recorded.incrementAndGet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long recorded() {
    return recorded.get();
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
