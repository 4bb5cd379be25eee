package dev.assay.cli;

import dev.assay.messages.ClassifierSource;
import dev.assay.messages.PersonalData;
import dev.assay.messages.local.ModelStore;
import dev.assay.messages.personal.LocalPersonalData;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.job.Classify;
import dev.assay.model.job.Profile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Classifiers of this machine: models that were trained into the profile's home. */
final class LocalModels implements ClassifierSource {
  private final SparkSession spark;
  private final ModelStore store;
  private final Map<String, Opened> opened = new HashMap<>();

  LocalModels(SparkSession spark, Profile profile) {
    this.spark = spark;
    this.store = store(spark, profile);
  }

  static ModelStore store(SparkSession spark, Profile profile) {
    return new ModelStore(
        profile.home().resolve("models").toString(), spark.sessionState().newHadoopConf());
  }

  @Override
  public Opened open(Classify how) {
    if (how.by() != Classify.By.LOCAL) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "classify by %s needs Amazon Comprehend, which the profile does not name."
              .formatted(how.by().name().toLowerCase(java.util.Locale.ROOT)));
    }
    return opened.computeIfAbsent(how.model(), this::load);
  }

  private Opened load(String model) {
    String[] parts = model.split("@", 2);
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
    return new Opened(loaded.classifier(), loaded.thresholds());
  }

  @Override
  public PersonalData personalData(Classify how) {
    return switch (how.personalData()) {
      case NONE -> text -> List.of();
      case LOCAL -> new LocalPersonalData(how.region());
      case COMPREHEND ->
          throw new AssayException(
              ExitKind.WRONG_FILES,
              "personal-data: comprehend needs Amazon Comprehend, which the profile does not name.");
    };
  }
}
