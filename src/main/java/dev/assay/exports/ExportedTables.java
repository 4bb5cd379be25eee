package dev.assay.exports;

import dev.assay.exports.CountedTable.Count;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.data.Record;

/**
 * The tables that an export may have. Left out on purpose: {@code assay.evidence}, which is in a
 * form of our own and may hold values; words, texts, hashes and keys of messages; who reviewed; and
 * the reasons people gave for removing a person.
 */
public final class ExportedTables {
  /** From here on a classifier is rather for a category than against it. */
  private static final double LIKELY = 0.5;

  private static final ExportedTable RUNS =
      copied(
          "runs",
          """
          run_id pipeline job table_name data_date state at started_at identity
          content_fingerprint ruleset_fingerprint inputs parent_snapshot_id snapshot_id branch
          score coverage rules_passed rules_failed rules_unanswered rows_read rows_filtered
          rows_duplicate rows_quarantined rows_written rows_inserted rows_updated rows_deleted
          rows_unchanged gate_reasons note product_version evaluation_instant scope references
          """);

  private static final ExportedTable OUTCOMES =
      copied(
          "outcomes",
          """
          run_id table_name ordinal rule type columns labels verdict reason observed measured
          message failing_rows at evidence slices_metadata slices_stored slices_scanned
          rows_scanned bytes_scanned millis failing_by_partition
          """);

  private static final ExportedTable METRICS =
      copied(
          "metrics",
          """
          run_id table_name name columns detail value at metric_id
          """);

  private static final ExportedTable QUARANTINE_COUNTS =
      copied(
          "quarantine_counts",
          """
          run_id table_name kind column detail row_count at
          """);

  private static final ExportedTable COSTS =
      copied(
          "costs",
          """
          run_id at pipeline domain job table_name purpose service quantities amount currency
          """);

  private static final ExportedTable DELIVERIES =
      copied(
          "deliveries",
          """
          destination key kind table_name run_id announced_at attempt state reason id at until
          """);

  private static final ExportedTable ERASURES =
      copied(
          "erasures",
          """
          erasure_id at kind state removed_by place rows_found older_found rows_left
          unsearchable given_up
          """);

  /** Without who decided and why: people wrote that. */
  private static final ExportedTable SUBSCRIPTIONS =
      copied(
          "subscriptions",
          """
          request table_name project package verdict at
          """);

  private static final ExportedTable LINEAGE =
      copied(
          "lineage",
          """
          run_id table_name kind ordinal column type input input_table input_snapshot_id
          input_location input_column relation masked at
          """);

  private static final ExportedTable VERDICT_COUNTS =
      new CountedTable(
          "verdict_counts",
          "verdicts",
          "answered_at",
          Set.of("asked_by", "answered_by", "model", "model_version", "truncated", "refused"),
          CountedTable::itself,
          List.of("asked_by", "answered_by", "model", "model_version"),
          List.of(
              CountedTable.all("texts"),
              new Count("refused", text -> text.containsKey("refused")),
              new Count("truncated", text -> Boolean.TRUE.equals(text.get("truncated")))));

  private static final ExportedTable VERDICT_CATEGORIES =
      new CountedTable(
          "verdict_categories",
          "verdicts",
          "answered_at",
          Set.of("asked_by", "model", "model_version", "categories"),
          ExportedTables::categories,
          List.of("asked_by", "model", "model_version", "category"),
          List.of(
              CountedTable.all("texts"),
              new Count("likely", category -> confidence(category) >= LIKELY)));

  private static final ExportedTable REVIEW_COUNTS =
      new CountedTable(
          "review_counts",
          "reviews",
          "at",
          Set.of("categories"),
          ExportedTables::decision,
          List.of("categories"),
          List.of(CountedTable.all("decisions")));

  private static final ExportedTable SENDING_COUNTS =
      new CountedTable(
          "sending_counts",
          "sendings",
          "at",
          Set.of("job", "verdict_table", "channel", "state", "model", "model_version"),
          CountedTable::itself,
          List.of("job", "verdict_table", "channel", "state", "model", "model_version"),
          List.of(CountedTable.all("lines")));

  /** All of them. */
  public static final List<ExportedTable> ALL =
      List.of(
          RUNS,
          OUTCOMES,
          METRICS,
          QUARANTINE_COUNTS,
          LINEAGE,
          COSTS,
          DELIVERIES,
          ERASURES,
          SUBSCRIPTIONS,
          VERDICT_COUNTS,
          VERDICT_CATEGORIES,
          REVIEW_COUNTS,
          SENDING_COUNTS);

  private ExportedTables() {}

  private static ExportedTable copied(String name, String columns) {
    return new CopiedTable(name, List.of(columns.strip().split("\\s+")));
  }

  private static List<Map<String, Object>> categories(Record row) {
    List<Map<String, Object>> categories = new ArrayList<>();
    ((Map<?, ?>) row.getField("categories"))
        .forEach(
            (category, confidence) -> {
              Map<String, Object> item = new HashMap<>(CountedTable.itself(row).get(0));
              item.put("category", category);
              item.put("confidence", confidence);
              categories.add(item);
            });
    return categories;
  }

  private static double confidence(Map<String, Object> category) {
    return category.get("confidence") instanceof Double confidence ? confidence : 0;
  }

  private static List<Map<String, Object>> decision(Record row) {
    List<String> categories =
        ((List<?>) row.getField("categories")).stream().map(String::valueOf).sorted().toList();
    return List.of(
        Map.of("categories", categories.isEmpty() ? "compliant" : String.join(" ", categories)));
  }
}
