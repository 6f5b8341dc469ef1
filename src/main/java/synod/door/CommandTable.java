package synod.door;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import synod.paxos.Bytes;

/** All commands by name; upper and lower case are one. */
final class CommandTable {
  private static final int SHOWN = 128;
  private static final int WORDS = 32;

  private final TreeMap<String, Verb> verbs = new TreeMap<>();

  CommandTable(List<Verb> verbs) {
    add(verbs);
  }

  /** Adds commands; of two with one name the later stands. */
  void add(List<Verb> more) {
    for (Verb verb : more) {
      verbs.put(verb.usage().name(), verb);
    }
  }

  Optional<Verb> find(Bytes name) {
    return Optional.ofNullable(verbs.get(lower(name.array())));
  }

  Collection<Verb> all() {
    return verbs.values();
  }

  /** How long each command has taken, subcommands as {@code client|list}. */
  Map<String, CommandTimes> times() {
    Map<String, CommandTimes> times = new TreeMap<>();
    for (Verb verb : all()) {
      String name = verb.usage().name();
      times.put(name, verb.times());
      verb.parts()
          .ifPresent(
              parts -> parts.table().times().forEach((part, t) -> times.put(name + "|" + part, t)));
    }
    return times;
  }

  List<String> names() {
    return List.copyOf(verbs.keySet());
  }

  /** Redis's words for a command that there is not. */
  static String unknown(List<Bytes> words) {
    String arguments =
        words.stream()
            .skip(1)
            .limit(8)
            .map(word -> "'" + shortened(word) + "' ")
            .collect(Collectors.joining());
    return "unknown command '"
        + shortened(words.get(0))
        + "', with args beginning with: "
        + arguments;
  }

  /** As much of a word as an error should repeat. */
  static String shortened(Bytes word) {
    byte[] array = word.array();
    return new String(array, 0, Math.min(SHOWN, array.length), StandardCharsets.UTF_8);
  }

  /**
   * As much of a command as is kept of it or shown to others, whatever a client sends: 32 words, of
   * 128 bytes each, as Redis shortens them.
   */
  static List<Bytes> excerpt(List<Bytes> words) {
    List<Bytes> few = new ArrayList<>();
    int shown = words.size() > WORDS ? WORDS - 1 : words.size();
    words.subList(0, shown).forEach(word -> few.add(excerpt(word.array())));
    if (shown < words.size()) {
      few.add(Bytes.utf8("... (" + (words.size() - shown) + " more arguments)"));
    }
    return few;
  }

  private static Bytes excerpt(byte[] word) {
    if (word.length <= SHOWN) {
      return Bytes.of(word);
    }
    byte[] rest =
        ("... (" + (word.length - SHOWN) + " more bytes)").getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(word, SHOWN + rest.length);
    System.arraycopy(rest, 0, all, SHOWN, rest.length);
    return Bytes.of(all);
  }

  private static String lower(byte[] name) {
    byte[] lower = new byte[name.length];
    for (int i = 0; i < name.length; i++) {
      lower[i] = (byte) (name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
    }
    return new String(lower, StandardCharsets.ISO_8859_1);
  }
}
