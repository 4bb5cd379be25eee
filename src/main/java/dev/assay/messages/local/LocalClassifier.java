package dev.assay.messages.local;

import dev.assay.messages.Classifier;
import dev.assay.messages.ModelVersion;
import dev.assay.model.message.ReviewReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Asks a {@link LocalModel}, which every executor holds once. */
public final class LocalClassifier implements Classifier {
  /** Texts of which the model knows fewer words are not for it to judge. */
  private static final double FEWEST_KNOWN = 0.5;

  /** Words that are kept with an answer, and from which confidence on. */
  private static final int MOST_WORDS = 5;

  private static final double WORTH_WORDS = 0.05;

  private final SparkSession spark;
  private final LocalModel model;

  LocalClassifier(SparkSession spark, LocalModel model) {
    this.spark = spark;
    this.model = model;
  }

  LocalModel localModel() {
    return model;
  }

  @Override
  public ModelVersion model() {
    return model.id();
  }

  @Override
  public Set<String> categories() {
    return new TreeSet<>(model.categories());
  }

  @Override
  public Dataset<Row> classify(Dataset<Row> questions) {
    Broadcast<LocalModel> everywhere =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(model);
    return spark.createDataFrame(
        questions
            .toJavaRDD()
            .map(row -> answer(everywhere.value(), row.getString(0), row.getString(1))),
        ANSWERS);
  }

  /** The answer to one text, as {@link #classify} gives it, without Spark. */
  public Row answer(String hash, String normal) {
    return answer(model, hash, normal);
  }

  private static Row answer(LocalModel model, String hash, String normal) {
    LocalModel.Answer answer = model.answer(normal);
    Map<String, Double> confidences = answer.confidences().byCategory();
    return RowFactory.create(
        hash,
        scala.collection.JavaConverters.mapAsScalaMap(confidences),
        words(model, normal, confidences).toArray(String[]::new),
        false,
        answer.known() < FEWEST_KNOWN ? ReviewReason.UNKNOWN_WORDS.name() : null,
        "local");
  }

  /** The words of the likeliest category, where it is likely enough for anybody to ask. */
  private static List<String> words(
      LocalModel model, String normal, Map<String, Double> confidences) {
    Map.Entry<String, Double> likeliest =
        java.util.Collections.max(confidences.entrySet(), Map.Entry.comparingByValue());
    return likeliest.getValue() < WORTH_WORDS
        ? new ArrayList<>()
        : model.words(normal, likeliest.getKey(), MOST_WORDS).stream()
            // a word with digits may be somebody's number
            .filter(word -> word.chars().noneMatch(Character::isDigit))
            .toList();
  }
}
