package synod.check;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Judges a recorded history. Exit codes: 0 it is linearizable, 1 it is not, 2 the file is no
 * history, 3 it could not be decided.
 */
public final class Main {
  private static final int BAD = 1;
  private static final int NO_HISTORY = 2;
  private static final int UNDECIDED = 3;

  private Main() {}

  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: check FILE");
      System.exit(NO_HISTORY);
    }
    System.exit(check(Path.of(arguments[0])));
  }

  private static int check(Path file) {
    try {
      KeyValues model = new KeyValues();
      Verdict verdict = new Checker<>(model).check(HistoryFile.read(file, model));
      System.out.println(verdict);
      return verdict instanceof Verdict.Linearizable
          ? 0
          : verdict instanceof Verdict.Undecided ? UNDECIDED : BAD;
    } catch (NoSuchFileException e) {
      System.err.println("synod: there is no file " + file);
      return NO_HISTORY;
    } catch (IOException | HistoryFile.BadHistory e) {
      System.err.println("synod: " + e.getMessage());
      return NO_HISTORY;
    }
  }
}
