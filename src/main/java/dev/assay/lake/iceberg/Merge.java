package dev.assay.lake.iceberg;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.MergeCounts;
import dev.assay.model.Sql;
import dev.assay.model.job.Output;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.storage.StorageLevel;

/** Inserts, updates and deletes rows by key, and counts what it does. */
final class Merge {
  private final Dataset<Row> rows;
  private final Output output;
  private final String target;
  private final EncryptedColumns encrypted;
  private final String source = "assay_merge_" + UUID.randomUUID().toString().replace("-", "");
  private final String likeness = source + "_likeness";

  Merge(Dataset<Row> rows, Output output, String target, EncryptedColumns encrypted) {
    this.encrypted = encrypted;
    this.rows = rows;
    this.output = output;
    this.target = target;
  }

  MergeCounts run() {
    SparkSession spark = rows.sparkSession();
    String deletes = output.deletes().map("coalesce(%s, false)"::formatted).orElse("false");
    // read four times, and to be the same each time
    Dataset<Row> kept =
        rows.selectExpr("*", deletes + " AS _assay_deletes")
            .persist(StorageLevel.MEMORY_AND_DISK());
    kept.createOrReplaceTempView(source);
    UDF1<String, String> alike = encrypted.likeness();
    spark.udf().register(likeness, alike, DataTypes.StringType);
    try {
      requireKeys(spark);
      MergeCounts counts = count(spark);
      requireKeysOfTable(counts, kept.count());
      spark.sql(statement());
      return counts;
    } finally {
      spark.catalog().dropTempView(source);
      spark.sql("DROP TEMPORARY FUNCTION IF EXISTS " + likeness);
      kept.unpersist(false);
    }
  }

  /** A key names one row: without that, which of two rows stays would be chance. */
  private void requireKeys(SparkSession spark) {
    String keys = output.keys().stream().map(Sql::column).collect(Collectors.joining(", "));
    String isNull =
        output.keys().stream()
            .map(key -> Sql.column(key) + " IS NULL")
            .collect(Collectors.joining(" OR "));
    long withoutKey = spark.sql("SELECT * FROM %s WHERE %s".formatted(source, isNull)).count();
    long twice =
        spark
            .sql("SELECT %s FROM %s GROUP BY %s HAVING count(*) > 1".formatted(keys, source, keys))
            .count();
    if (withoutKey + twice > 0) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: a merge by %s needs each key once, and %d rows have a NULL in it, %d keys stand more than once. Add a deduplicate step, and a row rule such as %s IS NOT NULL."
              .formatted(output.table(), keys, withoutKey, twice, output.keys().get(0)));
    }
  }

  /** A key that the table holds twice is met by the same row twice. */
  private void requireKeysOfTable(MergeCounts counts, long merged) {
    if (counts.total() != merged) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: a merge by %s needs each key once, and %,d rows of the table have a key of which it holds more than one row. Nothing was published. Somebody else wrote them, or the keys were others then: delete the rows that are too many, or name keys that tell rows apart."
              .formatted(
                  output.table(), String.join(", ", output.keys()), counts.total() - merged));
    }
  }

  private MergeCounts count(SparkSession spark) {
    Row counts =
        spark
            .sql(
                """
                SELECT count_if(NOT known AND NOT gone), count_if(known AND NOT gone AND changed),
                       count_if(known AND gone), count_if((known AND NOT gone AND NOT changed) OR (NOT known AND gone))
                FROM (SELECT t._assay_present IS NOT NULL AS known, s._assay_deletes AS gone, (%s) AS changed
                      FROM %s s LEFT JOIN (SELECT *, true AS _assay_present FROM %s) t ON %s)
                """
                    .formatted(changed(), source, target, onKeys()))
            .first();
    return new MergeCounts(
        counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
  }

  private String statement() {
    String columns =
        Arrays.stream(rows.columns()).map(Sql::column).collect(Collectors.joining(", "));
    String values =
        Arrays.stream(rows.columns())
            .map(name -> "s." + Sql.column(name))
            .collect(Collectors.joining(", "));
    String assignments =
        Arrays.stream(rows.columns())
            .map(name -> "t.%s = s.%s".formatted(Sql.column(name), Sql.column(name)))
            .collect(Collectors.joining(", "));
    return """
        MERGE INTO %s t USING %s s ON %s
        WHEN MATCHED AND s._assay_deletes THEN DELETE
        WHEN MATCHED AND (%s) THEN UPDATE SET %s
        WHEN NOT MATCHED AND NOT s._assay_deletes THEN INSERT (%s) VALUES (%s)
        """
        .formatted(target, source, onKeys(), changed(), assignments, columns, values);
  }

  private String onKeys() {
    return output.keys().stream()
        .map(key -> "t.%s <=> s.%s".formatted(Sql.column(key), Sql.column(key)))
        .collect(Collectors.joining(" AND "));
  }

  private String changed() {
    return Arrays.stream(rows.columns())
        .filter(name -> !output.keys().contains(name))
        .map(name -> "NOT (%s <=> %s)".formatted(comparable("t", name), comparable("s", name)))
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(" OR "), text -> text.isEmpty() ? "false" : text));
  }

  /**
   * Spark does not compare maps, whose entries have no order; and a text that was encrypted anew is
   * another one.
   */
  private String comparable(String side, String name) {
    String column = side + "." + Sql.column(name);
    if (encrypted.names().contains(name)) {
      return "CASE WHEN %s IS NOT NULL THEN %s(%s) END".formatted(column, likeness, column);
    }
    return rows.schema().apply(name).dataType() instanceof MapType
        ? "array_sort(map_entries(%s))".formatted(column)
        : column;
  }
}
