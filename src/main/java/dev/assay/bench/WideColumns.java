package dev.assay.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Many columns of numbers, of four types in turn, one value in a thousand NULL. */
record WideColumns(int columns) implements Layout {
  private static final List<String> TYPES = List.of("BIGINT", "DOUBLE", "DECIMAL(12, 2)", "INT");

  @Override
  public Dataset<Row> rows(Dataset<Long> ids, int files) {
    return ids.selectExpr(
        IntStream.range(0, columns)
            .mapToObj(
                column ->
                    "CAST(nullif(pmod(hash(id, %d), 1000), 0) AS %s) AS c%d"
                        .formatted(column, TYPES.get(column % TYPES.size()), column))
            .toArray(String[]::new));
  }

  /** Five rules on each of the first columns. */
  static String rules(int columns) {
    return IntStream.range(0, columns)
        .mapToObj(
            column ->
                """
                  Completeness "c%1$d" > 0.9,
                  ColumnValues "c%1$d" >= 1 with threshold > 0.9,
                  ColumnValues "c%1$d" between 0 and 1000 with threshold > 0.9,
                  Mean "c%1$d" between 450 and 550,
                  StandardDeviation "c%1$d" > 250"""
                    .formatted(column))
        .collect(java.util.stream.Collectors.joining(",\n", "Rules = [\n", "\n]"));
  }
}
