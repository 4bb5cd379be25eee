package dev.assay.cli;

import dev.assay.model.TableName;
import dev.assay.rules.evidence.SlicedTable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The tables that rules compare with. */
final class ComparedTables {
  private final SparkSession spark;
  private final TablesOfCatalog tables;
  private final Map<String, TableName> names = new LinkedHashMap<>();

  /**
   * @param references tables by alias
   */
  ComparedTables(SparkSession spark, TablesOfCatalog tables, Map<String, String> references) {
    this.spark = spark;
    this.tables = tables;
    references.forEach((alias, table) -> names.put(alias, Arguments.table(table)));
    names.values().forEach(tables::current);
  }

  /** As they are now. */
  Map<String, SlicedTable> now() {
    Map<String, SlicedTable> compared = new LinkedHashMap<>();
    names.forEach((alias, name) -> compared.put(alias, tables.newest(spark, name)));
    return compared;
  }

  /** As they were; without those that were not written to yet, or whose state of then expired. */
  Map<String, SlicedTable> at(Instant instant) {
    Map<String, SlicedTable> compared = new LinkedHashMap<>();
    names.forEach(
        (alias, name) ->
            tables.at(spark, name, instant).ifPresent(found -> compared.put(alias, found)));
    return compared;
  }

  /** What is not there at an instant, in a sentence. */
  Optional<String> missing(Instant instant) {
    List<String> missing =
        names.entrySet().stream()
            .filter(name -> tables.at(spark, name.getValue(), instant).isEmpty())
            .map(name -> "%s (%s)".formatted(name.getKey(), name.getValue()))
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "No snapshot of %s is left that was there at %s: rules that compare with it are unanswered."
                .formatted(String.join(", ", missing), instant));
  }
}
