package dev.assay.rules.evaluate;

import dev.assay.rules.evaluate.GeneratedTable.Column;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rules for the table of the property tests, each from a number. */
public final class DrawnRules {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private static final List<Column> COLUMNS =
      List.of(
          new Column("id", "id", "bigint"),
          new Column("few", "k", "int"),
          new Column("d", "v", "double"),
          new Column("dec", "d", "decimal(12,2)"),
          new Column("w", "w", "decimal(38,4)"),
          new Column("s", "s", "string"),
          new Column("ts", "ts", "timestamp"),
          new Column("day", "day", "date"),
          new Column("f", "f", "float"));

  private static final GeneratedTable TABLE =
      new GeneratedTable(
          "live", true, COLUMNS, IntStream.range(0, 20).mapToObj(DrawnRules::row).toList());

  private DrawnRules() {}

  /** The text of a rule that speaks of no other table. */
  public static String rule(int seed) {
    return new RuleWriter(TABLE, new Random(seed), NOW, ReferenceRules.TYPES).write().text();
  }

  /** Values such as the table may have. */
  private static Row row(int index) {
    return RowFactory.create(
        (long) index * 40,
        index % 9,
        index % 7 == 0 ? 1e15 : index * 1.25,
        BigDecimal.valueOf(index * 50L, 2),
        BigDecimal.valueOf(index * 1_000_000_000_000_000L, 4),
        "a" + index,
        Timestamp.from(NOW.minusSeconds(10_800 + 86_400L * index)),
        Date.valueOf("2026-11-0" + (1 + index % 5)),
        index % 3 / 10f);
  }
}
