package dev.assay.model.lineage;

import java.util.Comparator;

/**
 * A column of an input, and what it is for a column of the output.
 *
 * @param input the alias of the input
 * @param field its column, as the input names it
 * @param masked whether a protection stands between: token, ciphertext or mask
 */
public record ColumnSource(String input, String field, Relation relation, boolean masked)
    implements Comparable<ColumnSource> {
  private static final Comparator<ColumnSource> ORDER =
      Comparator.comparing(ColumnSource::input)
          .thenComparing(ColumnSource::field)
          .thenComparing(ColumnSource::relation)
          .thenComparing(ColumnSource::masked);

  /** The column as it is read. */
  public static ColumnSource of(String input, String field) {
    return new ColumnSource(input, field, Relation.IDENTITY, false);
  }

  /** Of something computed from what this is the source of. */
  public ColumnSource then(Relation outer) {
    return new ColumnSource(input, field, relation.then(outer), masked);
  }

  /** The same column, deciding only. */
  public ColumnSource as(Relation indirect) {
    return new ColumnSource(input, field, indirect, masked);
  }

  /** Behind a protection. */
  public ColumnSource behindMask() {
    return new ColumnSource(input, field, relation.then(Relation.TRANSFORMATION), true);
  }

  @Override
  public int compareTo(ColumnSource other) {
    return ORDER.compare(this, other);
  }
}
