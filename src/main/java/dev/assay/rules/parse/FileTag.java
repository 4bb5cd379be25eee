package dev.assay.rules.parse;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What stands behind {@code with} in rules about files. The names are the reference's, and so are
 * the types that take each.
 */
public enum FileTag {
  /** Only so many files, the ones modified last. */
  recentFiles(
      RuleType.FileFreshness, RuleType.FileSize, RuleType.FileMatch, RuleType.FileUniqueness),
  /** Only files whose path matches. */
  uriRegex(RuleType.FileFreshness, RuleType.FileSize, RuleType.FileMatch, RuleType.FileUniqueness),
  /** In which order these two choose. */
  filterOrder(
      RuleType.FileFreshness, RuleType.FileSize, RuleType.FileMatch, RuleType.FileUniqueness),
  /** One file that does not meet the condition is enough to fail, whatever the threshold. */
  failFast(RuleType.FileFreshness, RuleType.FileSize),
  /** In which zone times of day are meant. */
  timeZone(RuleType.FileFreshness),
  /** Names count too, and not only what is in the files. */
  matchFileName(RuleType.FileMatch, RuleType.FileUniqueness),
  /** Which checksums are listed. */
  hashAlgorithm(RuleType.FileMatch);

  /** The algorithms of checksums. */
  public static final List<String> ALGORITHMS = List.of("MD5", "SHA-1", "SHA-256");

  private final Set<RuleType> types;

  FileTag(RuleType... types) {
    this.types = Set.of(types);
  }

  static Optional<FileTag> named(String name) {
    return Arrays.stream(values()).filter(tag -> tag.name().equals(name)).findFirst();
  }

  static List<String> namesFor(RuleType type) {
    return Arrays.stream(values()).filter(tag -> tag.goesWith(type)).map(Enum::name).toList();
  }

  boolean goesWith(RuleType type) {
    return types.contains(type);
  }

  /** What is wrong with these values, in the words of what was expected; empty if nothing is. */
  Optional<String> expected(List<String> values, Set<String> present) {
    if (this == filterOrder) {
      boolean sound =
          values.stream().allMatch(name -> isFilter(name) && present.contains(name))
              && values.stream().distinct().count() == values.size();
      return sound
          ? Optional.empty()
          : Optional.of("[\"uriRegex\", \"recentFiles\"], both given on the same rule");
    }
    if (values.size() != 1) {
      return Optional.of("one value");
    }
    String value = values.get(0);
    boolean sound =
        switch (this) {
          case recentFiles -> value.matches("[1-9][0-9]{0,8}");
          case failFast, matchFileName -> value.matches("(?i)true|false");
          case hashAlgorithm -> ALGORITHMS.contains(value);
          case timeZone -> isZone(value);
          case uriRegex -> isRegex(value);
          case filterOrder -> true;
        };
    return sound ? Optional.empty() : Optional.of(example());
  }

  private String example() {
    return switch (this) {
      case recentFiles -> "a number of files, such as 5";
      case failFast, matchFileName -> "\"true\" or \"false\"";
      case hashAlgorithm -> String.join(", ", ALGORITHMS);
      case timeZone -> "a time zone such as \"Europe/Paris\"";
      case uriRegex -> "a regular expression in Java's syntax, such as \"\\.csv$\"";
      case filterOrder -> "";
    };
  }

  private static boolean isFilter(String name) {
    return name.equals(recentFiles.name()) || name.equals(uriRegex.name());
  }

  private static boolean isZone(String text) {
    try {
      ZoneId.of(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isRegex(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
