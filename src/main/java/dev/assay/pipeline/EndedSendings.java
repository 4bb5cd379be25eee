package dev.assay.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.lake.iceberg.RowChoice;
import dev.assay.model.TableName;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Of the lines of {@code assay.sendings} those of messages that cannot be sent any more, because
 * their verdict table has no verdict about their text. A line that still keeps a message from being
 * sent twice stays, however old it is.
 */
final class EndedSendings implements RowChoice {
  private static final String TABLE = "verdict_table";
  private static final String HASH = "content_hash";
  private static final String LIVE = "_assay_live";
  private static final StructType KNOWN =
      new StructType()
          .add(TABLE, DataTypes.StringType)
          .add(HASH, DataTypes.StringType)
          .add(LIVE, DataTypes.BooleanType);

  private final SparkSession spark;
  private final LakeCatalog catalog;
  private final Column older;

  EndedSendings(SparkSession spark, LakeCatalog catalog, Column older) {
    this.spark = spark;
    this.catalog = catalog;
    this.older = older;
  }

  @Override
  public Dataset<Row> chosen(Dataset<Row> rows) {
    return marked(rows).where(ended()).select(columns(rows));
  }

  @Override
  public Dataset<Row> others(Dataset<Row> rows) {
    return marked(rows).where(not(ended())).select(columns(rows));
  }

  private Column ended() {
    return older.and(col(LIVE).isNull());
  }

  private static Column[] columns(Dataset<Row> rows) {
    return Arrays.stream(rows.columns())
        .map(org.apache.spark.sql.functions::col)
        .toArray(Column[]::new);
  }

  private Dataset<Row> marked(Dataset<Row> rows) {
    return rows.join(
        live(rows),
        scala.collection.JavaConverters.asScalaBuffer(List.of(TABLE, HASH)).toSeq(),
        "left");
  }

  /** The texts that verdicts are about now. */
  private Dataset<Row> live(Dataset<Row> rows) {
    Dataset<Row> live = spark.createDataFrame(List.<Row>of(), KNOWN);
    for (Row named : rows.select(TABLE).distinct().collectAsList()) {
      TableName table = TableName.parse(named.getString(0));
      if (catalog.find(table).isPresent()) {
        live =
            live.union(
                spark
                    .table(catalog.sparkName(table))
                    .select(lit(table.toString()).as(TABLE), col(HASH), lit(true).as(LIVE)));
      }
    }
    return live.distinct();
  }
}
