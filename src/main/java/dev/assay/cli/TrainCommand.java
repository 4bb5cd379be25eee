package dev.assay.cli;

import dev.assay.jobs.TrainingReader;
import dev.assay.messages.Reviews;
import dev.assay.messages.comprehend.ComprehendTrainer.Trained;
import dev.assay.messages.comprehend.Elapsed;
import dev.assay.messages.comprehend.EndpointOwner.Costs;
import dev.assay.messages.comprehend.TimePrices;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.messages.local.ModelCard;
import dev.assay.messages.local.ModelStore;
import dev.assay.messages.local.ModelTraining;
import dev.assay.messages.local.Quality;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendSettings;
import dev.assay.model.job.Training;
import dev.assay.reports.ModelSummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From labelled messages to a model, here or on Comprehend. */
@Command(
    name = "train",
    description = {
      "Train the model of a train job, measure it, and keep it with its card.",
      "The first version of a model is used at once; a later one when --use says so.",
      "A job that says by: comprehend is trained by Amazon Comprehend, which costs money and takes long. A call that was ended is repeated without paying again."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Mixin Common common = new Common();
  @Mixin RunOptions options = new RunOptions();

  @Parameters(paramLabel = "FILE", description = "A job file with kind: train.")
  Path file = Path.of("");

  @Option(names = "--use", description = "Let jobs use the new version from now on.")
  boolean use;

  @Option(names = "--yes", description = "Accept what a training on Comprehend costs.")
  boolean yes;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    Training training = TrainingReader.read(file, options.values(common.home));
    if (training.by() == Training.By.COMPREHEND) {
      onComprehend(training);
    } else {
      here(training);
    }
    return ExitKind.OK.code();
  }

  private void here(Training training) {
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      ModelTraining.Result result =
          new ModelTraining(spark, progress::say).train(training, reviews(training));
      ModelStore store = MessageClassifiers.store(spark, common.profile());
      String folder = store.keep(result.trained(), result.card());
      Optional<String> before = store.current(training.name());
      boolean used = use || before.isEmpty();
      if (used) {
        store.use(training.name(), result.card().version());
      }
      progress.clear();
      print(spec.commandLine().getOut(), result.card(), folder, used, before);
    }
  }

  private List<Reviews.Review> reviews(Training training) {
    return training.reviews()
        ? List.copyOf(new IcebergReviews(common.catalog().iceberg()).newest().values())
        : List.of();
  }

  private void onComprehend(Training training) {
    if (use) {
      throw new AssayException(
          ExitKind.USAGE,
          "--use is for models of this machine. Which classifier of Comprehend is used the profile says: 'comprehend: {classifier: …}'.");
    }
    ComprehendSettings settings = MessageClassifiers.comprehend(common.profile());
    PrintWriter out = spec.commandLine().getOut();
    Trained trained =
        new ComprehendTraining(training, settings, Wiring.hadoop(common.profile()))
            .train(
                reviews(training),
                yes ? Costs.ACCEPTED : Costs.NOT_ACCEPTED,
                line -> {
                  out.println(line);
                  out.flush();
                });
    out.println(ModelSummary.text(training.name(), trained));
    trained.warning().ifPresent(warning -> out.println("Comprehend warns: " + warning));
    trained
        .time()
        .ifPresent(
            time ->
                out.println(
                    "Training took %s%s."
                        .formatted(
                            Elapsed.words(time),
                            TimePrices.of(settings)
                                .trained(time)
                                .map(cost -> " and cost about " + cost)
                                .orElse(""))));
    out.println(naming(training, trained));
    out.flush();
  }

  /** How a profile and a job name the classifier. */
  private static String naming(Training training, Trained trained) {
    return """
        The profile names it:   comprehend: {classifier: "%s"}
        A job then asks it by:  classify: {by: batch, model: %s, thresholds: {%s: 0.5, …}, …}
        By endpoint or cascade needs an endpoint as well: ./assay endpoint create %s --classifier %s"""
        .formatted(
            trained.classifier(),
            training.name(),
            training.categories().get(0),
            ComprehendTraining.name(training),
            trained.classifier());
  }

  private static void print(
      PrintWriter out, ModelCard card, String folder, boolean used, Optional<String> before) {
    out.println(ModelSummary.text(card));
    out.println("Model card: " + folder + "/card.md");
    if (used) {
      out.printf("%s@%s is used from now on.%n", card.name(), card.version());
    } else if (before.filter(card.version()::equals).isPresent()) {
      out.printf("%s@%s is the version in use already.%n", card.name(), card.version());
    } else {
      out.printf(
          "%s@%s stays in use. A job tries the new version with 'model: %s@%s'; --use makes it everybody's.%n",
          card.name(), before.orElse(""), card.name(), card.version());
    }
    Optional<Quality> test = card.test();
    if (test.isEmpty()) {
      out.println("No test texts were named: the numbers above are of held-out training texts.");
    }
    out.flush();
  }
}
