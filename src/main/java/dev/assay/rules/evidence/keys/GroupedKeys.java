package dev.assay.rules.evidence.keys;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Counts any keys with Spark's own grouping, which spills and is exact; one pass for all numbers.
 */
final class GroupedKeys {
  private static final String TIMES = "_assay_times";

  private GroupedKeys() {}

  static KeyCounts count(Dataset<Row> rows, KeyColumns key) {
    Column times = col(TIMES);
    Row row =
        rows.groupBy(key.columns())
            .agg(functions.count(lit(1)).alias(TIMES))
            .agg(
                coalesce(sum(times), lit(0L)),
                functions.count(lit(1)),
                coalesce(sum(when(times.equalTo(1), 1L).otherwise(0L)), lit(0L)),
                coalesce(sum(times.multiply(log(times))), lit(0.0)))
            .first();
    return new KeyCounts(row.getLong(0), row.getLong(1), row.getLong(2), row.getDouble(3));
  }

  /** Counts only the rows whose hash is among these. */
  static KeyCounts countWithHash(Dataset<Row> rows, KeyColumns key, List<Long> hashes) {
    Dataset<Long> wanted = rows.sparkSession().createDataset(hashes, Encoders.LONG());
    Dataset<Row> candidates =
        rows.join(
            functions.broadcast(wanted.toDF("_assay_hash")),
            xxhash64(key.columns()).equalTo(col("_assay_hash")),
            "left_semi");
    return count(candidates, key);
  }
}
