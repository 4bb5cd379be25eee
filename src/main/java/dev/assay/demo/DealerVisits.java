package dev.assay.demo;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.TableName;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.apache.iceberg.spark.CommitMetadata;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Visits to dealers: a raw Iceberg table to which the dealers' system appends every day. */
record DealerVisits(Fleet fleet, LocalDate date, int day, boolean withLateRows) {
  private static final TableName TABLE = new TableName("raw", "dealer_visits");
  private static final String MARK = "demo.date";
  private static final StructType SCHEMA =
      new StructType()
          .add("visit_id", DataTypes.StringType)
          .add("vin", DataTypes.StringType)
          .add("dealer", DataTypes.StringType)
          .add("visited_on", DataTypes.DateType)
          .add("work", DataTypes.StringType)
          .add("cost", DataTypes.createDecimalType(10, 2));
  private static final String[] WORK = {"inspection", "tyres", "brakes", "battery", "recall"};

  void append(SparkSession spark, LakeCatalog catalog) {
    if (isThere(catalog)) {
      return;
    }
    catalog.ensureNamespace(TABLE);
    Dataset<Row> rows = spark.createDataFrame(rows(), SCHEMA).coalesce(1);
    CommitMetadata.withCommitProperties(
        Map.of(MARK, date.toString()),
        () -> {
          if (catalog.find(TABLE).isEmpty()) {
            rows.writeTo(catalog.sparkName(TABLE)).using("iceberg").create();
          } else {
            append(rows, catalog);
          }
          return null;
        },
        RuntimeException.class);
  }

  private static void append(Dataset<Row> rows, LakeCatalog catalog) {
    try {
      rows.writeTo(catalog.sparkName(TABLE)).append();
    } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
      throw new IllegalStateException("the table found a moment ago is gone", e);
    }
  }

  private boolean isThere(LakeCatalog catalog) {
    return catalog
        .find(TABLE)
        .map(
            table ->
                StreamSupport.stream(table.snapshots().spliterator(), false)
                    .anyMatch(snapshot -> date.toString().equals(snapshot.summary().get(MARK))))
        .orElse(false);
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int number = 0; number < fleet.size() / 10; number++) {
      rows.add(visit(day, number, date));
    }
    // visits of the first day that a dealer sent two days late
    for (int number = 0; withLateRows && number < 5; number++) {
      rows.add(visit(0, 1_000_000 + number, date.minusDays(day)));
    }
    return rows;
  }

  private Row visit(int onDay, int number, LocalDate visited) {
    SplittableRandom random = fleet.random("visit" + onDay, number);
    return RowFactory.create(
        "%s-%07d".formatted(visited, number),
        fleet.vin(random.nextInt(fleet.size())),
        "dealer-%02d".formatted(random.nextInt(12)),
        Date.valueOf(visited),
        WORK[random.nextInt(WORK.length)],
        BigDecimal.valueOf(5_000 + random.nextInt(95_000), 2));
  }
}
