package dev.assay.rules.evidence;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Puts an instant in the place of the present in SQL: {@code now()}, {@code current_timestamp},
 * {@code current_date}, {@code curdate()}, {@code localtimestamp} and {@code unix_timestamp()}.
 * Texts, quoted names and comments stay as they are, and so do words such as {@code 'today'}, which
 * Spark takes for a date only where one is asked for.
 */
public final class PresentTime implements UnaryOperator<String> {
  /** Everything in which words mean nothing, calls without arguments, and names. */
  private static final Pattern TOKENS =
      Pattern.compile(
          "(?is)\\br'[^']*'|\\br\"[^\"]*\""
              + "|'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\"|`(?:[^`]|``)*`"
              + "|--[^\\n]*|/\\*.*?\\*/"
              + "|(?<call>(?<![\\w.])(?:now|current_timestamp|localtimestamp|current_date|curdate|unix_timestamp)\\s*\\(\\s*\\))"
              + "|(?<name>(?<![\\w.])(?<!\\bas\\s)(?:current_timestamp|localtimestamp|current_date)(?![\\w.(]))");

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

  private final Instant instant;
  private final ZoneId zone;
  private final Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param zone of the session, which decides what day it is
   * @param columns names that mean a column wherever they stand without parentheses
   */
  public PresentTime(Instant instant, ZoneId zone, Collection<String> columns) {
    this.instant = instant;
    this.zone = zone;
    this.columns.addAll(columns);
  }

  /** The same SQL, as it is at the instant. */
  @Override
  public String apply(String sql) {
    return TOKENS.matcher(sql).replaceAll(found -> quoted(replacement(found)));
  }

  private static String quoted(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  private String replacement(MatchResult found) {
    String call = found.group(1);
    String name = found.group(2);
    if (call != null) {
      return literal(call.replaceAll("[\\s()]", ""));
    }
    return name == null || columns.contains(name) ? found.group() : literal(name);
  }

  private String literal(String function) {
    return switch (function.toLowerCase(Locale.ROOT)) {
      case "current_date", "curdate" -> "DATE'%s'".formatted(instant.atZone(zone).toLocalDate());
      case "localtimestamp" -> "TIMESTAMP_NTZ'%s'".formatted(LOCAL.format(instant.atZone(zone)));
      case "unix_timestamp" -> "%dL".formatted(instant.getEpochSecond());
      default -> "TIMESTAMP'%sZ'".formatted(LOCAL.format(instant.atZone(java.time.ZoneOffset.UTC)));
    };
  }
}
