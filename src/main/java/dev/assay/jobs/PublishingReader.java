package dev.assay.jobs;

import dev.assay.model.job.Publishing;
import java.math.BigDecimal;
import java.nio.file.Path;

/** Reads a profile's {@code publish}. */
final class PublishingReader {
  private static final int LEAST = 1;

  private PublishingReader() {}

  static Publishing read(Yaml yaml) {
    yaml.allow("evaluations", "files");
    return new Publishing(
        yaml.find("evaluations")
            .map(PublishingReader::evaluations)
            .orElse(Publishing.USUAL_EVALUATIONS),
        yaml.find("files").map(files -> files.allow("folder").require("folder").as(Path::of)));
  }

  private static int evaluations(Yaml yaml) {
    BigDecimal number = yaml.number();
    if (number.stripTrailingZeros().scale() > 0
        || number.compareTo(BigDecimal.valueOf(LEAST)) < 0
        || number.compareTo(BigDecimal.valueOf(Publishing.USUAL_EVALUATIONS)) > 0) {
      throw yaml.error(
          "%s is no number of evaluations".formatted(number),
          "Expected a whole number from %d to %d.".formatted(LEAST, Publishing.USUAL_EVALUATIONS));
    }
    return number.intValueExact();
  }
}
