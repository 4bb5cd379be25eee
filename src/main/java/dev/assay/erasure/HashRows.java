package dev.assay.erasure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.assay.lake.iceberg.RowChoice;
import java.util.Collection;
import java.util.HashSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Rows about texts, by the hashes of the texts. */
final class HashRows {
  private HashRows() {}

  static RowChoice of(Collection<String> hashes) {
    return RowChoice.where(among("content_hash", hashes));
  }

  static Column among(String column, Collection<String> values) {
    HashSet<String> wanted = new HashSet<>(values);
    UDF1<String, Boolean> function = wanted::contains;
    return udf(function, DataTypes.BooleanType).apply(col(column));
  }
}
