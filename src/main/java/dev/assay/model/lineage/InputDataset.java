package dev.assay.model.lineage;

import dev.assay.model.TableName;
import java.util.Optional;

/**
 * What a run read.
 *
 * @param alias under which its job names it
 * @param table if it is one
 * @param snapshot of the table
 * @param location of files: the folder in which they lie; empty for tables
 */
public record InputDataset(
    String alias, Optional<TableName> table, Optional<Long> snapshot, String location) {
  public static InputDataset ofTable(String alias, TableName table, long snapshot) {
    return new InputDataset(alias, Optional.of(table), Optional.of(snapshot), "");
  }

  public static InputDataset ofFiles(String alias, String location) {
    return new InputDataset(alias, Optional.empty(), Optional.empty(), location);
  }
}
