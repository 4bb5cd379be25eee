package dev.assay.jobs;

import dev.assay.model.Nearest;
import dev.assay.model.Position;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The values of {@code ${name}} in job files, and which of them a file used. */
final class Variables {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_-]*)}");

  private static final String DATE = "date";

  private final Map<String, String> values = new TreeMap<>();
  private final Set<String> used = new HashSet<>();

  /** Names whose values depend on the data date. */
  private final Set<String> dated = new HashSet<>();

  /** Names without a value that were used, and where first; empty unless that is allowed. */
  private final Map<String, String> later;

  private final boolean givenLater;

  Variables(Map<String, String> values, LocalDate dataDate) {
    this(values, dataDate, Set.of(), false, new TreeMap<>());
  }

  /** Names without a value stand for themselves, and are remembered. */
  static Variables givenLater(Map<String, String> values, LocalDate dataDate) {
    return new Variables(values, dataDate, Set.of(), true, new TreeMap<>());
  }

  private Variables(
      Map<String, String> values,
      LocalDate dataDate,
      Set<String> dated,
      boolean givenLater,
      Map<String, String> later) {
    this.givenLater = givenLater;
    this.later = later;
    this.values.putAll(values);
    this.values.put(DATE, dataDate.toString());
    this.dated.addAll(dated);
    this.dated.add(DATE);
  }

  /**
   * The same values and further ones; those given here win over {@code defaults}.
   *
   * @param dated those of the defaults whose values were made with the data date
   */
  Variables withDefaults(Map<String, String> defaults, Set<String> dated) {
    Map<String, String> merged = new TreeMap<>(defaults);
    merged.putAll(values);
    return new Variables(
        merged, LocalDate.parse(values.getOrDefault(DATE, "")), dated, givenLater, later);
  }

  /** Whether anything resolved so far depends on the data date, also through another variable. */
  boolean usesDate() {
    return used.stream().anyMatch(dated::contains);
  }

  /** Whether a text that was not resolved yet depends on the data date. */
  boolean isDated(String text) {
    return REFERENCE.matcher(text).results().anyMatch(found -> dated.contains(found.group(1)));
  }

  /** Names without a value that were used, with the place of the first use of each. */
  Map<String, String> later() {
    return Map.copyOf(later);
  }

  /** The names in a text that have no value yet. */
  Set<String> later(String text) {
    return REFERENCE
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(name -> givenLater && !values.containsKey(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What to say of a name without a value: the defined one that was meant, or how to give it. */
  Optional<String> meant(String name) {
    return Nearest.to(name, values.keySet()).map("Did you mean ${%s}?"::formatted);
  }

  String resolve(String text, String file, Position position) {
    Matcher matcher = REFERENCE.matcher(text);
    StringBuilder resolved = new StringBuilder();
    while (matcher.find()) {
      String name = matcher.group(1);
      String value = values.get(name);
      if (value == null && givenLater) {
        later.putIfAbsent(name, "%s:%d:%d".formatted(file, position.line(), position.column()));
        value = name;
      }
      if (value == null) {
        throw new InvalidJobException(
            file,
            position,
            "variable ${%s} is not defined".formatted(name),
            meant(name).orElse("Give it with --var %s=VALUE.".formatted(name)));
      }
      used.add(name);
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(resolved);
    return resolved.toString();
  }
}
