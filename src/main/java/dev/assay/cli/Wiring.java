package dev.assay.cli;

import dev.assay.keys.KeyStore;
import dev.assay.keys.MissingKeysException;
import dev.assay.keys.WritableKeyStore;
import dev.assay.keys.files.KeyFile;
import dev.assay.keys.kms.KmsKeys;
import dev.assay.keys.secretsmanager.SecretKeys;
import dev.assay.messages.iceberg.IcebergAnswers;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.messages.opennlp.OpenNlpLanguages;
import dev.assay.model.job.Contract;
import dev.assay.model.job.Profile;
import dev.assay.pipeline.KeyProtector;
import dev.assay.pipeline.Lane;
import dev.assay.pipeline.MessageTools;
import dev.assay.pipeline.RunListener;
import dev.assay.prepare.Protector;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/** Creates what a run needs from outside. */
final class Wiring {
  private static final String HADOOP = "spark.hadoop.";

  private Wiring() {}

  /** A session with the profile's catalog and settings; those of spark-submit win. */
  static SparkSession spark(Profile profile) {
    SparkConf given = new SparkConf();
    SparkConf settings = SparkDefaults.merged(SparkDefaults.of(profile), given);
    if (!given.contains("spark.app.name")) {
      settings.setAppName("assay");
    }
    return SparkSession.builder().config(settings).getOrCreate();
  }

  /**
   * How Hadoop's file systems are reached, without a session; settings of spark-submit win here
   * too.
   */
  static Configuration hadoop(Profile profile) {
    Configuration configuration = new Configuration();
    SparkConf settings = SparkDefaults.merged(SparkDefaults.of(profile), new SparkConf());
    for (Tuple2<String, String> setting : settings.getAllWithPrefix(HADOOP)) {
      configuration.set(setting._1, setting._2);
    }
    return configuration;
  }

  static Lane lane(Common common, SparkSession spark, RunListener listener) {
    return lane(common, spark, listener, List.of());
  }

  /** A lane for runs that consumers' contracts are held against. */
  static Lane lane(
      Common common, SparkSession spark, RunListener listener, List<Contract> contracts) {
    return new Lane(
        spark,
        common.profile(),
        common.catalog(),
        common.ledger(),
        common.evidence(),
        protector(common.profile()),
        Clock.systemUTC(),
        ProductVersion.current(),
        contracts,
        messages(common, spark),
        listener);
  }

  /** What classify jobs need; models are loaded when a job asks for them. */
  static MessageTools messages(Common common, SparkSession spark) {
    return new MessageTools(
        new MessageClassifiers(spark, common.profile()),
        new OpenNlpLanguages(),
        new IcebergAnswers(spark, common.catalog().iceberg(), common.profile().catalog()),
        new IcebergReviews(common.catalog().iceberg()));
  }

  /** What protects personal data with the profile's keys; opened when a job needs it. */
  static Supplier<Protector> protector(Profile profile) {
    return () -> new KeyProtector(keys(profile).load());
  }

  /** Where the profile's keys are. */
  static KeyStore keys(Profile profile) {
    Optional<WritableKeyStore> file = keyFile(profile);
    if (file.isPresent()) {
      return file.get();
    }
    if (profile.keySecret().isPresent()) {
      return SecretKeys.open(profile.keySecret().get(), Optional.empty());
    }
    throw new MissingKeysException(
        "Profile " + profile.name(),
        "it names no keys, and they are needed to protect or reveal",
        "Add keys: {file: …} or keys: {secret: …} to it.");
  }

  /** The profile's key file, encrypted if the profile names a KMS key; none on other stores. */
  static Optional<WritableKeyStore> keyFile(Profile profile) {
    return profile
        .keyFile()
        .map(
            file ->
                profile.kmsKey().isPresent()
                    ? KmsKeys.open(file, profile.kmsKey().get(), Optional.empty())
                    : new KeyFile(file));
  }
}
