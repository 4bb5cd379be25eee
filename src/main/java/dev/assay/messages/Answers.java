package dev.assay.messages;

import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The answers that classifiers gave, kept for ever: no text is asked about twice per model. */
public interface Answers {
  /** All answers of a model's version, {@link Classifier#ANSWERS}; perhaps several per hash. */
  Dataset<Row> of(ModelVersion model);

  /**
   * Keeps answers in one commit.
   *
   * @param answers {@link Classifier#ANSWERS}
   * @param askedBy the job that asked
   */
  void keep(ModelVersion model, Dataset<Row> answers, String askedBy, Instant at);
}
