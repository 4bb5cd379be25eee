package dev.assay.suggest;

import java.util.List;
import java.util.Optional;

/**
 * What a column seems to hold.
 *
 * @param source its name in the input
 * @param name a name for the table: lower case, no odd characters
 * @param type a Spark SQL type
 * @param format how its text is written, if not in the usual way
 * @param complete whether no value was missing
 * @param unique whether no value occurred twice
 * @param personal the kind of personal data it looks like
 * @param values its distinct values, if they are few and not personal
 */
public record ColumnGuess(
    String source,
    String name,
    String type,
    Optional<String> format,
    boolean complete,
    boolean unique,
    Optional<String> personal,
    List<String> values) {
  public ColumnGuess {
    values = List.copyOf(values);
  }

  /** The same under another name. */
  ColumnGuess named(String other) {
    return new ColumnGuess(source, other, type, format, complete, unique, personal, values);
  }

  public boolean renamed() {
    return !source.equals(name);
  }
}
