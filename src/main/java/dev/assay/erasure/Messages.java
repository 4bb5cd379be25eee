package dev.assay.erasure;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.assay.lake.iceberg.RowChoice;
import dev.assay.model.Sql;
import dev.assay.model.TableName;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/** A person's messages, as verdicts tell of them: their texts' hashes, and their keys. */
final class Messages implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String HASH = "content_hash";

  private final HashSet<String> hashes = new HashSet<>();
  private final HashSet<String> keys = new HashSet<>();

  /** Hashes of their texts. */
  Set<String> hashes() {
    return Collections.unmodifiableSet(hashes);
  }

  /**
   * Takes in rows of a table of verdicts.
   *
   * @param chosen those of the person
   */
  void add(TableName table, Schema schema, Dataset<Row> chosen) {
    List<String> before = keyColumns(schema);
    List<Column> columns = new ArrayList<>();
    columns.add(col(HASH));
    before.forEach(name -> columns.add(col(Sql.column(name)).cast(DataTypes.StringType)));
    for (Row row : chosen.select(columns.toArray(Column[]::new)).distinct().collectAsList()) {
      hashes.add(row.getString(0));
      List<String> parts = new ArrayList<>();
      // the columns of the key come first; how many they are only the job says
      for (int index = 1; index <= before.size(); index++) {
        String part = row.getString(index);
        parts.add(part == null ? "" : part);
        keys.add(key(table.toString(), parts));
      }
    }
  }

  /** The columns that a classify job writes before the hash: its key, and what it keeps. */
  private static List<String> keyColumns(Schema schema) {
    List<String> names = new ArrayList<>();
    for (Types.NestedField field : schema.columns()) {
      if (field.name().equals(HASH)) {
        return names;
      }
      if (!field.type().isPrimitiveType()) {
        return names;
      }
      names.add(field.name());
    }
    return names;
  }

  /** Hashes of texts that none of these rows has. */
  void dropThoseOf(Dataset<Row> others) {
    if (hashes.isEmpty()) {
      return;
    }
    others
        .where(HashRows.among(HASH, hashes))
        .select(HASH)
        .distinct()
        .collectAsList()
        .forEach(row -> hashes.remove(row.getString(0)));
  }

  /** Lines about sendings of these messages. */
  RowChoice sendings() {
    UDF2<String, String, Boolean> function = this::isSending;
    return RowChoice.where(
        udf(function, DataTypes.BooleanType).apply(col("verdict_table"), col("message_key")));
  }

  private boolean isSending(String table, String messageKey) {
    if (keys.contains(key(table, List.of(messageKey)))) {
      return true;
    }
    List<String> parts =
        Arrays.stream(messageKey.split("(?<!/)/(?!/)", -1))
            .map(part -> part.replace("//", "/"))
            .toList();
    return parts.size() > 1 && keys.contains(key(table, parts));
  }

  /** A send job may name the columns of a key in another order. */
  private static String key(String table, List<String> parts) {
    List<String> sorted = new ArrayList<>(parts);
    Collections.sort(sorted);
    return table + "\u0000" + String.join("\u0000", sorted);
  }

  @Override
  public String toString() {
    return "%d texts".formatted(hashes.size());
  }
}
