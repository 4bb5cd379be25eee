package dev.assay.messages;

import static org.apache.spark.sql.functions.expr;

import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Says to which categories texts belong. Decides nothing: thresholds are the job's. */
public interface Classifier {
  /** What a classifier is asked: distinct normal texts by their hash. */
  StructType QUESTIONS =
      new StructType()
          .add("content_hash", DataTypes.StringType, false)
          .add("text", DataTypes.StringType, false);

  /**
   * What it answers, a row per question in any order: confidences by category (one that is missing
   * was not reported), the words that weighed most where it knows, how many characters the service
   * charged for and whether the text was cut, and, if there is no answer, why.
   */
  StructType ANSWERS =
      new StructType()
          .add("content_hash", DataTypes.StringType, false)
          .add(
              "categories",
              DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false),
              false)
          .add("words", DataTypes.createArrayType(DataTypes.StringType, false), false)
          .add("truncated", DataTypes.BooleanType, false)
          .add("refused", DataTypes.StringType, true)
          .add("answered_by", DataTypes.StringType, false);

  /** The model behind it; answers of equal models are interchangeable. */
  ModelVersion model();

  /** The categories that it may report. */
  Set<String> categories();

  /**
   * What it would cost to answer so many questions; an upper bound where that depends on the texts.
   *
   * @param characters in all of them, as Unicode code points
   */
  default Bill estimate(long documents, long characters) {
    return Bill.free(documents, characters);
  }

  /**
   * What it costs to answer these questions, as exactly as can be said without asking; {@link
   * #estimate} where nothing better is known.
   *
   * @param questions {@link #QUESTIONS}
   */
  default Bill price(Dataset<Row> questions) {
    Row size = questions.agg(expr("count(1)"), expr("coalesce(sum(length(text)), 0)")).first();
    return estimate(size.getLong(0), size.getLong(1));
  }

  /** What answering has cost since this classifier was opened, repeated calls included. */
  default Bill spent() {
    return Bill.free(0, 0);
  }

  /**
   * What earlier runs spent on questions of this job without living to say so: a process that was
   * killed leaves behind what it was charged for, calls under way included. The same until {@link
   * #recorded}.
   */
  default Bill leftBehind() {
    return Bill.free(0, 0);
  }

  /**
   * Says that {@link #spent} and {@link #leftBehind} are written down for good; neither this nor
   * another run tells it as left behind again.
   */
  default void recorded() {}

  /** What it has saved since it was opened by asking another one first; empty if it asks none. */
  default Optional<Saving> saving() {
    return Optional.empty();
  }

  /**
   * Answers questions; lazy, or not, as it must. Every question gets exactly one answer, or the
   * call (or the action on what it returns) fails.
   *
   * @param questions {@link #QUESTIONS}, each hash once
   * @return {@link #ANSWERS}
   */
  Dataset<Row> classify(Dataset<Row> questions);

  /**
   * Says that the answers of {@link #classify} are kept elsewhere for good. What was kept to give
   * them again without asking (journals, files of batch jobs) is then deleted, unless it also
   * answers what was not asked; the datasets of earlier answers can no longer be read. Calling it
   * again does nothing. Without it the next run finds the answers and does not pay for them again.
   */
  default void settled() {}
}
