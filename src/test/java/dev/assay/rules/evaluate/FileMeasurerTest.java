package dev.assay.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.SourceFile;
import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.parse.RulesetParser;
import dev.assay.rules.plan.Finding;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import dev.assay.rules.plan.MetricHistory;
import dev.assay.rules.plan.PlanContext;
import dev.assay.rules.plan.PlannedRule;
import dev.assay.rules.plan.RulePlanner;
import dev.assay.rules.plan.TableShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What rules about files come to. */
class FileMeasurerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Memory files =
      new Memory()
          .file("/in/a.csv", "id\n1\n", "2026-03-01T11:00:00Z")
          .file("/in/b.csv", "id\n2\n", "2026-03-01T06:00:00Z")
          .file("/in/c.json", "{\"id\": 3}", "2026-02-28T12:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          FileFreshness "/in" > (now() - 24 hours)                          ~ FAILED ~ 2 of 3 files meet it, not /in/c.json
          FileFreshness "/in" >= (now() - 24 hours)                         ~ PASSED ~ all 3 files
          FileFreshness "/in" > (now() - 24 hours) with threshold > 0.6     ~ PASSED ~ 2 of 3 files meet it, not /in/c.json
          FileFreshness "/in" > (now() - 1 days) with threshold > 0.6 with failFast = "true" ~ FAILED ~ 2 of 3 files meet it, not /in/c.json
          FileFreshness "/in" > (now() - 24 hours) with recentFiles = 2     ~ PASSED ~ all 2 files
          FileFreshness "/in" > (now() - 24 hours) with uriRegex = "\\.csv$" ~ PASSED ~ all 2 files
          FileFreshness "/in" between "2026-02-28" and "2026-03-01"         ~ FAILED ~ 1 of 3 files meet it, not /in/a.csv, /in/b.csv
          FileFreshness "/in/a.csv" between "10:30" and "11:30 AM"          ~ PASSED ~ 1 file
          FileFreshness "/in/a.csv" > "6:30 AM" with timeZone = "America/New_York" ~ FAILED ~ 0 of 1 files meet it, not /in/a.csv
          FileFreshness "/in/a.csv" < now()                                 ~ PASSED ~ 1 file
          FileSize "/in" > 5 B                                              ~ FAILED ~ 1 of 3 files meet it, not /in/a.csv, /in/b.csv; 5 to 9 bytes
          FileSize "/in" >= 5 B                                             ~ PASSED ~ all 3 files; 5 to 9 bytes
          FileSize "/in" between 4 B and 6 B with threshold > 0.6           ~ PASSED ~ 2 of 3 files meet it, not /in/c.json; 5 to 9 bytes
          FileSize "/in" between 5 B and 9 B                                ~ FAILED ~ 0 of 3 files meet it, not /in/a.csv, /in/b.csv, /in/c.json; 5 to 9 bytes
          FileSize "/in" not in [9 B] with uriRegex = "(?!.*\\.json$).*"     ~ PASSED ~ all 2 files; 5 to 5 bytes
          FileSize < 1 KB                                                   ~ PASSED ~ all 2 files; 5 to 5 bytes
          FileUniqueness "/in" = 1                                          ~ PASSED ~ all 3 files
          FileMatch "/in/a.csv" in ["B3B4B1B1DA2EE0A2EC4C9A1E6CA1D6E1"] with hashAlgorithm = "MD5" ~ FAILED ~ 0 of 1 files match, not /in/a.csv
          FileMatch "/in" "/in"                                             ~ PASSED ~ all 6 files
          FileMatch "/in/a.csv" "/in/b.csv"                                 ~ FAILED ~ 0 of 2 files have an equal one, not /in/a.csv, /in/b.csv
          """)
  void answers(String rule, String verdict, String observed) {
    Finding finding = finding(rule);

    assertThat(finding.verdict()).hasToString(verdict);
    assertThat(finding.observed()).isEqualTo(observed);
    assertThat(finding.message().isEmpty()).isEqualTo(finding.verdict() != Verdict.FAILED);
  }

  @Test
  void checksumsAreThoseOfOtherTools() {
    files.file("/x/abc", "abc", "2026-03-01T11:00:00Z");

    assertThat(
            passes(
                "FileMatch \"/x/abc\" in [\"900150983cd24fb0d6963f7d28e17f72\"] with hashAlgorithm = \"MD5\""))
        .isTrue();
    assertThat(
            passes(
                "FileMatch \"/x/abc\" in [\"a9993e364706816aba3e25717850c26c9cd0d89d\"] with hashAlgorithm = \"SHA-1\""))
        .isTrue();
    String sha256 = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";
    assertThat(passes("FileMatch \"/x/abc\" in [\"x\", \"%s\"]".formatted(sha256))).isTrue();
    assertThat(passes("FileMatch \"/x/abc\" not in [\"%s\"]".formatted(sha256))).isFalse();
  }

  @Test
  void aFolderMatchesItsCopyWhateverTheNamesUnlessTheyCount() {
    files
        .file("/copy/x.csv", "id\n2\n", "2026-03-01T11:00:00Z")
        .file("/copy/y.csv", "id\n1\n", "2026-03-01T11:00:00Z")
        .file("/copy/z.json", "{\"id\": 3}", "2026-03-01T11:00:00Z");

    assertThat(passes("FileMatch \"/in\" \"/copy\"")).isTrue();
    assertThat(finding("FileMatch \"/in\" \"/copy\" with matchFileName = \"true\"").measured())
        .contains(0.0);
    files.file("/copy/again.csv", "id\n1\n", "2026-03-01T11:00:00Z");
    assertThat(finding("FileMatch \"/in\" \"/copy\"").observed())
        .isEqualTo("6 of 7 files have an equal one, not /copy/y.csv");
  }

  @Test
  void onlyFilesOfEqualSizeAreRead() {
    Measured.Files unique = (Measured.Files) measured("FileUniqueness \"/in\" = 1");

    assertThat(files.opened).containsExactlyInAnyOrder("/in/a.csv", "/in/b.csv");
    assertThat(unique.trace())
        .extracting(Trace::metadataSlices, Trace::scannedSlices, Trace::scannedBytes)
        .containsExactly(1, 2, 10L);
    assertThat(unique.trace().source()).isEqualTo("SCAN");
  }

  @Test
  void listingIsMetadata() {
    assertThat(((Measured.Files) measured("FileSize \"/in\" > 1 B")).trace().source())
        .isEqualTo("METADATA");
    assertThat(files.opened).isEmpty();
  }

  @Test
  void theNumbersHaveTheNamesOfTheReference() {
    assertThat(((Measured.Files) measured("FileSize \"/in\" > 5 B")).numbers())
        .isEqualTo(
            Map.of(
                "FileSize.Compliance", 1.0 / 3,
                "FileCount", 3.0,
                "MinimumFileSize", 5.0,
                "MaximumFileSize", 9.0));
    assertThat(((Measured.Files) measured("FileUniqueness \"/in\" > 0.5")).numbers())
        .isEqualTo(Map.of("FileUniquenessRatio", 1.0, "FileCount", 3.0));
  }

  @Test
  void copiesAreNotUniqueAndNeitherAreNamesWhereTheyCount() {
    files.file("/in/old/a.csv", "id\n1\n", "2026-03-01T11:00:00Z");
    files.file("/in/old/c.json", "{\"id\": 4}", "2026-03-01T11:00:00Z");

    assertThat(finding("FileUniqueness \"/in\" > 0.7").observed())
        .isEqualTo("3 of 5 files are unique, not /in/a.csv, /in/old/a.csv");
    assertThat(finding("FileUniqueness \"/in\" > 0.5 with matchFileName = \"true\"").measured())
        .contains(0.2);
  }

  @Test
  void theOrderOfFiltersCounts() {
    String rule = "FileSize \"/in\" = 9 B with recentFiles = 1 with uriRegex = \"json\"";

    assertThat(finding(rule).message())
        .isEqualTo(
            "None of 3 files matches uriRegex; filterOrder says whether it comes before recentFiles.");
    assertThat(passes(rule + " with filterOrder = [\"uriRegex\", \"recentFiles\"]")).isTrue();
  }

  @Test
  void whereThereIsNoFileTheRuleIsUnansweredAndSaysWhatToDo() {
    Finding finding = finding("FileSize \"/nowhere\" > 1 B");

    assertThat(finding.reason()).contains(UnansweredReason.MISSING_FILES);
    assertThat(finding.message())
        .isEqualTo("There is no file at /nowhere. Check the path and the access to it.");
  }

  @Test
  void whereNobodyKnowsTheFilesTheRuleIsUnanswered() {
    files.read = RawFiles.Listing.unknown("Nobody knows. Do this.");

    assertThat(finding("FileFreshness > now()"))
        .extracting(Finding::reason, Finding::message)
        .containsExactly(Optional.of(UnansweredReason.MISSING_FILES), "Nobody knows. Do this.");
  }

  @Test
  void aFileThatCannotBeReadIsNamed() {
    files.broken = "/in/a.csv";

    Finding finding = finding("FileMatch \"/in\" \"/in\"");

    assertThat(finding.reason()).contains(UnansweredReason.ERROR);
    assertThat(finding.message())
        .isEqualTo(
            "/in/a.csv cannot be read. Check that it is still there and that you may read it.");
  }

  @Test
  void filesThatNobodyCouldListJustNowAreNoAnswer() {
    files.silent = true;

    assertThatThrownBy(() -> finding("FileSize \"/in\" > 1 B"))
        .isInstanceOfSatisfying(
            AssayException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE));
  }

  private boolean passes(String rule) {
    return finding(rule).verdict() == Verdict.PASSED;
  }

  private Finding finding(String rule) {
    PlannedRule.Leaf leaf = leaf(rule);
    Measure measure = leaf.measures().get(0);
    return leaf.answer().apply(Map.of(measure, measured(rule)));
  }

  private Measured measured(String rule) {
    return new FileMeasurer(files).measure((Measure.OfFiles) leaf(rule).measures().get(0));
  }

  private static PlannedRule.Leaf leaf(String rule) {
    return new RulePlanner(
            new TableShape(Map.of("id", "int")),
            new PlanContext(Map.of(), NOW, MetricHistory.NONE, new DeequAnomalies()))
        .plan(RulesetParser.parse("test", "Rules = [ " + rule + " ]"))
        .get(0)
        .leaves()
        .get(0);
  }

  /** Files that only a test knows; without a path, the CSV files in {@code /in}. */
  private static final class Memory implements RawFiles {
    private final Map<String, String> contents = new TreeMap<>();
    private final Map<String, SourceFile> known = new TreeMap<>();
    private final List<String> opened = new ArrayList<>();
    private Listing read = Listing.of(List.of());
    private String broken = "";
    private boolean silent;

    Memory file(String path, String content, String modified) {
      contents.put(path, content);
      known.put(
          path, new SourceFile(path, content.length(), Instant.parse(modified).toEpochMilli()));
      read =
          Listing.of(known.values().stream().filter(file -> file.path().endsWith("csv")).toList());
      return this;
    }

    @Override
    public Listing list(Optional<String> path) {
      if (silent) {
        throw new AssayException(ExitKind.OUTSIDE_UNAVAILABLE, "no answer");
      }
      return path.map(
              some ->
                  Listing.of(
                      known.values().stream()
                          .filter(
                              file ->
                                  file.path().equals(some) || file.path().startsWith(some + "/"))
                          .toList()))
          .orElse(read);
    }

    @Override
    public InputStream open(SourceFile file) throws IOException {
      if (file.path().equals(broken)) {
        throw new IOException("denied");
      }
      opened.add(file.path());
      return new ByteArrayInputStream(
          contents.getOrDefault(file.path(), "").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String nameOf(SourceFile file) {
      return file.path();
    }
  }
}
