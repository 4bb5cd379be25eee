package dev.assay.rules.evaluate;

import dev.assay.model.Sql;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.SteadySql;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Queries over the view {@code primary} and the references. The views have names of their own, so
 * that scorings at the same time do not see each other's.
 */
final class PrimaryViews implements AutoCloseable {
  static final String PRIMARY = "primary";

  private final SparkSession session;
  // a view's name by the name that queries use
  private final Map<String, String> views = new LinkedHashMap<>();

  PrimaryViews(Dataset<Row> primary, Map<String, SlicedTable> references) {
    this.session = primary.sparkSession();
    String suffix = UUID.randomUUID().toString().replace("-", "");
    create(PRIMARY, "assay_primary_" + suffix, primary);
    references.forEach(
        (alias, reference) ->
            create(alias, "assay_reference_" + alias + "_" + suffix, reference.rows()));
  }

  private void create(String name, String view, Dataset<Row> rows) {
    rows.createOrReplaceTempView(Sql.column(view));
    views.put(name, view);
  }

  /** The result of a query. Nothing is read yet. */
  Dataset<Row> query(String sql) {
    StringBuilder with = new StringBuilder();
    views.forEach(
        (name, view) ->
            with.append(with.isEmpty() ? "WITH " : ", ")
                .append("%s AS (SELECT * FROM %s)".formatted(Sql.column(name), Sql.column(view))));
    return session.sql("%s SELECT * FROM (\n%s\n)".formatted(with, sql));
  }

  /**
   * The names of what a query reads.
   *
   * @return empty if it reads something else, or may come to something else tomorrow
   */
  Optional<Set<String>> read(String sql, Dataset<Row> result) {
    Map<String, String> names = new HashMap<>();
    views.forEach((name, view) -> names.put(view.toLowerCase(java.util.Locale.ROOT), name));
    Set<String> allowed = new HashSet<>(views.values());
    allowed.addAll(names.keySet());
    return SteadySql.views(sql, result.queryExecution().analyzed(), allowed)
        .map(
            found -> {
              Set<String> read = new HashSet<>();
              found.forEach(
                  view ->
                      read.add(names.getOrDefault(view.toLowerCase(java.util.Locale.ROOT), "")));
              return read;
            });
  }

  /** Forgets the views. */
  @Override
  public void close() {
    views.values().forEach(view -> session.catalog().dropTempView(view));
  }
}
