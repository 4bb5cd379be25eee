package dev.assay.messages;

import static org.apache.spark.sql.functions.col;

import dev.assay.model.Fingerprint;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Asks a cheap classifier first, and a dear one about what the first is unsure of: a category
 * within the band, words it does not know, or no answer. The second one's answer then stands alone.
 *
 * <p>The first is asked when {@link #classify} is called, because what it says decides what the
 * second costs; its answers are held by Spark until {@link #settled}.
 */
public final class Cascade implements Classifier {
  private final Classifier first;
  private final Classifier second;
  private final Band band;
  private @Nullable Dataset<Row> held;
  private Saving saving = Saving.NOTHING;

  /**
   * Which confidences are unsure.
   *
   * @param low 0 to 1, itself unsure
   * @param high {@code low} to 1, itself unsure
   */
  public record Band(double low, double high) implements Serializable {
    private static final long serialVersionUID = 1L;

    public Band {
      if (!(low >= 0 && low <= high && high <= 1)) {
        throw new IllegalArgumentException(
            "the band from %s to %s; expected 0 ≤ low ≤ high ≤ 1".formatted(low, high));
      }
    }

    boolean has(double confidence) {
      return confidence >= low && confidence <= high;
    }
  }

  public Cascade(Classifier first, Classifier second, Band band) {
    this.first = first;
    this.second = second;
    this.band = band;
  }

  /** Changes with either model and with the band. */
  @Override
  public ModelVersion model() {
    return new ModelVersion(
        "%s+%s".formatted(first.model().name(), second.model().name()),
        Fingerprint.of(
                "cascade", first.model().toString(), second.model().toString(), band.toString())
            .brief());
  }

  @Override
  public Set<String> categories() {
    Set<String> all = new TreeSet<>(first.categories());
    all.addAll(second.categories());
    return all;
  }

  /** As if the second were asked about everything. */
  @Override
  public Bill estimate(long documents, long characters) {
    return sum(first.estimate(documents, characters), second.estimate(documents, characters));
  }

  @Override
  public Bill spent() {
    return sum(first.spent(), second.spent());
  }

  @Override
  public Bill leftBehind() {
    return sum(first.leftBehind(), second.leftBehind());
  }

  @Override
  public void recorded() {
    first.recorded();
    second.recorded();
  }

  @Override
  public Optional<Saving> saving() {
    return Optional.of(saving);
  }

  @Override
  public Dataset<Row> classify(Dataset<Row> questions) {
    release();
    Dataset<Row> answers = first.classify(questions).persist(StorageLevel.MEMORY_AND_DISK());
    held = answers;
    Band within = band;
    Dataset<Row> doubtful =
        answers
            .filter((FilterFunction<Row>) row -> unsure(row, within))
            .select(col("content_hash").as("doubtful_hash"));
    Dataset<Row> again =
        questions.join(
            doubtful, questions.col("content_hash").equalTo(col("doubtful_hash")), "left_semi");
    saving = saving.plus(new Saving(answers.count(), doubtful.count(), second.price(questions)));
    Dataset<Row> sure = answers.filter((FilterFunction<Row>) row -> !unsure(row, within));
    return sure.unionByName(second.classify(again));
  }

  @Override
  public void settled() {
    release();
    first.settled();
    second.settled();
  }

  private void release() {
    Dataset<Row> before = held;
    if (before != null) {
      before.unpersist();
      held = null;
    }
  }

  private static boolean unsure(Row answer, Band band) {
    if (!answer.isNullAt(answer.fieldIndex("refused"))) {
      return true;
    }
    Map<String, Double> confidences = answer.getJavaMap(answer.fieldIndex("categories"));
    return confidences.values().stream().anyMatch(band::has);
  }

  private static Bill sum(Bill one, Bill other) {
    BigDecimal cost = one.cost().add(other.cost());
    return new Bill(
        Math.max(one.documents(), other.documents()),
        Math.max(one.characters(), other.characters()),
        one.searched() + other.searched(),
        one.units() + other.units(),
        cost,
        one.currency().isEmpty() ? other.currency() : one.currency(),
        one.duration().plus(other.duration()));
  }
}
