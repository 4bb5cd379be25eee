package dev.assay.model.job;

import dev.assay.model.TableName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may see what of a table: a file in {@code jobs/governance}, owned by the producer.
 *
 * @param packages what consumers can subscribe to, by name
 */
public record AccessPolicy(TableName table, String owner, Map<String, Package> packages) {
  public AccessPolicy {
    packages = Map.copyOf(packages);
  }

  /**
   * One package.
   *
   * @param columns that are seen; all if empty
   * @param rows which rows are seen; all if empty
   */
  public record Package(
      Level level, List<String> columns, Optional<RowFilter> rows, Approval approval) {
    public Package {
      columns = List.copyOf(columns);
    }
  }

  /** How much of the table is seen. */
  public enum Level {
    FULL,
    NONE,
    FILTERED
  }

  /** Who grants it. */
  public enum Approval {
    AUTO,
    STEWARD
  }
}
