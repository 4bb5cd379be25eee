package dev.assay.messages.iceberg;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.assay.messages.Answers;
import dev.assay.messages.Classifier;
import dev.assay.messages.ModelVersion;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;

/** Table {@code assay.verdicts}: what classifiers said, by content hash and model version. */
public final class IcebergAnswers implements Answers {
  private static final TableIdentifier TABLE =
      TableIdentifier.of(Namespace.of("assay"), "verdicts");
  private static final Schema SCHEMA =
      new Schema(
          Types.NestedField.required(
              1, "content_hash", Types.StringType.get(), "of the normal text"),
          Types.NestedField.required(2, "model", Types.StringType.get(), "its name"),
          Types.NestedField.required(
              3, "model_version", Types.StringType.get(), "of the model that answered"),
          Types.NestedField.required(
              4,
              "categories",
              Types.MapType.ofRequired(5, 6, Types.StringType.get(), Types.DoubleType.get()),
              "confidences; a category that is missing was not reported"),
          Types.NestedField.required(
              7,
              "words",
              Types.ListType.ofRequired(8, Types.StringType.get()),
              "that weighed most"),
          Types.NestedField.required(
              9, "truncated", Types.BooleanType.get(), "whether only a part was judged"),
          Types.NestedField.optional(
              10, "refused", Types.StringType.get(), "why there is no answer"),
          Types.NestedField.required(11, "answered_by", Types.StringType.get(), "the classifier"),
          Types.NestedField.required(12, "asked_by", Types.StringType.get(), "the job that asked"),
          Types.NestedField.required(13, "answered_at", Types.TimestampType.withZone(), "when"));

  private final SparkSession spark;
  private final Catalog catalog;
  private final String sparkName;

  /**
   * @param catalogName the name under which Spark knows the catalog
   */
  public IcebergAnswers(SparkSession spark, Catalog catalog, String catalogName) {
    this.spark = spark;
    this.catalog = catalog;
    this.sparkName = catalogName + "." + TABLE;
  }

  @Override
  public Dataset<Row> of(ModelVersion model) {
    if (!catalog.tableExists(TABLE)) {
      return spark.createDataFrame(java.util.List.<Row>of(), Classifier.ANSWERS);
    }
    return spark
        .table(sparkName)
        .where(
            col("model").equalTo(model.name()).and(col("model_version").equalTo(model.version())))
        .select(columns());
  }

  @Override
  public void keep(ModelVersion model, Dataset<Row> answers, String askedBy, Instant at) {
    ensure();
    try {
      answers
          .withColumn("model", lit(model.name()))
          .withColumn("model_version", lit(model.version()))
          .withColumn("asked_by", lit(askedBy))
          .withColumn("answered_at", lit(Timestamp.from(at)))
          .writeTo(sparkName)
          .append();
    } catch (NoSuchTableException e) {
      throw new IllegalStateException("the table made a moment ago is gone", e);
    }
  }

  private void ensure() {
    if (catalog.tableExists(TABLE)) {
      return;
    }
    try {
      if (catalog instanceof SupportsNamespaces namespaces
          && !namespaces.namespaceExists(TABLE.namespace())) {
        namespaces.createNamespace(TABLE.namespace());
      }
      catalog.createTable(
          TABLE,
          SCHEMA,
          PartitionSpec.builderFor(SCHEMA).identity("model_version").build(),
          Map.of("format-version", "2", "commit.retry.num-retries", "20"));
    } catch (AlreadyExistsException e) {
      // another process was first, and made the same
      return;
    }
  }

  private static Column[] columns() {
    return Arrays.stream(Classifier.ANSWERS.fieldNames())
        .map(org.apache.spark.sql.functions::col)
        .toArray(Column[]::new);
  }
}
