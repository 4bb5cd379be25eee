package dev.assay.messages.comprehend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;

import dev.assay.messages.Bill;
import dev.assay.messages.Classifier;
import dev.assay.messages.ModelVersion;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a Comprehend endpoint, text by text, as fast as the quota of the profile allows.
 *
 * <p>It asks when {@link #classify} is called. Every answer is written to a journal as soon as it
 * is there, and read from there: a run that was killed, or that failed because the service did not
 * answer, is repeated without asking again what was answered; at most the calls in flight are paid
 * twice (in S3, the last second as well). Each call is in the journal before it is sent, so that
 * what a killed run has cost, calls in flight included, is known to the next one. {@link #settled}
 * deletes the answers, {@link #recorded} the charges. A journal belongs to one job, of which one
 * run goes on at a time; several jobs at a time need a profile each, with a share of the quota.
 *
 * <p>Texts over 10 KB of UTF-8 are cut. A text that the service does not take is refused, and does
 * not fail the others.
 */
public final class ComprehendEndpoint implements Classifier {
  private static final Logger LOG = LoggerFactory.getLogger(ComprehendEndpoint.class);
  private static final String BY = "endpoint";

  private final SparkSession spark;
  private final ComprehendSettings settings;
  private final Set<String> categories;
  private final ModelVersion model;
  private final Journal journal;
  private final JournalledAnswers answers;
  private final JournalledCharges charged;
  private final Charges charges;
  private final String run =
      UUID.randomUUID().toString().substring(0, JournalledCharges.RUN_DIGITS);
  private Tally spent = Tally.NOTHING;
  private Tally recorded = Tally.NOTHING;
  private Duration asking = Duration.ZERO;
  private int rounds;
  private final Set<String> given = new TreeSet<>();

  private ComprehendEndpoint(
      SparkSession spark,
      ComprehendSettings settings,
      Set<String> categories,
      ModelVersion model,
      Journal journal) {
    this.spark = spark;
    this.settings = settings;
    this.categories = new TreeSet<>(categories);
    this.model = model;
    this.journal = journal;
    this.answers = new JournalledAnswers(spark, journal, BY);
    this.charged = new JournalledCharges(journal, run);
    this.charges = new Charges(settings);
  }

  /**
   * Opens the endpoint of a profile. Asks the service which model it serves, unless the profile
   * names the classifier.
   *
   * @param categories that the model may report; the service does not say
   * @param home of the profile, for the journal where the profile names neither a folder for it nor
   *     a work folder
   * @param owner the job whose journal it is
   * @throws AssayException if the profile names no endpoint, the service does not know it, Spark
   *     speculates, or the journal lies on one machine of a cluster
   */
  public static ComprehendEndpoint open(
      SparkSession spark,
      ComprehendSettings settings,
      Set<String> categories,
      Path home,
      String owner) {
    return open(spark, settings, categories, Journal.place(settings, home, owner));
  }

  /** With the journal in a folder. */
  static ComprehendEndpoint open(
      SparkSession spark, ComprehendSettings settings, Set<String> categories, String journal) {
    Models.endpoint(settings);
    ModelVersion model = Models.of(Models.behind(settings), settings.compliantLabel());
    Journal answers = Journal.open(spark, journal, model.toString());
    return new ComprehendEndpoint(spark, settings, categories, model, answers);
  }

  @Override
  public ModelVersion model() {
    return model;
  }

  @Override
  public Set<String> categories() {
    return categories;
  }

  /** Units are an upper bound; the time is what the quota of the profile leaves. */
  @Override
  public Bill estimate(long documents, long characters) {
    return charges.endpointEstimate(documents, characters);
  }

  @Override
  public Bill price(Dataset<Row> questions) {
    int unitCharacters = charges.prices().unitCharacters();
    int minimumUnits = charges.prices().minimumUnits();
    Tally whole =
        questions
            .toJavaRDD()
            .map(row -> Cut.of(row.getString(1), Cut.CLASSIFY_BYTES))
            .filter(text -> !text.text().isBlank())
            .map(
                text ->
                    new Tally(
                        1,
                        0,
                        text.characters(),
                        Math.max(
                            minimumUnits,
                            (text.characters() + unitCharacters - 1) / unitCharacters)))
            .fold(Tally.NOTHING, Tally::plus);
    return charges.endpointAtPace(whole.calls(), whole.characters(), whole.units());
  }

  /** Documents are calls that may be charged: repeated ones again, throttled ones not. */
  @Override
  public Bill spent() {
    return charges.endpoint(
        spent.calls() - spent.throttled(), spent.characters(), spent.units(), asking);
  }

  /** With the time from the first to the last call of each run that left charges. */
  @Override
  public Bill leftBehind() {
    JournalledCharges.Left left = charged.left();
    return charges.endpoint(
        left.tally().calls(), left.tally().characters(), left.tally().units(), left.time());
  }

  @Override
  public void recorded() {
    recorded = spent;
    charged.delete();
  }

  /** Calls that the service refused as too many since this endpoint was opened. */
  public long throttled() {
    return spent.throttled();
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssayException if the service does not answer, or refuses more than a text; what it
   *     answered before is in the journal, and the next run does not ask it again
   */
  @Override
  public Dataset<Row> classify(Dataset<Row> questions) {
    boolean held = !questions.storageLevel().equals(StorageLevel.NONE());
    Dataset<Row> asked = held ? questions : questions.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> open =
          asked.join(answers.all().select("content_hash"), toSeq("content_hash"), "left_anti");
      ask(open.persist(StorageLevel.MEMORY_AND_DISK()));
      open.unpersist();
      Dataset<Row> answered =
          answers.all().join(asked.select("content_hash"), toSeq("content_hash"), "left_semi");
      given.addAll(answers.filesAboutOnly(asked));
      long missing = asked.count() - answered.count();
      if (missing != 0) {
        throw new AssayException(
            ExitKind.OUTSIDE_UNAVAILABLE,
            "%s: %d answers are not in the journal any more. Another run of the job may use it at the same time; let it end, and run again."
                .formatted(journal.folder(), missing));
      }
      return spark.createDataFrame(answered.toJavaRDD(), ANSWERS);
    } finally {
      if (!held) {
        asked.unpersist();
      }
    }
  }

  @Override
  public void settled() {
    journal.delete(List.copyOf(given));
    given.clear();
  }

  private void ask(Dataset<Row> open) {
    Deal deal = Deal.of(spark.sparkContext(), settings);
    long longest = deal.longest(settings.rate());
    Dataset<Row> many = open.filter(length(col("text")).leq(longest));
    Dataset<Row> few = open.filter(length(col("text")).gt(longest));
    long begun = System.nanoTime();
    List<TaskReport> reports = new ArrayList<>();
    Tally before = spent;
    try {
      reports.addAll(ask(many, deal));
      if (deal.hands() > 1 && failed(reports) == null) {
        reports.addAll(ask(few, new Deal(1)));
      }
    } finally {
      asking = asking.plusNanos(System.nanoTime() - begun);
      spent = charged.of(before, recorded, reports);
    }
    long answered = reports.stream().mapToLong(TaskReport::answered).sum();
    LOG.info(
        "{} answered {} texts in {} calls, of which {} were throttled",
        model,
        answered,
        spent.calls(),
        spent.throttled());
    TaskReport.Failed failed = failed(reports);
    if (failed != null) {
      throw new AssayException(
          failed.kind(),
          "%s %d of %d texts were answered; their answers are kept, and another run asks only for the rest."
              .formatted(failed.message(), answered, open.count()));
    }
  }

  private List<TaskReport> ask(Dataset<Row> open, Deal deal) {
    if (open.isEmpty()) {
      return List.of();
    }
    ComprehendRate share = settings.rate().share(deal.hands());
    EndpointTask task =
        new EndpointTask(settings, share, journal, "%s%03d".formatted(run, rounds++));
    return deal.deal(open.toJavaRDD())
        .mapPartitionsWithIndex(
            (partition, rows) -> List.of(task.ask(partition, rows)).iterator(), false)
        .collect();
  }

  private static TaskReport.@Nullable Failed failed(List<TaskReport> reports) {
    return reports.stream()
        .map(TaskReport::failed)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static scala.collection.Seq<String> toSeq(String column) {
    return scala.collection.JavaConverters.asScalaBuffer(List.of(column)).toSeq();
  }
}
