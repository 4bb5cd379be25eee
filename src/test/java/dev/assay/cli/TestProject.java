package dev.assay.cli;

import dev.assay.jobs.JobFiles;
import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.messages.iceberg.IcebergAnswers;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.messages.opennlp.OpenNlpLanguages;
import dev.assay.model.TableName;
import dev.assay.model.job.Profile;
import dev.assay.model.job.Publishing;
import dev.assay.pipeline.JobResult;
import dev.assay.pipeline.Lane;
import dev.assay.pipeline.MessageTools;
import dev.assay.pipeline.PipelineRun;
import dev.assay.pipeline.RunListener;
import dev.assay.pipeline.RunOption;
import dev.assay.rules.evidence.iceberg.IcebergEvidence;
import dev.assay.scores.Ledger;
import dev.assay.scores.iceberg.IcebergLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A project folder with a warehouse of its own, on the session that all tests of a JVM share. */
public final class TestProject {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final LocalDate DATE = LocalDate.of(2026, 11, 18);

  private final Path root;
  private Profile profile;
  private final SparkSession spark;
  private RunListener listener = (table, point) -> {};

  public TestProject(Path root) {
    this(
        root,
        Map.of("type", "hadoop", "warehouse", root.resolve("home/warehouse").toString()),
        Map.of());
  }

  /** On another catalog; {@code hadoop} are settings of Hadoop's file systems. */
  public TestProject(Path root, Map<String, String> catalog, Map<String, String> hadoop) {
    this.root = root;
    Map<String, String> properties = new LinkedHashMap<>(catalog);
    properties.put("cache-enabled", "false");
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.master", "local[2]");
    settings.put("spark.ui.enabled", "false");
    settings.put("spark.sql.shuffle.partitions", "2");
    settings.put("spark.driver.host", "127.0.0.1");
    settings.put("spark.driver.bindAddress", "127.0.0.1");
    this.profile =
        new Profile(
            "test",
            root.resolve("home"),
            "lake" + NUMBER.incrementAndGet(),
            properties,
            settings,
            Optional.of(root.resolve("home/keys.json")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Publishing.NOWHERE);
    SparkSession.Builder builder = SparkSession.builder().appName("assay tests");
    SparkDefaults.of(profile).forEach(builder::config);
    this.spark = builder.getOrCreate().newSession();
    SparkDefaults.of(profile).forEach((key, value) -> set(spark, key, value));
    hadoop.forEach((key, value) -> spark.conf().set(key, value));
  }

  private static void set(SparkSession session, String key, String value) {
    if (key.startsWith("spark.sql.") && !key.equals("spark.sql.extensions")) {
      session.conf().set(key, value);
    }
  }

  public Path root() {
    return root;
  }

  public SparkSession spark() {
    return spark;
  }

  public Profile profile() {
    return profile;
  }

  /** With the {@code comprehend} of a profile that is a file of the project. */
  public TestProject comprehendOf(String path) {
    this.profile =
        new Profile(
            profile.name(),
            profile.home(),
            profile.catalog(),
            profile.catalogProperties(),
            profile.spark(),
            profile.keyFile(),
            profile.keySecret(),
            profile.kmsKey(),
            ProfileReader.load(root.resolve(path).toString(), profile.home()).comprehend(),
            profile.publishing());
    return this;
  }

  public TestProject listener(RunListener next) {
    this.listener = next;
    return this;
  }

  /** Writes a file below the project's root. */
  public TestProject file(String path, String content) {
    return file(path, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  public TestProject file(String path, byte[] content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A pipeline folder {@code jobs/p} without jobs. */
  public TestProject pipeline() {
    return file("jobs/p/pipeline.yaml", "name: p\nowner: somebody@example.com\n");
  }

  /** A job {@code jobs/p/NAME.yaml} and its ruleset for {@code prepared.NAME}. */
  public TestProject job(String name, String yaml, String rules) {
    file("rulesets/prepared/" + name + ".dqdl", "Rules = [ " + rules + " ]\n");
    return file("jobs/p/" + name + ".yaml", yaml);
  }

  public List<JobResult> run() {
    return run("jobs/p", DATE, Map.of());
  }

  public JobResult runOne() {
    return run().get(0);
  }

  public List<JobResult> run(
      String path, LocalDate date, Map<String, String> variables, RunOption... options) {
    Map<String, String> values = new LinkedHashMap<>(variables);
    values.putIfAbsent("root", root.toString());
    values.putIfAbsent("home", root.resolve("home").toString());
    JobFiles.Loaded loaded =
        new JobFiles(Clock.systemUTC(), values, Optional.of(date)).load(root.resolve(path));
    return new PipelineRun(lane()).run(loaded.chosen(), loaded.dataDate(), Set.of(options));
  }

  public Lane lane() {
    LakeCatalog catalog = LakeCatalog.open(profile);
    return new Lane(
        spark,
        profile,
        catalog,
        new IcebergLedger(catalog.iceberg()),
        new IcebergEvidence(catalog.iceberg(), Clock.systemUTC()),
        Wiring.protector(profile),
        Clock.systemUTC(),
        "test",
        List.of(),
        new MessageTools(
            new MessageClassifiers(spark, profile),
            new OpenNlpLanguages(),
            new IcebergAnswers(spark, catalog.iceberg(), profile.catalog()),
            new IcebergReviews(catalog.iceberg())),
        listener);
  }

  public Ledger ledger() {
    return new IcebergLedger(LakeCatalog.open(profile).iceberg());
  }

  public LakeCatalog catalog() {
    return LakeCatalog.open(profile);
  }

  /** Rows of a query in which {@code lake.} stands for the project's catalog. */
  public List<Row> sql(String query) {
    return spark.sql(query.replace("lake.", profile.catalog() + ".")).collectAsList();
  }

  /** The rows of a query as text, one line each, columns parted by {@code |}. */
  public List<String> lines(String query) {
    return sql(query).stream().map(row -> row.mkString("|")).toList();
  }

  public boolean hasTable(String table) {
    return catalog().find(TableName.parse(table)).isPresent();
  }
}
