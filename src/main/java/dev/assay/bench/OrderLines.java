package dev.assay.bench;

import static org.apache.spark.sql.functions.expr;

import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Order lines in sixteen columns: which keys they have, and in which order the rows lie. */
enum OrderLines implements Layout {
  DENSE("id"),
  SHUFFLED("id"),
  RANDOM_KEY("xxhash64(id)"),
  TEXT_KEY("concat(lpad(hex(xxhash64(id, 7)), 16, '0'), '-', lpad(hex(xxhash64(id, 8)), 16, '0'))");

  private static final String COLUMNS =
      """
      CAST(id DIV 4 AS BIGINT) AS l_orderkey,
      CAST(pmod(hash(id, 1), 200000) AS INT) AS l_partkey,
      CAST(pmod(hash(id, 2), 10000) AS INT) AS l_suppkey,
      CAST(id % 4 + 1 AS INT) AS l_linenumber,
      CAST(1 + pmod(hash(id, 3), 50) AS DECIMAL(15, 2)) AS l_quantity,
      CAST((90000 + pmod(hash(id, 4), 1000000)) / 100 AS DECIMAL(15, 2)) AS l_extendedprice,
      CAST(pmod(hash(id, 5), 11) / 100D AS DOUBLE) AS l_discount,
      CAST(pmod(hash(id, 6), 9) / 100D AS DOUBLE) AS l_tax,
      element_at(array('A', 'N', 'R'), 1 + pmod(hash(id, 7), 3)) AS l_returnflag,
      CASE WHEN pmod(hash(id, 8), 50) = 0 THEN NULL WHEN pmod(hash(id, 8), 2) = 0 THEN 'O' ELSE 'F' END AS l_linestatus,
      date_add(DATE '1992-01-01', pmod(hash(id, 9), 2500)) AS l_shipdate,
      CASE WHEN pmod(hash(id, 10), 100) < 3 THEN NULL ELSE date_add(DATE '1992-02-01', pmod(hash(id, 9), 2500)) END AS l_receiptdate,
      element_at(array('AIR', 'RAIL', 'SHIP', 'TRUCK', 'MAIL', 'FOB', 'REG AIR'), 1 + pmod(hash(id, 11), 7)) AS l_shipmode,
      CASE WHEN pmod(hash(id, 12), 20) = 0 THEN NULL ELSE concat('comment ', CAST(pmod(hash(id, 13), 1000000) AS STRING)) END AS l_comment,
      timestampadd(SECOND, pmod(hash(id, 14), 86400), current_timestamp() - INTERVAL 1 DAY) AS l_ts
      """;

  private final String key;

  OrderLines(String key) {
    this.key = key;
  }

  /** For people. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  @Override
  public Dataset<Row> rows(Dataset<Long> ids, int files) {
    ids.createOrReplaceTempView("assay_bench_ids");
    Dataset<Row> rows =
        ids.sparkSession().sql("SELECT " + key + " AS l_id, " + COLUMNS + " FROM assay_bench_ids");
    // bounds of files overlap, and no key follows the one before it
    return this == SHUFFLED
        ? rows.repartitionByRange(files, expr("hash(l_id, 99)"))
            .sortWithinPartitions(expr("hash(l_id, 98)"))
        : rows;
  }
}
