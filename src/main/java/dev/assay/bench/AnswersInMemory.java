package dev.assay.bench;

import dev.assay.messages.Answers;
import dev.assay.messages.Classifier;
import dev.assay.messages.ModelVersion;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/** Answers of one measurement, so that none stay in the ledger. */
final class AnswersInMemory implements Answers, AutoCloseable {
  private Dataset<Row> kept;

  AnswersInMemory(SparkSession spark) {
    this.kept = spark.createDataFrame(List.<Row>of(), Classifier.ANSWERS);
  }

  @Override
  public Dataset<Row> of(ModelVersion model) {
    return kept;
  }

  @Override
  public void keep(ModelVersion model, Dataset<Row> answers, String askedBy, Instant at) {
    kept = answers.persist(StorageLevel.MEMORY_AND_DISK());
    kept.foreach(row -> {});
  }

  @Override
  public void close() {
    kept.unpersist(false);
  }
}
