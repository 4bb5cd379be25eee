package dev.assay.messages.comprehend;

import dev.assay.model.job.ComprehendPrices;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;

/** Settings of tests. */
final class Settings {
  static final String ENDPOINT =
      "arn:aws:comprehend:us-east-1:123456789012:document-classifier-endpoint/given";
  static final String CLASSIFIER =
      "arn:aws:comprehend:us-east-1:123456789012:document-classifier/given";
  static final ComprehendPrices PRICES =
      new ComprehendPrices(
          "USD",
          "us-east-1",
          LocalDate.of(2026, 11, 1),
          100,
          3,
          new BigDecimal("0.0001"),
          new BigDecimal("0.0005"),
          new BigDecimal("0.0002"),
          new BigDecimal("0.0005"),
          new BigDecimal("3"),
          new BigDecimal("0.5"));

  private Settings() {}

  static ComprehendSettings at(URI url, ComprehendRate rate, int threads, String work) {
    return new ComprehendSettings(
        Optional.of("us-east-1"),
        Optional.of(url),
        Optional.of(ENDPOINT),
        Optional.of(CLASSIFIER),
        Optional.of("arn:aws:iam::123456789012:role/comprehend"),
        Optional.of(work),
        Optional.empty(),
        rate,
        1000,
        threads,
        Duration.ofMinutes(1),
        "compliant",
        Optional.of(PRICES));
  }

  static ComprehendSettings at(URI url) {
    return at(url, new ComprehendRate(1e9, 1e6), 4, "s3://comprehend-work/assay");
  }

  static ComprehendSettings journal(ComprehendSettings given, String journal) {
    return new ComprehendSettings(
        given.region(),
        given.endpointUrl(),
        given.endpoint(),
        given.classifier(),
        given.role(),
        given.work(),
        Optional.of(journal),
        given.rate(),
        given.personalDataPerSecond(),
        given.threads(),
        given.longestWait(),
        given.compliantLabel(),
        given.prices());
  }
}
