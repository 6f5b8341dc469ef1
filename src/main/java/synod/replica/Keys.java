package synod.replica;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the keys of one object, each with its default and what is allowed. A value that will not do
 * becomes a problem, and the default stands in for it. State: every key that was asked for, with
 * the value in effect.
 */
final class Keys {
  /** "100" alone could be anything. */
  private static final String WITH_UNIT = "\\s*[0-9.]+\\s*[A-Za-z]+\\s*";

  private static final Pattern PERCENT = Pattern.compile("\\s*([0-9]{1,3})\\s*%\\s*");

  private final String prefix;
  private final Config config;
  private final Problems problems;
  private final Map<String, String> effective = new LinkedHashMap<>();

  Keys(String prefix, Config config, Problems problems) {
    this.prefix = prefix;
    this.config = config;
    this.problems = problems;
  }

  /** How a value stands in the file. */
  static String shown(ConfigValue value) {
    return "= " + value.render(ConfigRenderOptions.concise());
  }

  Map<String, String> effective() {
    return Collections.unmodifiableMap(effective);
  }

  /** Takes the keys of an object inside this one into the list of what is in effect. */
  void include(Keys inner) {
    effective.putAll(inner.effective);
  }

  void show(String key, String value) {
    effective.put(prefix + key, value);
  }

  String text(String key, String byDefault, String pattern, String allowed) {
    return read(key, byDefault, value -> string(value).filter(s -> s.matches(pattern)), allowed);
  }

  String neededText(String key, String pattern, String allowed) {
    return isGiven(key, allowed) ? text(key, "", pattern, allowed) : "";
  }

  /** Any text at all. */
  Optional<String> optionalText(String key, String allowed) {
    return Optional.of(text(key, "", ".+", allowed)).filter(s -> !s.isEmpty());
  }

  int count(String key, int byDefault, int least, int most) {
    String allowed = "a whole number from " + least + " to " + most;
    return read(key, byDefault, v -> whole(v).filter(n -> n >= least && n <= most), allowed);
  }

  int needed(String key, int least, int most) {
    return isGiven(key, "a whole number from " + least + " to " + most)
        ? count(key, least, least, most)
        : least;
  }

  boolean flag(String key, boolean byDefault) {
    return read(
        key,
        byDefault,
        v -> v.unwrapped() instanceof Boolean b ? Optional.of(b) : Optional.empty(),
        "true or false");
  }

  Duration duration(String key, String byDefault, String least, String most) {
    Duration low = duration(least);
    Duration high = duration(most);
    Function<ConfigValue, Optional<Duration>> parse =
        value ->
            parse(value, Keys::duration)
                .filter(d -> d.compareTo(low) >= 0 && d.compareTo(high) <= 0);
    return read(key, duration(byDefault), parse, "a time from " + least + " to " + most);
  }

  /** A whole number of hundredths, written with its sign. */
  int percent(String key, int byDefault, int least, int most) {
    int percent =
        read(
            key,
            byDefault,
            v -> string(v).flatMap(Keys::hundredths).filter(n -> n >= least && n <= most),
            "a whole number from " + least + " % to " + most + " %");
    show(key, percent + " %");
    return percent;
  }

  private static Optional<Integer> hundredths(String text) {
    Matcher matcher = PERCENT.matcher(text);
    return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }

  long size(String key, String byDefault, String least, String most) {
    long low = size(least);
    long high = size(most);
    Function<ConfigValue, Optional<Long>> parse =
        value -> parse(value, Keys::size).filter(n -> n >= low && n <= high);
    long size = read(key, size(byDefault), parse, "a size from " + least + " to " + most);
    show(key, Units.bytes(size));
    return size;
  }

  /**
   * Every key of the file that nobody asked for is a problem; {@code others} are read elsewhere.
   */
  void refuseUnknown(List<String> others) {
    for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
      String key = String.join(".", ConfigUtil.splitPath(entry.getKey()));
      boolean known = effective.containsKey(prefix + key) || others.contains(key);
      if (!known && !problems.hasAbove(prefix + key)) {
        problems.add(entry.getValue(), prefix + key, "is no key", "one of " + beside(key));
      }
    }
  }

  /** The keys beside an unknown one, or all that there are. */
  private String beside(String key) {
    String group = key.substring(0, key.indexOf('.') + 1);
    List<String> all =
        effective.keySet().stream()
            .filter(known -> known.startsWith(prefix) && known.indexOf('[') <= prefix.indexOf('['))
            .toList();
    List<String> near = all.stream().filter(known -> known.startsWith(prefix + group)).toList();
    return String.join(", ", near.isEmpty() ? all : near);
  }

  private <T> T read(
      String key, T byDefault, Function<ConfigValue, Optional<T>> parse, String allowed) {
    T result = byDefault;
    if (config.hasPathOrNull(key)) {
      ConfigValue found = config.getIsNull(key) ? null : config.getValue(key);
      Optional<T> parsed = found == null ? Optional.empty() : parse.apply(found);
      if (parsed.isEmpty()) {
        problems.add(
            found == null ? config.origin() : found.origin(),
            prefix + key,
            found == null ? "= null" : shown(found),
            allowed);
      }
      result = parsed.orElse(byDefault);
    }
    show(key, result instanceof Duration d ? Units.time(d) : String.valueOf(result));
    return result;
  }

  private boolean isGiven(String key, String allowed) {
    if (!config.hasPathOrNull(key)) {
      problems.add(config.root(), prefix + key, "is missing", allowed);
      show(key, "");
    }
    return config.hasPathOrNull(key);
  }

  private static Optional<String> string(ConfigValue value) {
    boolean plain =
        value.valueType() == ConfigValueType.STRING || value.valueType() == ConfigValueType.NUMBER;
    return plain ? Optional.of(String.valueOf(value.unwrapped())) : Optional.empty();
  }

  private static Optional<Integer> whole(ConfigValue value) {
    return value.unwrapped() instanceof Integer n ? Optional.of(n) : Optional.empty();
  }

  private static <T> Optional<T> parse(ConfigValue value, Function<String, T> parse) {
    try {
      return string(value).filter(s -> s.matches(WITH_UNIT)).map(parse);
    } catch (ConfigException e) {
      return Optional.empty();
    }
  }

  private static Duration duration(String text) {
    return ConfigFactory.parseMap(Map.of("x", text)).getDuration("x");
  }

  private static long size(String text) {
    return ConfigFactory.parseMap(Map.of("x", text)).getBytes("x");
  }
}
