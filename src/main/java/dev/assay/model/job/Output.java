package dev.assay.model.job;

import dev.assay.model.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a job writes, and how.
 *
 * @param keys the columns of a merge
 * @param deletes for a merge: SQL that is true for rows that delete their key
 * @param partition Iceberg transforms such as {@code days(started_at)}
 * @param sort columns the files are sorted by
 * @param comments by column
 */
public record Output(
    TableName table,
    Mode mode,
    List<String> keys,
    Optional<String> deletes,
    List<String> partition,
    List<String> sort,
    Map<String, String> properties,
    Map<String, String> comments,
    Optional<String> description,
    Optional<String> owner,
    Drift drift) {
  /** The column that append mode adds: the data date of the run that wrote the row. */
  public static final String DATE_COLUMN = "data_date";

  public Output {
    keys = List.copyOf(keys);
    partition = List.copyOf(partition);
    sort = List.copyOf(sort);
    properties = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    comments = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(comments));
  }

  /** How rows meet those already there. */
  public enum Mode {
    /** Adds the rows of a data date, in the place of those an earlier run of that date wrote. */
    APPEND,
    /** Replaces the partitions that the rows fall into. */
    OVERWRITE_PARTITIONS,
    /** Inserts, updates and deletes by key. */
    MERGE,
    /** Replaces everything. */
    REPLACE
  }

  /** What happens when the rows have other columns than the table. */
  public enum Drift {
    FAIL,
    WARN,
    EVOLVE,
    AFTER_REVIEW
  }
}
