package dev.assay.bench;

import dev.assay.messages.Classifier;
import dev.assay.messages.ModelVersion;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** Counts what a classifier is really asked. */
final class CountingClassifier implements Classifier {
  private final Classifier classifier;
  private final LongAccumulator asked;

  CountingClassifier(Classifier classifier, LongAccumulator asked) {
    this.classifier = classifier;
    this.asked = asked;
  }

  @Override
  public ModelVersion model() {
    return classifier.model();
  }

  @Override
  public Set<String> categories() {
    return classifier.categories();
  }

  @Override
  public Dataset<Row> classify(Dataset<Row> questions) {
    LongAccumulator count = asked;
    return classifier.classify(
        questions.map(
            (MapFunction<Row, Row>)
                row -> {
                  count.add(1);
                  return row;
                },
            Encoders.row(questions.schema())));
  }
}
