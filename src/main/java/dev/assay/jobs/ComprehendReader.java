package dev.assay.jobs;

import dev.assay.model.job.ComprehendPrices;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/** Reads {@code comprehend} of a profile. */
final class ComprehendReader {
  private static final String UNITS = "inference-units";
  private static final String CHARACTERS = "characters-per-second";
  private static final String DOCUMENTS = "documents-per-second";

  private ComprehendReader() {}

  static ComprehendSettings read(Yaml yaml) {
    yaml.allow(
        "region",
        "endpoint-url",
        "endpoint",
        "classifier",
        "role",
        "work",
        "journal",
        UNITS,
        CHARACTERS,
        DOCUMENTS,
        "personal-data-per-second",
        "threads",
        "longest-wait",
        "compliant-label",
        "prices");
    return new ComprehendSettings(
        yaml.find("region").map(Yaml::text),
        yaml.find("endpoint-url").map(url -> url.as(URI::create)),
        yaml.find("endpoint").map(ComprehendReader::arn),
        yaml.find("classifier").map(ComprehendReader::arn),
        yaml.find("role").map(ComprehendReader::arn),
        yaml.find("work").map(ComprehendReader::inS3),
        yaml.find("journal").map(Yaml::text),
        rate(yaml),
        yaml.find("personal-data-per-second")
            .map(ComprehendReader::positive)
            .orElse(ComprehendSettings.USUAL_PERSONAL_DATA_PER_SECOND),
        yaml.find("threads")
            .map(ComprehendReader::atLeastOne)
            .orElse(ComprehendSettings.USUAL_THREADS),
        yaml.find("longest-wait")
            .map(ComprehendReader::wait)
            .orElse(ComprehendSettings.USUAL_LONGEST_WAIT),
        yaml.find("compliant-label")
            .map(Yaml::text)
            .orElse(ComprehendSettings.USUAL_COMPLIANT_LABEL),
        yaml.find("prices").map(ComprehendReader::prices));
  }

  private static ComprehendRate rate(Yaml yaml) {
    boolean direct = yaml.has(CHARACTERS) || yaml.has(DOCUMENTS);
    if (direct && yaml.has(UNITS)) {
      throw yaml.error(
          "comprehend names inference units and a rate",
          "Expected either %s, or %s and %s.".formatted(UNITS, CHARACTERS, DOCUMENTS));
    }
    if (direct) {
      return new ComprehendRate(
          positive(yaml.require(CHARACTERS)), positive(yaml.require(DOCUMENTS)));
    }
    return ComprehendRate.ofUnits(
        yaml.find(UNITS).map(ComprehendReader::atLeastOne).orElse(1).doubleValue());
  }

  private static ComprehendPrices prices(Yaml yaml) {
    yaml.allow(
        "currency",
        "region",
        "date",
        "unit-characters",
        "minimum-units",
        "sync-unit",
        "async-unit",
        "personal-data-unit",
        "endpoint-second",
        "training-hour",
        "model-month");
    return new ComprehendPrices(
        yaml.require("currency").text(),
        yaml.require("region").text(),
        yaml.require("date").as(LocalDate::parse),
        yaml.find("unit-characters")
            .map(ComprehendReader::atLeastOne)
            .orElse(ComprehendPrices.USUAL_UNIT_CHARACTERS),
        yaml.find("minimum-units")
            .map(ComprehendReader::atLeastOne)
            .orElse(ComprehendPrices.USUAL_MINIMUM_UNITS),
        price(yaml, "sync-unit"),
        price(yaml, "async-unit"),
        price(yaml, "personal-data-unit"),
        price(yaml, "endpoint-second"),
        price(yaml, "training-hour"),
        price(yaml, "model-month"));
  }

  private static BigDecimal price(Yaml prices, String key) {
    Optional<Yaml> price = prices.find(key);
    if (price.isPresent() && price.get().number().signum() < 0) {
      throw price.get().error("'%s' is below 0".formatted(key), "Expected a price.");
    }
    return price.map(Yaml::number).orElse(BigDecimal.ZERO);
  }

  private static double positive(Yaml yaml) {
    double number = yaml.number().doubleValue();
    if (!(number > 0)) {
      throw yaml.error("'%s' is not over 0".formatted(yaml.text()), "Expected more than 0.");
    }
    return number;
  }

  private static int atLeastOne(Yaml yaml) {
    int number = yaml.as(Integer::valueOf);
    if (number < 1) {
      throw yaml.error("'%d' is below 1".formatted(number), "Expected a whole number from 1 on.");
    }
    return number;
  }

  private static Duration wait(Yaml yaml) {
    Duration wait = yaml.as(Duration::parse);
    if (wait.isNegative() || wait.isZero()) {
      throw yaml.error(
          "'%s' is no time to wait".formatted(yaml.text()), "Expected for example PT6H.");
    }
    return wait;
  }

  private static String arn(Yaml yaml) {
    if (!yaml.text().startsWith("arn:")) {
      throw yaml.error("'%s' is no ARN".formatted(yaml.text()), "Expected arn:aws:….");
    }
    return yaml.text();
  }

  private static String inS3(Yaml yaml) {
    if (!yaml.text().matches("s3://[^/]+/.*[^/].*")) {
      throw yaml.error(
          "'%s' is no folder in S3".formatted(yaml.text()), "Expected s3://bucket/folder.");
    }
    return yaml.text();
  }
}
