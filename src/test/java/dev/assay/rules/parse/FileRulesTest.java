package dev.assay.rules.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about files, as the reference writes them. */
class FileRulesTest {
  private static Rule rule(String text) {
    RuleExpression expression =
        RulesetParser.parse("test", "Rules = [ " + text + " ]").entries().get(0).expression();
    return ((RuleExpression.Single) expression).rule();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FileFreshness \"s3://b/t.parquet\" > (now() - 24 hours)",
        "FileFreshness \"s3://b/\" >= (now() -1 days)",
        "FileFreshness \"s3://b/\" > (now() - 10 days) with threshold > 0.1",
        "FileFreshness \"s3://b/\" > \"2020-01-01\"",
        "FileFreshness \"s3://b/\" between (now() - 45 minutes) and now()",
        "FileFreshness \"s3://b/\" between \"9:30 AM\" and \"22:15\"",
        "FileFreshness \"s3://b/\" between \"2001-02-07\" and (now() + 15 minutes)",
        "FileFreshness \"s3://b/\" > \"21:45\" with timeZone = \"Australia/Darwin\"",
        "FileFreshness \"s3://b/\" > now() with recentFiles = 1 with uriRegex = \"inventory_\" "
            + "with filterOrder = [\"uriRegex\",\"recentFiles\"]",
        "FileFreshness \"s3://b/\" > now() with failFast = \"true\"",
        "FileFreshness > (now() - 24 hours)",
        "FileSize \"s3://b/\" > 5 B",
        "FileSize \"s3://b/\" between 2 GB and 1 TB with threshold > 0.7",
        "FileSize \"s3://b/\" > 5 B with uriRegex = \"(?!.*\\.tmp$).*\"",
        "FileSize in [1 KB, 2 KB] with threshold > 0.7 with recentFiles = 3",
        "FileUniqueness \"s3://b/folder/\" = 1",
        "FileUniqueness > 0.5 with matchFileName = \"true\"",
        "FileMatch \"s3://b/f.json\" in [\"3ee0\"] with hashAlgorithm = \"SHA-1\"",
        "FileMatch \"s3://b/f.json\" in [\"3ee0\"] with \"hashAlgorithm\" = \"MD5\"",
        "FileMatch in [\"3ee0\", \"7e86\"]",
        "FileMatch \"s3://a/\" \"s3://b/\" with recentFiles = 5 with uriRegex = \"\\.csv$\"",
        "(FileSize > 1 KB) and (FileUniqueness = 1)",
        "FileSize > 1 KB with recentFiles = 1 labels=[\"team\"=\"fleet\"]",
      })
  void acceptsTheFormsOfTheReference(String rule) {
    assertThat(RulesetParser.parse("test", "Rules = [ " + rule + " ]").entries()).hasSize(1);
  }

  @Test
  void whatTheRuleReferenceShowsCanBeRead() throws IOException {
    String page = Files.readString(Path.of("docs/rules.md"));
    String example = page.substring(page.indexOf("<!-- file rules -->"));
    String ruleset = example.substring(example.indexOf("```") + 3).split("```", 2)[0];

    assertThat(RulesetParser.parse("docs/rules.md", ruleset).entries())
        .extracting(entry -> entry.expression().rules().get(0).type())
        .contains("FileFreshness", "FileSize", "FileUniqueness", "FileMatch");
  }

  @Test
  void readsSizesInBytes() {
    assertThat(
            rule("FileSize in [3 B, 2 KB, 1.5 MB, 1 GB, 1 TB]")
                .condition()
                .orElseThrow()
                .operands())
        .extracting(operand -> ((Operand.Size) operand).bytes().stripTrailingZeros())
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(
            new BigDecimal(3),
            new BigDecimal(2048),
            new BigDecimal(1_572_864),
            new BigDecimal(1L << 30),
            new BigDecimal(1L << 40));
  }

  @Test
  void readsTagsOnBothSidesOfTheThreshold() {
    Rule rule =
        rule("FileSize > 1 KB with recentFiles = 3 with threshold > 0.5 with uriRegex = \"x\"");

    assertThat(rule.tags())
        .isEqualTo(Map.of("recentFiles", List.of("3"), "uriRegex", List.of("x")));
    assertThat(rule.threshold().map(Condition::text)).contains("> 0.5");
    assertThat(rule.text())
        .isEqualTo(
            "FileSize > 1 KB with recentFiles = 3 with threshold > 0.5 with uriRegex = \"x\"");
  }

  @Test
  void aColumnMayStillBeCalledLikeAUnit() {
    assertThat(rule("IsComplete B").parameters()).containsExactly("B");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          2026-01-31    ~ UTC              ~ 2026-01-31T00:00:00Z
          2026-01-31    ~ America/New_York ~ 2026-01-31T00:00:00Z
          21:45         ~ UTC              ~ 2026-03-01T21:45:00Z
          9:30 PM       ~ UTC              ~ 2026-03-01T21:30:00Z
          9:30 am       ~ Europe/Paris     ~ 2026-03-01T08:30:00Z
          """)
  void readsDatesAndTimesOfDay(String text, String zone, String expected) {
    assertThat(
            Moments.of(
                new Operand.Text(text, text),
                Instant.parse("2026-03-01T12:00:00Z"),
                ZoneId.of(zone)))
        .contains(Instant.parse(expected));
  }

  @Test
  void otherTextIsNoPointInTime() {
    assertThat(Moments.of(new Operand.Text("soon", "soon"), Instant.EPOCH, ZoneOffset.UTC))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          FileFreshness                                          ~ FileFreshness has no condition. Expected a point in time
          FileFreshness > 5                                      ~ FileFreshness cannot be compared with > 5. Expected a point in time
          FileFreshness > "soon"                                 ~ cannot be compared with > "soon"
          FileFreshness in [now()]                               ~ cannot be compared with in [now()]
          FileFreshness "a" "b" > now()                          ~ FileFreshness takes at most one path and has 2. A path, folder or s3:// address
          FileSize > 5                                           ~ FileSize cannot be compared with > 5. Expected a size such as > 2 MB
          FileSize                                               ~ FileSize has no condition. Expected a size
          FileSize "" > 5 B                                      ~ the path is empty. Name a file or folder
          FileSize > 5 B where "a"                               ~ FileSize takes no where
          FileSize > 5 B with threshold > 5                      ~ threshold > 5 is not a share of files
          FileSize > 5 B with recentFile = 5                     ~ FileSize takes no 'with recentFile'. Did you mean 'recentFiles'?
          FileSize > 5 B with timeZone = "UTC"                   ~ FileSize takes no 'with timeZone'
          FileSize > 5 B with recentFiles = 0                    ~ the value of 'recentFiles' does not fit. Expected a number of files
          FileSize > 5 B with recentFiles = 1 with recentFiles = 2 ~ 'with recentFiles' stands twice. Take one of them out.
          FileSize > 5 B with uriRegex = "("                     ~ the value of 'uriRegex' does not fit. Expected a regular expression
          FileSize > 5 B with filterOrder = ["uriRegex"]         ~ the value of 'filterOrder' does not fit. Expected ["uriRegex", "recentFiles"], both given
          FileFreshness > now() with timeZone = "Mars"           ~ the value of 'timeZone' does not fit. Expected a time zone
          FileMatch "a"                                          ~ FileMatch has no condition. Expected two paths
          FileMatch "a" > 1                                      ~ FileMatch cannot be compared with > 1
          FileMatch "a" "b" in ["c"]                             ~ FileMatch cannot be compared with in ["c"]
          FileMatch "a" "b" with hashAlgorithm = "MD5"           ~ two paths are compared by what is in their files
          FileMatch in ["a"] with hashAlgorithm = "CRC"          ~ Expected MD5, SHA-1, SHA-256
          FileUniqueness > 5 KB                                  ~ FileUniqueness cannot be compared with > 5 KB
          RowCount > 5 with recentFiles = 5                      ~ RowCount takes no 'with recentFiles'. Take it out.
          ColumnValues "a" > 5 KB                                ~ Sizes with a unit are for FileSize
          """)
  void saysWhatIsWrong(String rule, String message) {
    assertThatThrownBy(() -> rule(rule))
        .isInstanceOf(InvalidRulesetException.class)
        .hasMessageContaining(message);
  }
}
