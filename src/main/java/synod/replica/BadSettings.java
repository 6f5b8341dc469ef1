package synod.replica;

import java.util.List;

/** The configuration cannot be used. The message is for the person who wrote it. */
public final class BadSettings extends Exception {
  private static final long serialVersionUID = 1;

  BadSettings(List<String> problems) {
    super(String.join("\n", problems));
  }

  /** One problem a line. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
