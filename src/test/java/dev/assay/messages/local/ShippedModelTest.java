package dev.assay.messages.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that the demo brings, on the hand-written test set. Asks no Spark. */
class ShippedModelTest {
  private static final String NAME = "message_model";
  private static final Path MODELS = Path.of("jobs/demo/models");

  @TempDir private Path folder;

  @Test
  void meetsWhatTheProductPromises() {
    Trained model = shipped();
    List<LabelledText> texts = test(model);

    Quality plain = model.on(texts);
    Quality disguised = model.on(Disguises.of(texts));

    assertThat(plain.macroF1().value()).isGreaterThanOrEqualTo(0.85);
    assertThat(plain.restricted().recall().value()).isGreaterThanOrEqualTo(0.95);
    assertThat(plain.restricted().precision().value()).isGreaterThanOrEqualTo(0.90);
    assertThat(disguised.restricted().recall().value())
        .isGreaterThanOrEqualTo(plain.restricted().recall().value() - 0.05);
  }

  @Test
  void itsCardSaysTheSameNumbers() throws Exception {
    Trained model = shipped();
    Quality plain = model.on(test(model));

    assertThat(
            Files.readString(
                MODELS.resolve(NAME).resolve(model.model().version()).resolve("card.md")))
        .contains(
            "%.3f (%.3f–%.3f)"
                .formatted(plain.macroF1().value(), plain.macroF1().low(), plain.macroF1().high()));
  }

  @Test
  void damagedWeightsAreRefused() throws Exception {
    String version = shipped().model().version();
    Path copy = Files.createDirectories(folder.resolve(NAME).resolve(version));
    for (String file : List.of("model.json", "weights.bin")) {
      Files.copy(MODELS.resolve(NAME).resolve(version).resolve(file), copy.resolve(file));
    }
    byte[] weights = Files.readAllBytes(copy.resolve("weights.bin"));
    weights[weights.length / 2] ^= 1;
    Files.write(copy.resolve("weights.bin"), weights);

    Assertions.assertThatThrownBy(() -> load(folder, version))
        .hasMessageContaining("the model's files are damaged");
  }

  @Test
  void aVersionThatIsNotThereIsNamed() {
    Assertions.assertThatThrownBy(() -> load(MODELS, "0123"))
        .hasMessageContaining("message_model@0123 is not in");
  }

  private static Trained shipped() {
    String version =
        new ModelStore(MODELS.toString(), new Configuration()).current(NAME).orElseThrow();
    ModelStore.Loaded loaded = load(MODELS, version);
    return new Trained(loaded.classifier().localModel(), loaded.thresholds(), null, 0);
  }

  @SuppressWarnings("DataFlowIssue")
  private static ModelStore.Loaded load(Path models, String version) {
    SparkSession none = null;
    return new ModelStore(models.toString(), new Configuration()).load(none, NAME, version);
  }

  private static List<LabelledText> test(Trained model) {
    return new LabelledCsv('|', "compliant", new TreeSet<>(model.model().categories()))
        .read(Path.of("jobs/demo/messages/test.csv"));
  }
}
