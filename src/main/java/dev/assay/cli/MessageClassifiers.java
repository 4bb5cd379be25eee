package dev.assay.cli;

import dev.assay.messages.Cascade;
import dev.assay.messages.Classifier;
import dev.assay.messages.ClassifierSource;
import dev.assay.messages.PersonalData;
import dev.assay.messages.comprehend.ComprehendBatch;
import dev.assay.messages.comprehend.ComprehendEndpoint;
import dev.assay.messages.comprehend.ComprehendPersonalData;
import dev.assay.messages.local.ModelStore;
import dev.assay.messages.personal.LocalPersonalData;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.job.Classify;
import dev.assay.model.job.ComprehendSettings;
import dev.assay.model.job.Profile;
import dev.assay.model.message.Thresholds;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * Classifiers of a profile: models that were trained into its home, and Comprehend where it names
 * it. Each is opened once per run.
 */
final class MessageClassifiers implements ClassifierSource {
  private final SparkSession spark;
  private final Profile profile;
  private final ModelStore store;
  private final Map<Use, Opened> opened = new HashMap<>();

  private record Use(String owner, Classify how) {}

  MessageClassifiers(SparkSession spark, Profile profile) {
    this.spark = spark;
    this.profile = profile;
    this.store = store(spark, profile);
  }

  static ModelStore store(SparkSession spark, Profile profile) {
    return new ModelStore(
        profile.home().resolve("models").toString(), spark.sessionState().newHadoopConf());
  }

  @Override
  public Opened open(String owner, Classify how) {
    return opened.computeIfAbsent(
        new Use(owner, how),
        use ->
            switch (how.by()) {
              case LOCAL -> local(how);
              case ENDPOINT -> new Opened(endpoint(owner, categories(how)), thresholds(how));
              case BATCH ->
                  new Opened(
                      ComprehendBatch.open(spark, comprehend(profile), categories(how), owner),
                      thresholds(how));
              case CASCADE -> cascade(owner, how);
            });
  }

  private Opened local(Classify how) {
    String[] parts = how.model().split("@", 2);
    String version =
        parts.length == 2
            ? parts[1]
            : store
                .current(parts[0])
                .orElseThrow(
                    () ->
                        new AssayException(
                            ExitKind.WRONG_FILES,
                            "Model %s was not trained yet. Train it with 'assay train', for example: ./assay train jobs/demo/message-model.yaml"
                                .formatted(parts[0])));
    ModelStore.Loaded loaded = store.load(spark, parts[0], version);
    for (String category : how.thresholds().keySet()) {
      Set<String> known = loaded.classifier().categories();
      if (!known.contains(category)) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "classify.thresholds names '%s', and model %s has no such category. %s"
                .formatted(
                    category, how.model(), Nearest.suggestion(category, List.copyOf(known))));
      }
    }
    return new Opened(loaded.classifier(), loaded.thresholds());
  }

  /** The local model first; what is about as far from a threshold as the margin goes on. */
  private Opened cascade(String owner, Classify how) {
    Opened local = local(how);
    Thresholds thresholds = how.over(local.thresholds());
    double lowest = Collections.min(thresholds.byCategory().values());
    double highest = Collections.max(thresholds.byCategory().values());
    Cascade.Band band =
        new Cascade.Band(
            Math.max(0, lowest - thresholds.margin()), Math.min(1, highest + thresholds.margin()));
    Classifier second = endpoint(owner, local.classifier().categories());
    return new Opened(new Cascade(local.classifier(), second, band), local.thresholds());
  }

  private Classifier endpoint(String owner, Set<String> categories) {
    return ComprehendEndpoint.open(spark, comprehend(profile), categories, profile.home(), owner);
  }

  /** Comprehend does not say which categories a model has, nor from where on they count. */
  private static Set<String> categories(Classify how) {
    if (how.thresholds().isEmpty()) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "classify by endpoint or batch needs thresholds, one per category of the Comprehend model, for example thresholds: {gambling: 0.5}.");
    }
    return how.thresholds().keySet();
  }

  private static Thresholds thresholds(Classify how) {
    return new Thresholds(how.thresholds(), how.margin());
  }

  /** What the profile says about Comprehend. */
  static ComprehendSettings comprehend(Profile profile) {
    return profile
        .comprehend()
        .orElseThrow(
            () ->
                new AssayException(
                    ExitKind.WRONG_FILES,
                    "Profile %s names no Comprehend, and it is asked for. Add comprehend: {…} to it (docs/jobs.md), or let jobs say by: local."
                        .formatted(profile.name())));
  }

  @Override
  public PersonalData personalData(String owner, Classify how) {
    return switch (how.personalData()) {
      case NONE -> text -> List.of();
      case LOCAL -> new LocalPersonalData(how.region());
      case COMPREHEND ->
          ComprehendPersonalData.open(
              spark, comprehend(profile), how.languages(), profile.home(), owner);
    };
  }
}
