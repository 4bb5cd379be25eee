package dev.assay.messages.local;

import dev.assay.messages.Reviews;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Fingerprint;
import dev.assay.model.job.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** A train job from its files to a model with its card. */
public final class ModelTraining {
  /** With fewer texts a category cannot be learnt, nor its threshold chosen. */
  private static final int FEWEST_TEXTS = 10;

  private final SparkSession spark;
  private final Consumer<String> progress;

  /**
   * @param progress told in words what is being done
   */
  public ModelTraining(SparkSession spark, Consumer<String> progress) {
    this.spark = spark;
    this.progress = progress;
  }

  /** What came of it. */
  public record Result(Trained trained, ModelCard card) {}

  /**
   * Trains and measures.
   *
   * @param reviews decisions to learn from besides the files
   * @throws AssayException if the files cannot be read, or have too few texts of a category
   */
  public Result train(Training training, List<Reviews.Review> reviews) {
    Set<String> categories = new TreeSet<>(training.categories());
    LabelledCsv csv = new LabelledCsv(training.delimiter(), training.compliant(), categories);
    List<LabelledText> texts = texts(training, csv, reviews);
    checkEnough(training, texts);
    Trainer.Settings settings =
        new Trainer.Settings(
            categories, training.targetRecall(), training.folds(), Trainer.Settings.REGULARISATION);
    Trained trained = new Trainer(spark, settings, progress).train(training.name(), texts);
    progress.accept("measuring");
    Optional<List<LabelledText>> test = training.test().map(csv::read);
    Map<String, String> files = new TreeMap<>();
    files.put(name(training.texts()), fingerprint(training.texts()));
    training.test().ifPresent(path -> files.put(name(path), fingerprint(path)));
    if (!reviews.isEmpty()) {
      files.put(
          "decisions of reviewers: " + reviews.size(), Fingerprint.of(reviews.toString()).hex());
    }
    ModelCard card =
        new ModelCard(
            training.name(),
            trained.model().version(),
            trained.texts(),
            files,
            training.targetRecall(),
            trained.thresholds().byCategory(),
            trained.heldOut(),
            test.map(trained::on),
            test.map(Disguises::of).map(trained::on));
    return new Result(trained, card);
  }

  /** Those of the file, and those that reviewers decided about. */
  public static List<LabelledText> texts(
      Training training, LabelledCsv csv, List<Reviews.Review> reviews) {
    List<LabelledText> texts = new ArrayList<>(csv.read(training.texts()));
    reviews.stream()
        .filter(review -> csv.categories().containsAll(review.categories()))
        .forEach(review -> texts.add(new LabelledText(review.text(), review.categories())));
    return texts;
  }

  private static void checkEnough(Training training, List<LabelledText> texts) {
    for (String category : training.categories()) {
      long count = texts.stream().filter(text -> text.categories().contains(category)).count();
      if (count < FEWEST_TEXTS) {
        throw new AssayException(
            ExitKind.INPUT_MISSING,
            "%s: category '%s' has %d texts; at least %d are needed. Add some, or take the category out of the job."
                .formatted(training.texts(), category, count, FEWEST_TEXTS));
      }
    }
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }

  private static String fingerprint(Path file) {
    try {
      return Fingerprint.of(Files.readString(file)).hex();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
