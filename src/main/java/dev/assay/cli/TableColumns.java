package dev.assay.cli;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.TableName;
import dev.assay.rules.evidence.SparkShape;
import dev.assay.rules.plan.TableShape;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;

/** The columns of a table from the catalog, named as Spark names types, without a session. */
final class TableColumns {
  private final Common common;

  TableColumns(Common common) {
    this.common = common;
  }

  TableShape of(String name) {
    TableName table = Arguments.table(name);
    Table found =
        common
            .catalog()
            .find(table)
            .orElseThrow(
                () ->
                    new AssayException(
                        ExitKind.INPUT_MISSING,
                        "There is no table %s. Name one that a job has written, or leave --table out."
                            .formatted(table)));
    return SparkShape.of(SparkSchemaUtil.convert(found.schema()));
  }
}
