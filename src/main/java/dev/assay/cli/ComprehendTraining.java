package dev.assay.cli;

import dev.assay.messages.Reviews;
import dev.assay.messages.comprehend.ComprehendTrainer;
import dev.assay.messages.comprehend.ComprehendTrainer.Labelled;
import dev.assay.messages.comprehend.ComprehendTrainer.Order;
import dev.assay.messages.comprehend.ComprehendTrainer.Terms;
import dev.assay.messages.comprehend.ComprehendTrainer.Trained;
import dev.assay.messages.comprehend.Elapsed;
import dev.assay.messages.comprehend.EndpointOwner.Costs;
import dev.assay.messages.comprehend.TimePrices;
import dev.assay.messages.local.LabelledCsv;
import dev.assay.messages.local.LabelledText;
import dev.assay.messages.local.ModelTraining;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendSettings;
import dev.assay.model.job.Training;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * A train job on Comprehend. It is given what it will be asked about later: normal texts, each
 * once.
 */
final class ComprehendTraining {
  /** That the service trains multi-label classifiers from. */
  private static final int FEWEST_TEXTS = 50;

  private static final int FEWEST_OF_LABEL = 10;
  private static final int MOST_LABELS = 100;
  private static final Set<String> LANGUAGES = Set.of("de", "en", "es", "fr", "it", "pt");

  private final Training training;
  private final ComprehendSettings settings;
  private final Configuration hadoop;

  ComprehendTraining(Training training, ComprehendSettings settings, Configuration hadoop) {
    this.training = training;
    this.settings = settings;
    this.hadoop = hadoop;
  }

  /**
   * Trains, or waits for the training of these texts that is under way or done.
   *
   * @throws AssayException before anything is paid, if nobody accepts the costs, or the service
   *     does not train from such texts
   */
  Trained train(List<Reviews.Review> reviews, Costs costs, Consumer<String> progress) {
    checkLabelOfProfile();
    LabelledCsv csv =
        new LabelledCsv(
            training.delimiter(), training.compliant(), new TreeSet<>(training.categories()));
    List<LabelledText> texts = normal(ModelTraining.texts(training, csv, reviews));
    checkTexts(texts);
    Optional<List<LabelledText>> test = training.test().map(file -> normal(csv.read(file)));
    Optional<Duration> longest = training.maximumCost().map(this::timeFor);
    progress.accept("%,d distinct texts are labelled".formatted(texts.size()));
    List<Path> files = new ArrayList<>();
    try {
      Path labelled = written(csv, texts, files);
      Optional<Path> measured = test.map(some -> written(csv, some, files));
      return ComprehendTrainer.of(settings, hadoop)
          .train(
              new Labelled(labelled, measured),
              new Order(name(training), training.language(), training.delimiter()),
              new Terms(() -> agree(costs, longest, progress), longest),
              progress);
    } finally {
      files.forEach(ComprehendTraining::delete);
    }
  }

  /** The job's name as the service takes it. */
  static String name(Training training) {
    return training.name().replace('_', '-').replaceFirst("-+$", "");
  }

  /** Says what it costs, and stops if nobody has accepted that. */
  private void agree(Costs costs, Optional<Duration> longest, Consumer<String> progress) {
    String price = TimePrices.of(settings).training();
    if (costs != Costs.ACCEPTED && longest.isEmpty()) {
      throw new AssayException(
          ExitKind.USAGE,
          "%s %s Nothing was uploaded or started. Say --yes to accept that, or say max-cost in %s."
              .formatted(
                  training.name() + " would be trained on Comprehend.", price, training.file()));
    }
    progress.accept(price);
    longest.ifPresent(
        time ->
            progress.accept(
                "max-cost %s pays for %s of training; if it takes longer, it is stopped"
                    .formatted(training.maximumCost().orElseThrow(), Elapsed.words(time))));
  }

  private Duration timeFor(java.math.BigDecimal money) {
    return TimePrices.of(settings)
        .trainingFor(money)
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.WRONG_FILES,
                    "%s: max-cost %s cannot be kept, because the profile has no 'comprehend: {prices: {training-hour: …}}'. Add it, or take max-cost out and say --yes. Nothing was uploaded or started."
                        .formatted(training.file(), money)));
  }

  /** The label of no category must be the same here and where the classifier is asked. */
  private void checkLabelOfProfile() {
    if (!training.compliant().equals(settings.compliantLabel())) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: texts in no category are labelled '%s', and the profile's 'comprehend: {compliant-label: …}' is '%s'. Expected the same."
              .formatted(training.file(), training.compliant(), settings.compliantLabel()));
    }
    if (!LANGUAGES.contains(training.language())) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: the language is '%s'. Comprehend trains in %s."
              .formatted(
                  training.file(),
                  training.language(),
                  String.join(", ", new TreeSet<>(LANGUAGES))));
    }
  }

  private void checkTexts(List<LabelledText> texts) {
    if (training.categories().size() + 1 > MOST_LABELS) {
      throw tooFew(
          "there are %d labels; Comprehend takes at most %d"
              .formatted(training.categories().size() + 1, MOST_LABELS));
    }
    if (texts.size() < FEWEST_TEXTS) {
      throw tooFew(
          "there are %d distinct texts; Comprehend needs at least %d"
              .formatted(texts.size(), FEWEST_TEXTS));
    }
    for (String category : training.categories()) {
      long count = texts.stream().filter(text -> text.categories().contains(category)).count();
      if (count < FEWEST_OF_LABEL) {
        throw tooFew(
            "category '%s' has %d distinct texts; Comprehend needs at least %d"
                .formatted(category, count, FEWEST_OF_LABEL));
      }
    }
    long compliant = texts.stream().filter(text -> text.categories().isEmpty()).count();
    if (compliant > 0 && compliant < FEWEST_OF_LABEL) {
      throw tooFew(
          "'%s' has %d distinct texts; Comprehend needs at least %d, or none"
              .formatted(training.compliant(), compliant, FEWEST_OF_LABEL));
    }
  }

  private AssayException tooFew(String what) {
    return new AssayException(
        ExitKind.INPUT_MISSING,
        "%s: %s. Nothing was uploaded or started.".formatted(training.texts(), what));
  }

  private static List<LabelledText> normal(List<LabelledText> texts) {
    return LabelledText.distinct(texts).stream().filter(text -> !text.text().isBlank()).toList();
  }

  /** In a file that only its owner reads. */
  private static Path written(LabelledCsv csv, List<LabelledText> texts, List<Path> files) {
    try {
      Path file = Files.createTempFile("assay-training", ".csv");
      files.add(file);
      csv.write(texts, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
