package synod.replica;

import java.nio.file.Path;
import java.util.List;
import synod.replica.Settings.Member;

/**
 * What the launcher asks before it starts anything: is the configuration good, and which replicas
 * are there? Prints the settings in effect, or with {@code --brief} one line for the data directory
 * and one a replica. Ends with 0, or with 2 and the problems, as a replica would.
 */
public final class PrintSettings {
  /** The exit code for a configuration that cannot be used. */
  public static final int BAD_CONFIGURATION = 2;

  private PrintSettings() {}

  /** Arguments: the configuration file, and {@code --brief} if so wanted. */
  public static void main(String[] arguments) {
    try {
      Settings settings = Settings.load(Path.of(arguments[0]), System.getenv());
      boolean brief = List.of(arguments).contains("--brief");
      System.out.println(brief ? brief(settings) : settings.describe());
    } catch (BadSettings e) {
      System.err.println(e.getMessage());
      System.exit(BAD_CONFIGURATION);
    }
  }

  static String brief(Settings settings) {
    StringBuilder lines = new StringBuilder("data " + settings.store().data());
    for (Member member : settings.replicas()) {
      lines.append(
          "\nreplica %s %s %s %s %s"
              .formatted(
                  member.id(),
                  member.host(),
                  member.arteryPort(),
                  member.linkPort(),
                  member.doorPort()));
    }
    return lines.toString();
  }
}
