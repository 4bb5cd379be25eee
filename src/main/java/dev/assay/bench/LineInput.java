package dev.assay.bench;

import dev.assay.model.RowRule;
import dev.assay.model.job.ColumnSpec;
import java.util.List;
import java.util.Optional;

/**
 * A raw input of the line.
 *
 * @param title for people
 * @param columns as a job declares them
 * @param texts SQL over {@code id}: the columns as they stand in the files, one row in a hundred
 *     wrong
 * @param rowRules those of the job
 * @param rules a file with the ruleset
 */
record LineInput(
    String title,
    List<ColumnSpec> columns,
    List<String> texts,
    List<RowRule> rowRules,
    String rules) {
  /** The columns of a payment. */
  static final LineInput NARROW =
      new LineInput(
          "5 columns",
          columns("id bigint, name string, amount decimal(12,2), at timestamp, kind string"),
          List.of(
              "id",
              "concat('name ', pmod(hash(id, 1), 1000000)) AS name",
              // half of the wrong rows break a rule, the others do not fit the type
              "concat(CASE WHEN id % 200 = 0 THEN '-' WHEN id % 200 = 100 THEN 'n/a ' ELSE '' END, 1 + pmod(hash(id, 2), 99999), '.', lpad(pmod(hash(id, 3), 100), 2, '0')) AS amount",
              "concat('2026-11-', lpad(1 + pmod(hash(id, 4), 28), 2, '0'), 'T10:', lpad(pmod(hash(id, 5), 60), 2, '0'), ':00Z') AS at",
              "element_at(array('a', 'b', 'c'), 1 + pmod(hash(id, 6), 3)) AS kind"),
          List.of(
              new RowRule("positive", "amount > 0"),
              new RowRule("kind", "kind IN ('a', 'b', 'c')")),
          "line-rules.dqdl");

  /** Order lines. */
  static final LineInput WIDE =
      new LineInput(
          "16 columns",
          columns(
              "l_id bigint, l_orderkey bigint, l_partkey int, l_suppkey int, l_linenumber int, l_quantity decimal(15,2), l_extendedprice decimal(15,2), l_discount double, l_tax double, l_returnflag string, l_linestatus string, l_shipdate date, l_receiptdate date, l_shipmode string, l_comment string, l_ts timestamp"),
          List.of(
              "l_id",
              "l_orderkey",
              "l_partkey",
              "l_suppkey",
              "l_linenumber",
              "CASE WHEN l_id % 200 = 0 THEN '-1' WHEN l_id % 200 = 100 THEN 'n/a' ELSE CAST(l_quantity AS STRING) END AS l_quantity",
              "l_extendedprice",
              "l_discount",
              "l_tax",
              "l_returnflag",
              "l_linestatus",
              "l_shipdate",
              "l_receiptdate",
              "l_shipmode",
              "l_comment",
              "date_format(l_ts, \"yyyy-MM-dd'T'HH:mm:ss'Z'\") AS l_ts"),
          List.of(
              new RowRule("positive", "l_quantity > 0"),
              new RowRule("flag", "l_returnflag IN ('A', 'N', 'R')")),
          "wide-line-rules.dqdl");

  private static List<ColumnSpec> columns(String ddl) {
    return List.of(ddl.split(", ")).stream()
        .map(column -> column.split(" ", 2))
        .map(parts -> new ColumnSpec(parts[0], parts[1], Optional.empty(), true))
        .toList();
  }
}
