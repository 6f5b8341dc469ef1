package synod.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import synod.kv.CommandRange;

/**
 * Entries as lines of text: fields between tabs, in which {@code \\}, {@code \t}, {@code \n} and
 * {@code \r} stand for what would end a field.
 *
 * <pre>
 *   replica place micros  sent|received|dropped|lost id peer kind from to ballot slot text commands
 *   replica place micros  happened  role name ballot slot text
 *   replica place micros  synced    role tookMicros
 *   dropped count                                  so many entries are missing here
 * </pre>
 */
public final class Lines {
  private static final String DROPPED = "dropped";
  private static final int BEFORE_FACT = 4;
  private static final int OF_MESSAGE = 13;
  private static final int OF_EVENT = 9;
  private static final int OF_SYNC = 6;

  private Lines() {}

  public static String write(Entry entry) {
    List<String> fields = new ArrayList<>();
    fields.add(String.valueOf(entry.replica()));
    fields.add(String.valueOf(entry.place()));
    fields.add(String.valueOf(entry.micros()));
    add(fields, entry.fact());
    return String.join("\t", fields.stream().map(Lines::escaped).toList());
  }

  private static void add(List<String> fields, Fact fact) {
    if (fact instanceof Fact.Sent f) {
      add(fields, "sent", f);
    } else if (fact instanceof Fact.Received f) {
      add(fields, "received", f);
    } else if (fact instanceof Fact.Dropped f) {
      add(fields, "dropped", f);
    } else if (fact instanceof Fact.Lost f) {
      add(fields, "lost", f);
    } else if (fact instanceof Fact.Happened f) {
      fields.addAll(List.of("happened", f.role(), f.name(), f.ballot()));
      fields.addAll(List.of(String.valueOf(f.slot()), f.text()));
    } else if (fact instanceof Fact.Synced f) {
      fields.addAll(List.of("synced", f.role(), String.valueOf(f.tookMicros())));
    }
  }

  private static void add(List<String> fields, String what, Fact.OfMessage fact) {
    Said said = fact.said();
    fields.addAll(List.of(what, fact.id(), String.valueOf(fact.peer())));
    fields.addAll(List.of(said.kind(), said.from(), said.to(), said.ballot()));
    fields.addAll(List.of(String.valueOf(said.slot()), said.text(), text(said.commands())));
  }

  /** {@code session:first-last}, with blanks between. */
  private static String text(List<CommandRange> commands) {
    return commands.stream()
        .map(range -> range.session() + ":" + range.first() + "-" + range.last())
        .collect(Collectors.joining(" "));
  }

  /** In place of entries that could not be kept. */
  public static String dropped(long entries) {
    return DROPPED + "\t" + entries;
  }

  /** How many entries are missing here; nothing if the line is an entry. */
  public static OptionalLong dropped(String line) {
    return line.startsWith(DROPPED + "\t")
        ? OptionalLong.of(Long.parseLong(line.substring(DROPPED.length() + 1)))
        : OptionalLong.empty();
  }

  /**
   * The entry that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is none, in words for a person
   */
  public static Entry parse(String line) {
    List<String> fields = new ArrayList<>();
    for (String field : line.split("\t", -1)) {
      fields.add(plain(field));
    }
    try {
      return new Entry(
          Integer.parseInt(fields.get(0)),
          Long.parseLong(fields.get(1)),
          Long.parseLong(fields.get(2)),
          fact(fields));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("no entry of a trace: '" + line + "'", e);
    }
  }

  private static Fact fact(List<String> fields) {
    String what = fields.get(BEFORE_FACT - 1);
    boolean whole =
        switch (what) {
          case "sent", "received", "dropped", "lost" -> fields.size() == OF_MESSAGE;
          case "happened" -> fields.size() == OF_EVENT;
          case "synced" -> fields.size() == OF_SYNC;
          default -> false;
        };
    if (!whole) {
      throw new IllegalArgumentException(
          "no entry of a trace: '" + what + "' with " + fields.size() + " fields");
    }
    return fact(what, fields.subList(BEFORE_FACT, fields.size()));
  }

  private static Fact fact(String what, List<String> rest) {
    return switch (what) {
      case "sent" -> new Fact.Sent(rest.get(0), Integer.parseInt(rest.get(1)), said(rest));
      case "received" -> new Fact.Received(rest.get(0), Integer.parseInt(rest.get(1)), said(rest));
      case "dropped" -> new Fact.Dropped(rest.get(0), Integer.parseInt(rest.get(1)), said(rest));
      case "lost" -> new Fact.Lost(rest.get(0), Integer.parseInt(rest.get(1)), said(rest));
      case "happened" ->
          new Fact.Happened(
              rest.get(0), rest.get(1), rest.get(2), Long.parseLong(rest.get(3)), rest.get(4));
      default -> new Fact.Synced(rest.get(0), Long.parseLong(rest.get(1)));
    };
  }

  private static Said said(List<String> rest) {
    List<String> said = rest.subList(2, rest.size());
    return new Said(
        said.get(0),
        said.get(1),
        said.get(2),
        said.get(3),
        Long.parseLong(said.get(4)),
        said.get(5),
        commands(said.get(6)));
  }

  private static List<CommandRange> commands(String text) {
    return Stream.of(text.split(" ", -1)).filter(one -> !one.isEmpty()).map(Lines::range).toList();
  }

  private static CommandRange range(String text) {
    List<String> parts = List.of(text.split("[:-]", -1));
    return new CommandRange(
        Long.parseLong(parts.get(0)), Long.parseLong(parts.get(1)), Long.parseLong(parts.get(2)));
  }

  private static String escaped(String field) {
    return field
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String plain(String field) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\' && i + 1 < field.length()) {
        i++;
        plain.append(unescaped(field.charAt(i)));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static char unescaped(char letter) {
    return switch (letter) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> letter;
    };
  }
}
