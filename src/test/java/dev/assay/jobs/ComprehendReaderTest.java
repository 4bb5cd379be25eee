package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.job.ComprehendPrices;
import dev.assay.model.job.ComprehendRate;
import dev.assay.model.job.ComprehendSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComprehendReaderTest {
  @TempDir Path folder;

  @Test
  void aProfileNeedNotNameIt() throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), profile(""));

    assertThat(ProfileReader.load(file.toString(), folder).comprehend()).isEmpty();
  }

  @Test
  void hasDefaults() throws IOException {
    assertThat(read("comprehend: {}\n"))
        .isEqualTo(
            new ComprehendSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new ComprehendRate(100, 2),
                10,
                4,
                Duration.ofHours(6),
                "compliant",
                Optional.empty()));
  }

  @Test
  void readsEveryKey() throws IOException {
    assertThat(
            read(
                """
                comprehend:
                  region: eu-west-1
                  endpoint-url: http://127.0.0.1:5000
                  endpoint: arn:aws:comprehend:eu-west-1:1:document-classifier-endpoint/sms
                  classifier: arn:aws:comprehend:eu-west-1:1:document-classifier/sms
                  role: arn:aws:iam::1:role/comprehend
                  work: s3://bucket/comprehend/
                  journal: /journal//
                  characters-per-second: 1000
                  documents-per-second: 12.5
                  personal-data-per-second: 5
                  threads: 8
                  longest-wait: PT2H
                  compliant-label: fine
                  prices:
                    currency: USD
                    region: eu-west-1
                    date: 2026-11-01
                    unit-characters: 50
                    minimum-units: 2
                    sync-unit: 0.1
                    async-unit: 0.2
                    personal-data-unit: 0.05
                    endpoint-second: 0.3
                    training-hour: 4
                    model-month: 0.6
                """))
        .isEqualTo(
            new ComprehendSettings(
                Optional.of("eu-west-1"),
                Optional.of(URI.create("http://127.0.0.1:5000")),
                Optional.of("arn:aws:comprehend:eu-west-1:1:document-classifier-endpoint/sms"),
                Optional.of("arn:aws:comprehend:eu-west-1:1:document-classifier/sms"),
                Optional.of("arn:aws:iam::1:role/comprehend"),
                Optional.of("s3://bucket/comprehend"),
                Optional.of("/journal"),
                new ComprehendRate(1000, 12.5),
                5,
                8,
                Duration.ofHours(2),
                "fine",
                Optional.of(
                    new ComprehendPrices(
                        "USD",
                        "eu-west-1",
                        LocalDate.of(2026, 11, 1),
                        50,
                        2,
                        new BigDecimal("0.1"),
                        new BigDecimal("0.2"),
                        new BigDecimal("0.05"),
                        new BigDecimal("0.3"),
                        new BigDecimal("4"),
                        new BigDecimal("0.6")))));
  }

  @Test
  void unitsAreARate() throws IOException {
    assertThat(read("comprehend: {inference-units: 10}\n").rate())
        .isEqualTo(new ComprehendRate(1000, 20));
    assertThat(ComprehendRate.ofUnits(10).units()).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "endpoint: sms~'sms' is no ARN. Expected arn:aws:….",
        "work: /tmp~'/tmp' is no folder in S3. Expected s3://bucket/folder.",
        "work: s3://bucket/~'s3://bucket/' is no folder in S3. Expected s3://bucket/folder.",
        "threads: 0~'0' is below 1. Expected a whole number from 1 on.",
        "longest-wait: PT0S~'PT0S' is no time to wait. Expected for example PT6H.",
        "personal-data-per-second: 0~'0' is not over 0. Expected more than 0."
      })
  void refusesWhatCannotBe(String line, String complaint) {
    assertThatThrownBy(() -> read("comprehend: {%s}\n".formatted(line)))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageEndingWith(complaint);
  }

  private ComprehendSettings read(String comprehend) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), profile(comprehend));
    return ProfileReader.load(file.toString(), folder).comprehend().orElseThrow();
  }

  private static String profile(String more) {
    return "catalog: {name: lake, properties: {type: hadoop}}\n" + more;
  }
}
