package dev.assay.cli;

import dev.assay.jobs.TrainingReader;
import dev.assay.messages.Reviews;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.messages.local.ModelCard;
import dev.assay.messages.local.ModelStore;
import dev.assay.messages.local.ModelTraining;
import dev.assay.messages.local.Quality;
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

/** From labelled messages to a model. */
@Command(
    name = "train",
    description = {
      "Train the model of a train job, measure it, and keep it with its card.",
      "The first version of a model is used at once; a later one when --use says so."
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  @Mixin Common common = new Common();
  @Mixin RunOptions options = new RunOptions();

  @Parameters(paramLabel = "FILE", description = "A job file with kind: train.")
  Path file = Path.of("");

  @Option(names = "--use", description = "Let jobs use the new version from now on.")
  boolean use;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    Training training = TrainingReader.read(file, options.values(common.home));
    PrintWriter out = spec.commandLine().getOut();
    ConsoleProgress progress = new ConsoleProgress(spec.commandLine().getErr());
    progress.say("starting Spark");
    try (SparkSession spark = Wiring.spark(common.profile())) {
      List<Reviews.Review> reviews =
          training.reviews()
              ? List.copyOf(new IcebergReviews(common.catalog().iceberg()).newest().values())
              : List.of();
      ModelTraining.Result result =
          new ModelTraining(spark, progress::say).train(training, reviews);
      ModelStore store = MessageClassifiers.store(spark, common.profile());
      String folder = store.keep(result.trained(), result.card());
      Optional<String> before = store.current(training.name());
      boolean used = use || before.isEmpty();
      if (used) {
        store.use(training.name(), result.card().version());
      }
      progress.clear();
      print(out, result.card(), folder, used, before);
    }
    return 0;
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
