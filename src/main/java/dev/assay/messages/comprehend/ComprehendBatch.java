package dev.assay.messages.comprehend;

import static org.apache.spark.sql.functions.col;

import dev.assay.messages.Bill;
import dev.assay.messages.Classifier;
import dev.assay.messages.ModelVersion;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.ComprehendSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.comprehend.ComprehendClient;

/**
 * Has batch jobs of Comprehend classify files with a text on each line.
 *
 * <p>It works when {@link #classify} is called, which takes minutes to hours. Files and jobs are
 * named after the model and the texts. A run that was killed, or whose wait was over, is repeated
 * without paying again: files that were written completely are not written again, and jobs that
 * were started are found, by name or by request token. {@link #settled} deletes the files of jobs
 * that answer nothing but the questions of this run, with the texts in them; until then they stay.
 * The folder belongs to one job, of which one run goes on at a time.
 *
 * <p>Texts over 10 KB of UTF-8 are cut, line breaks become spaces, and texts that are blank are
 * refused without asking, as are those for which the service has an error. Texts that its output
 * leaves out are submitted again, twice at most.
 */
public final class ComprehendBatch implements Classifier {
  private static final String BY = "batch";
  private static final String HASH = "content_hash";
  private static final StructType HASH_AND_BATCH =
      new StructType().add(HASH, DataTypes.StringType).add("batch", DataTypes.StringType);

  private final SparkSession spark;
  private final ComprehendSettings settings;
  private final Set<String> categories;
  private final String classifier;
  private final ModelVersion model;
  private final BatchFolder folder;
  private final Limits limits;
  private final WaitingSource waits;
  private final Charges charges;
  private final BatchCosts costs;
  private Duration waited = Duration.ZERO;
  private final Set<String> given = new TreeSet<>();
  private @Nullable Dataset<Row> held;

  /** Makes a wait for each round of jobs. */
  interface WaitingSource {
    Waiting begin();
  }

