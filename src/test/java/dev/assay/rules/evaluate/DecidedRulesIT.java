package dev.assay.rules.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Assay;
import dev.assay.cli.TestProject;
import dev.assay.model.RuleOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/rules.md says is decided: each line of its table is run. */
@Tag("long")
class DecidedRulesIT {
  private static final Pattern LINE =
      Pattern.compile("\\| (`+) ?(.+?) ?\\1 \\| (`+) ?(.+?) ?\\3 \\| (.+?) \\|");

  /** A line of the table. */
  private record Decided(String rule, String rows, String outcome) {}

  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({"UTC, true", "America/Los_Angeles, false"})
  void theTableOfTheRuleReferenceIsWhatHappens(String zone, String ansi) throws IOException {
    Map<String, List<Decided>> byRows =
        table().stream()
            .collect(Collectors.groupingBy(Decided::rows, LinkedHashMap::new, Collectors.toList()));
    SparkSession spark = new TestProject(home).spark();
    List<Decided> happened = new ArrayList<>();

    byRows.forEach(
        (rows, decided) -> {
          String rules = decided.stream().map(Decided::rule).collect(Collectors.joining(", "));
          Dataset<Row> dataset = spark.sql(rows);
          // as in somebody's own Spark job
          spark.conf().set("spark.sql.session.timeZone", zone);
          spark.conf().set("spark.sql.ansi.enabled", ansi);
          List<RuleOutcome> outcomes =
              Assay.on(spark).score(dataset, "Rules = [ " + rules + " ]").outcomes();
          spark.conf().set("spark.sql.session.timeZone", "UTC");
          spark.conf().set("spark.sql.ansi.enabled", "true");
          for (int line = 0; line < decided.size(); line++) {
            happened.add(new Decided(decided.get(line).rule(), rows, describe(outcomes.get(line))));
          }
        });

    assertThat(happened)
        .containsExactlyElementsOf(byRows.values().stream().flatMap(List::stream).toList());
  }

  @Test
  void queriesSeeReferencesWhateverTheSessionIs() {
    SparkSession spark = new TestProject(home).spark();
    spark.conf().set("spark.sql.session.timeZone", "Europe/Berlin");
    spark.conf().set("spark.sql.ansi.enabled", "false");

    List<RuleOutcome> outcomes =
        Assay.on(spark)
            .withReference("other", spark.range(2).toDF("id"))
            .score(
                spark.range(3).toDF("id"),
                """
                Rules = [
                  CustomSql "select count(*) from primary p join other o on p.id = o.id" = 2,
                  CustomSql "select max_by(id, id) from primary" = 2,
                  ReferentialIntegrity "id" "other.id" > 0.6
                ]
                """)
            .outcomes();

    assertThat(outcomes).as("%s", outcomes).allMatch(RuleOutcome::passed);
    assertThat(spark.conf().get("spark.sql.session.timeZone")).isEqualTo("Europe/Berlin");
    assertThat(spark.catalog().listTables().isEmpty()).isTrue();
  }

  private static String describe(RuleOutcome outcome) {
    return outcome.verdict().name().toLowerCase(Locale.ROOT)
        + outcome.reason().map(" (`%s`)"::formatted).orElse("");
  }

  private static List<Decided> table() throws IOException {
    String page = Files.readString(Path.of("docs/rules.md"));
    String section = page.substring(page.indexOf("<!-- decided -->")).split("\n## ", 2)[0];
    List<Decided> table = new ArrayList<>();
    for (String line : section.lines().filter(line -> line.startsWith("| `")).toList()) {
      Matcher matcher = LINE.matcher(line);
      assertThat(matcher.matches()).as(line).isTrue();
      table.add(new Decided(matcher.group(2), matcher.group(4), matcher.group(5)));
    }
    assertThat(table).hasSizeGreaterThan(30);
    return table;
  }
}
