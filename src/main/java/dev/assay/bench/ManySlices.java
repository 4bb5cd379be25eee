package dev.assay.bench;

import dev.assay.rules.evidence.Fact;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.plan.Measure.Lasting;
import dev.assay.rules.plan.TableShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table of very many slices of a few rows each, in no files: for what happens on the driver. */
final class ManySlices implements SlicedTable {
  private static final int COLUMNS = 20;
  private static final int ROWS_OF_A_SLICE = 4;

  private final SparkSession spark;
  private final List<Slice> slices;

  ManySlices(SparkSession spark, int count) {
    this.spark = spark;
    this.slices =
        IntStream.range(0, count)
            .mapToObj(number -> "slice " + number)
            .map(
                name ->
                    new Slice(
                        SliceId.of(name), name, "", ROWS_OF_A_SLICE, true, Slice.Metadata.NONE))
            .sorted(Comparator.comparing(Slice::id))
            .toList();
  }

  /** Five facts about each column, a hundred in all; metadata answers none of them. */
  static List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    for (int column = 0; column < COLUMNS; column++) {
      String name = "c" + column;
      facts.add(new Fact.Values(name));
      facts.add(new Fact.Matches(name + " > 0", List.of(), Optional.empty(), Lasting.YES));
      facts.add(new Fact.WholeSum(name, Optional.empty()));
      facts.add(new Fact.Moments(name, Optional.empty(), 2));
      facts.add(new Fact.Bounds(name, Optional.empty(), Fact.Bounds.Of.WHOLE));
    }
    return facts;
  }

  @Override
  public TableShape shape() {
    Map<String, String> types = new LinkedHashMap<>();
    IntStream.range(0, COLUMNS).forEach(column -> types.put("c" + column, "bigint"));
    return new TableShape(types);
  }

  @Override
  public List<Slice> slices() {
    return slices;
  }

  @Override
  public Optional<String> storeKey() {
    return Optional.of("many slices");
  }

  @Override
  public String identityOf(String column) {
    return column;
  }

  @Override
  public Dataset<Row> rows() {
    List<String> columns = new ArrayList<>();
    columns.add("concat('slice ', id DIV %d) AS %s".formatted(ROWS_OF_A_SLICE, SLICE_COLUMN));
    for (int column = 0; column < COLUMNS; column++) {
      // every second row is the opposite of the one before, which keeps the means at zero
      columns.add(
          "CAST(hash(id DIV 2, %d) AS BIGINT) * (id %% 2 * 2 - 1) AS c%d"
              .formatted(column, column));
    }
    return spark
        .range((long) slices.size() * ROWS_OF_A_SLICE)
        .selectExpr(columns.toArray(String[]::new));
  }

  @Override
  public Opened open(List<Slice> wanted) {
    if (wanted.size() != slices.size()) {
      throw new IllegalArgumentException("either all slices are read or none is");
    }
    Dataset<Row> rows = rows();
    return new Opened() {
      @Override
      public Dataset<Row> rows() {
        return rows;
      }

      @Override
      public void close() {
        // nothing was opened
      }
    };
  }
}
