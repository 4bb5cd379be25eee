package dev.assay.jobs;

import dev.assay.model.job.Classify;
import dev.assay.model.message.Thresholds;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads how a classify job decides. */
final class ClassifyReader {
  private ClassifyReader() {}

  static Classify classify(Yaml yaml) {
    yaml.allow(
        "key",
        "text",
        "keep",
        "model",
        "by",
        "thresholds",
        "margin",
        "languages",
        "personal-data",
        "region",
        "max-cost");
    Map<String, Double> thresholds = new TreeMap<>();
    yaml.find("thresholds")
        .ifPresent(
            values ->
                values
                    .entries()
                    .forEach((category, value) -> thresholds.put(category, share(value))));
    return new Classify(
        yaml.require("key").texts(),
        yaml.require("text").text(),
        yaml.find("keep").map(Yaml::texts).orElse(List.of()),
        yaml.require("model").as(ClassifyReader::model),
        yaml.find("by").map(by -> by.choice(Classify.By.class)).orElse(Classify.By.LOCAL),
        thresholds,
        yaml.find("margin").map(ClassifyReader::share).orElse(Thresholds.USUAL_MARGIN),
        yaml.find("languages").map(Yaml::texts).orElse(List.of("en")),
        yaml.find("personal-data")
            .map(detector -> detector.choice(Classify.Detector.class))
            .orElse(Classify.Detector.LOCAL),
        yaml.find("region").map(Yaml::text).orElse("US"),
        yaml.find("max-cost").map(Yaml::number));
  }

  private static String model(String text) {
    if (!text.matches("[a-z][a-z0-9_]*(@[0-9a-z]+)?")) {
      throw new IllegalArgumentException(
          "expected the name of a model, or name@version of one of its versions");
    }
    return text;
  }

  static double share(Yaml yaml) {
    double share = yaml.number().doubleValue();
    if (share < 0 || share > 1) {
      throw yaml.error("%s is no confidence".formatted(share), "Expected 0 to 1.");
    }
    return share;
  }
}