  ComprehendBatch(
      SparkSession spark,
      ComprehendSettings settings,
      Set<String> categories,
      String owner,
      Limits limits,
      WaitingSource waits) {
    this.spark = spark;
    this.settings = settings;
    this.categories = new TreeSet<>(categories);
    this.classifier =
        settings
            .classifier()
            .orElseThrow(() -> Models.missing("classifier", "the ARN of a classifier"));
    this.model = Models.of(classifier, settings.compliantLabel());
    this.folder =
        new BatchFolder(
            "%s/batch/%s"
                .formatted(
                    settings
                        .work()
                        .orElseThrow(() -> Models.missing("work", "a folder, s3://bucket/folder")),
                    Journal.safe(owner)),
            model,
            new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    this.limits = limits;
    this.waits = waits;
    this.charges = new Charges(settings);
    this.costs = new BatchCosts(folder);
  }

  /**
   * Opens the classifier of a profile; asks nothing yet.
   *
   * @param categories that the model may report; the service does not say
   * @param owner the job whose folder under {@code work} it is
   * @throws AssayException if the profile does not name a classifier, a work folder and a role
   */
  public static ComprehendBatch open(
      SparkSession spark, ComprehendSettings settings, Set<String> categories, String owner) {
    if (settings.role().isEmpty()) {
      throw Models.missing("role", "the ARN of a data-access role");
    }
    return new ComprehendBatch(
        spark,
        settings,
        categories,
        owner,
        Limits.OF_SERVICE,
        () -> Waiting.upTo(settings.longestWait()));
  }

  @Override
  public ModelVersion model() {
    return model;
  }

  @Override
  public Set<String> categories() {
    return categories;
  }

  /** Units are an upper bound; how long it takes is not known beforehand, and zero. */
  @Override
  public Bill estimate(long documents, long characters) {
    return charges.batchEstimate(documents, characters);
  }

  /** Of the jobs that were started since it was opened; not of those that it found. */
  @Override
  public Bill spent() {
    return bill(costs.spent(), waited);
  }

  /** Of the jobs that it found and nobody has recorded, how long they took is not known. */
  @Override
  public Bill leftBehind() {
    return bill(costs.leftBehind(), Duration.ZERO);
  }

  private Bill bill(Tally tally, Duration time) {
    return charges.batch(tally.calls(), tally.characters(), tally.units(), time);
  }

  @Override
  public void recorded() {
    costs.recorded();
  }

  /**
   * {@inheritDoc}
   *
   * @throws AssayException if a job fails or does not end in time, or if the service says nothing
   *     about a text however often it is submitted
   */
  @Override
  public Dataset<Row> classify(Dataset<Row> questions) {
    release();
    Dataset<Row> sent = questions.filter((FilterFunction<Row>) row -> !isBlank(row));
    Dataset<Row> blank = questions.filter((FilterFunction<Row>) ComprehendBatch::isBlank);
    Dataset<Row> answered =
        answer(sent)
            .union(
                spark.createDataFrame(
                    blank.toJavaRDD().map(row -> Answer.refusal(row.getString(0), false).row(BY)),
                    ANSWERS))
            .persist(StorageLevel.MEMORY_AND_DISK());
    held = answered;
    return answered;
  }

  @Override
  public void settled() {
    release();
    folder.delete(given);
    given.clear();
  }

  private Dataset<Row> answer(Dataset<Row> questions) {
    long begun = System.nanoTime();
    try (ComprehendClient client = Connection.of(settings).open()) {
      BatchJobs jobs = new BatchJobs(client, settings, classifier, folder, limits.jobs());
      Map<String, String> outputs = new LinkedHashMap<>(run(jobs, earlier(questions)));
      for (int round = 0; ; round++) {
        Dataset<Row> answers = answers(outputs);
        Dataset<Row> missing =
            questions.join(
                answers.select(col(HASH).as("answered_hash")),
                questions.col(HASH).equalTo(col("answered_hash")),
                "left_anti");
        if (missing.isEmpty()) {
          given.addAll(outputs.keySet());
          given.removeAll(batches(outputs.keySet(), questions, "left_anti"));
          return spark.createDataFrame(
              answers
                  .join(
                      questions.select(col(HASH).as("asked_hash")),
                      answers.col(HASH).equalTo(col("asked_hash")),
                      "left_semi")
                  .toJavaRDD(),
              ANSWERS);
        }
        if (round == limits.rounds()) {
          throw new AssayException(
              ExitKind.OUTSIDE_UNAVAILABLE,
              "%s: batch jobs said nothing about %d of %d texts in %d rounds. Look at their output under %s, and run again."
                  .formatted(
                      classifier, missing.count(), questions.count(), round, folder.folder()));
        }
        outputs.putAll(submit(jobs, missing));
      }
    } finally {
      waited = waited.plusNanos(System.nanoTime() - begun);
    }
  }

  /** Batches of earlier runs in which some of these texts are. */
  private List<String> earlier(Dataset<Row> questions) {
    return batches(folder.complete(), questions, "left_semi");
  }

  /** Batches with texts that are, or are not, among the questions. */
  private List<String> batches(Collection<String> among, Dataset<Row> questions, String join) {
    if (among.isEmpty()) {
      return List.of();
    }
    JavaRDD<Row> rows =
        new BatchOutput(folder, settings.compliantLabel())
            .batchesByHash(JavaSparkContext.fromSparkContext(spark.sparkContext()), among)
            .map(pair -> RowFactory.create(pair._1, pair._2));
    Dataset<Row> hashes = spark.createDataFrame(rows, HASH_AND_BATCH);
    return hashes
        .join(
            questions.select(col(HASH).as("asked_hash")),
            hashes.col(HASH).equalTo(col("asked_hash")),
            join)
        .select("batch")
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  private Map<String, String> submit(BatchJobs jobs, Dataset<Row> missing) {
    Dataset<Row> fixed = missing.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Batches.Written> written =
          new Batches(folder, model, limits).write(fixed, charges.prices());
      return run(jobs, written.stream().map(Batches.Written::name).toList());
    } finally {
      fixed.unpersist();
    }
  }

  private Map<String, String> run(BatchJobs jobs, List<String> batches) {
    try {
      return jobs.run(batches, waits.begin());
    } finally {
      costs.count(batches, jobs);
    }
  }

  private Dataset<Row> answers(Map<String, String> outputs) {
    return spark
        .createDataFrame(
            new BatchOutput(folder, settings.compliantLabel())
                .answers(JavaSparkContext.fromSparkContext(spark.sparkContext()), outputs)
                .map(answer -> answer.row(BY)),
            ANSWERS)
        .dropDuplicates(HASH);
  }

  private void release() {
    Dataset<Row> before = held;
    if (before != null) {
      before.unpersist();
      held = null;
    }
  }

  private static boolean isBlank(Row question) {
    return question.getString(1).isBlank();
  }
}
