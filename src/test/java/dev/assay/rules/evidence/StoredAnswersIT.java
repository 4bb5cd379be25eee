package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.assay.model.RuleOutcome;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.RulesetExplainer;
import dev.assay.rules.parse.RulesetParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Queries are not run again while nothing changes that they read. */
@Tag("long")
class StoredAnswersIT {
  private static final String RULES =
      """
      Rules = [
        CustomSql "select count(distinct k) from primary" = 7,
        CustomSql "select k from primary group by k having count(*) > 1000",
        CustomSql "with big as (select * from primary where id > 3) select count(distinct s) from big" = 2,
        CustomSql "select count(*) from primary p join vehicles v on p.k = v.k" > 1,
        CustomSql "select stddev(v) from primary" > 0,
        ReferentialIntegrity "k" "vehicles.k" > 0.1,
        RowCountMatch "vehicles" > 1,
        DatasetMatch "vehicles" "k" "s" > 0.01,
        AggregateMatch "sum(k)" "sum(vehicles.k)" > 1
      ]
      """;

  /** May come to something else tomorrow, or depends on the order of rows. */
  private static final List<String> UNSTEADY =
      List.of(
          "select count(*) from (select k from primary where rand() < 2) t join vehicles on true",
          "select count(distinct k) from primary where ts < current_timestamp()",
          "select count(distinct k) from primary where ts < cast('now' as timestamp)",
          "select count(distinct k) from primary where ts > timestamp'yesterday' or true",
          "select k from primary limit 1",
          "select max_by(k, s) from primary",
          "select size(collect_list(k)) from primary",
          "select any_value(k) from primary",
          "select count(distinct assay_twice(k)) from primary",
          "select count(distinct k) from primary where k in (select k from elsewhere)",
          "select count(distinct k) from elsewhere");

  private LiveTable table;

  @BeforeEach
  void tables() {
    table =
        LiveTable.create(
            "id BIGINT, k INT, v DOUBLE, d DECIMAL(12,2), w DECIMAL(30,4), s STRING, ts TIMESTAMP, day DATE",
            "'format-version'='2', 'write.delete.mode'='merge-on-read'");
    append(0, 100);
    append(100, 100);
    table
        .spark()
        .sql(
            "CREATE TABLE %s USING iceberg AS SELECT CAST(id AS INT) AS k, 'a' AS s FROM range(0, 4, 1, 1)"
                .formatted(table.besideName("vehicles")));
  }

  private void append(long from, long rows) {
    table.sql(
        ("INSERT INTO %s SELECT id, CAST(id %% 7 AS INT), id * 0.5D, CAST(id AS DECIMAL(12,2)) / 4, CAST(-id AS DECIMAL(30,4)) / 3,"
                + " IF(id %% 2 = 0, 'a', 'b'), timestampadd(HOUR, -CAST(id %% 48 AS INT), TIMESTAMP'2026-11-21 09:00:00Z'),"
                + " date_add(DATE'2026-11-01', CAST(id %% 9 AS INT)) FROM range(FROM, TO, 1, 1)")
            .replace("FROM, TO", from + ", " + (from + rows)));
  }

  @Test
  void noJobRunsWhileNothingChanges() {
    Evaluation first = score(RULES);
    Evaluation[] again = new Evaluation[1];

    int jobs = table.jobs(() -> again[0] = score(RULES));

    assertThat(jobs).isZero();
    assertThat(first.outcomes())
        .filteredOn(RuleOutcome::unanswered)
        .as("%s", first.outcomes())
        .isEmpty();
    assertThat(again[0].metrics()).isEqualTo(first.metrics());
    assertThat(sources(again[0])).doesNotContain("SCAN");
    assertThat(sources(first).subList(0, 6)).containsOnly("SCAN");
  }

  @Test
  void aChangedReferenceIsComparedAgainAndNothingElse() {
    score(RULES);
    table.spark().sql("INSERT INTO %s VALUES (99, 'z')".formatted(table.besideName("vehicles")));

    Evaluation after = score(RULES);

    assertThat(sources(after).subList(0, 3)).containsOnly("STORED");
    assertThat(List.of(sources(after).get(3), sources(after).get(5), sources(after).get(7)))
        .containsOnly("SCAN");
    // Spark adds floating numbers in any order
    assertThat(rounded(after))
        .isEqualTo(rounded(table.byEvidence(RULES, EvidenceOptions.SCAN_ONLY, references())));
  }

  @Test
  void aChangedTableIsAskedAgain() {
    score(RULES);
    table.sql("DELETE FROM %s WHERE k = 3");

    Evaluation after = score(RULES);

    assertThat(sources(after).subList(0, 6)).containsOnly("SCAN");
    assertThat(after.outcomes().get(0).failed()).isTrue();
  }

  @Test
  void aColumnThatTookAnothersNameIsAskedAgain() {
    String rules = "Rules = [ CustomSql \"select count(distinct s) from primary\" = 2 ]";
    assertThat(score(rules).outcomes().get(0).passed()).isTrue();
    table.sql("ALTER TABLE %s DROP COLUMN s");
    table.sql("ALTER TABLE %s ADD COLUMN s STRING");

    assertThat(score(rules).outcomes().get(0).failed()).isTrue();
  }

  @Test
  void whatIsNotSteadyIsAskedEachTime() {
    table.spark().udf().register("assay_twice", (Integer k) -> k * 2, DataTypes.IntegerType);
    table.spark().sql("SELECT 1 AS k").createOrReplaceTempView("elsewhere");
    for (String sql : UNSTEADY) {
      String rules = "Rules = [ CustomSql \"" + sql + "\" >= 0 ]";
      score(rules);

      Evaluation again = score(rules);

      assertThat(again.outcomes().get(0).unanswered())
          .as("%s: %s", sql, again.outcomes().get(0).message())
          .isFalse();
      assertThat(sources(again)).as(sql).containsExactly("SCAN");
    }
  }

  @Test
  void aggregatesAreFactsThatComeToWhatSparkComesTo() {
    List<String> queries =
        List.of(
            "select count(*) from primary",
            "select count(1) as n from primary where k > 2",
            "select count(s) from primary where k > 2 and s = 'a'",
            "select count_if(v > 3) from primary where day > date'2026-11-03'",
            "select sum(k) from primary",
            "select sum(k * 2 + 1) from primary where v > 10",
            "select sum(v) / count(*) from primary",
            "select avg(k) from primary",
            "select avg(d) from primary",
            "select avg(w) from primary",
            "select mean(v) from primary where s = 'b'",
            "select sum(d) from primary",
            "select sum(w) from primary",
            "select sum(case when s = 'a' then d else -d end) from primary",
            "select max(k) - min(k) from primary",
            "select max(w) - min(w) from primary",
            "select max(v * v) from primary where k <> 1",
            "select datediff(max(day), min(day)) from primary",
            "select round(avg(v), 1) > 3 from primary",
            "select coalesce(sum(k), 0) from primary where k > 1000",
            "select unix_micros(max(ts)) - unix_micros(min(ts)) from primary",
            "select count(d) from primary where `k` in (1, 2, 3) and s like 'a%'");
    StringBuilder rules = new StringBuilder("Rules = [ RowCount > 0");
    queries.forEach(
        sql -> rules.append(", CustomSql \"").append(sql).append("\" > -1000000000000000"));
    Evaluation first = score(rules + " ]");
    append(1000, 10);

    Evaluation evaluation = score(rules + " ]");

    for (int query = 0; query < queries.size(); query++) {
      RuleOutcome outcome = evaluation.outcomes().get(query + 1);
      String sql = queries.get(query);
      Row row = table.spark().sql(sql.replace("from primary", "from " + table.name())).first();
      double expected =
          row.get(0) instanceof Boolean truth
              ? (truth ? 1 : 0)
              : ((Number) row.get(0)).doubleValue();
      assertThat(Double.parseDouble(outcome.measured().orElseThrow().toString()))
          .as(sql)
          .isCloseTo(expected, within(1e-11 * Math.max(1, Math.abs(expected))));
      assertThat(outcome.cost().trace().scannedRows()).as(sql).isLessThanOrEqualTo(10);
    }
    assertThat(first.outcomes()).noneMatch(RuleOutcome::unanswered);
  }

  @Test
  void aggregatesThatCannotBeTakenSayWhy() {
    Evaluation evaluation =
        score(
            """
            Rules = [
              CustomSql "select sum(cast(9223372036854775807 as bigint)) from primary" > 1,
              CustomSql "select sum(k) from primary where k > 1000" > 1,
              CustomSql "select sum(nothing) from primary" > 1,
              CustomSql "select sum(k), count(*) from primary" > 1,
              CustomSql "select max(s) from primary" > 1,
              CustomSql "select k + count(*) from primary" > 1 ]
            """);

    assertThat(evaluation.outcomes())
        .extracting(RuleOutcome::message)
        .satisfiesExactly(
            message -> assertThat(message).contains("does not fit into bigint"),
            message -> assertThat(message).contains("returned NULL"),
            message -> assertThat(message).contains("`nothing` cannot be resolved"),
            message -> assertThat(message).contains("one number; it returns 2 column(s)"),
            message -> assertThat(message).contains("one number; it returns 1 column(s)"),
            message -> assertThat(message).contains("Spark cannot read the SQL"));
  }

  @Test
  void explainKnowsStoredAnswers() {
    RulesetExplainer explainer = new RulesetExplainer(table.store(), EvidenceOptions.ALL);
    assertThat(explained(explainer).get(0).passes()).isEqualTo("a query of its own");
    score(RULES);

    assertThat(explained(explainer))
        .extracting(RulesetExplainer.Explained::passes)
        .doesNotContain("a query of its own", "the shared pass");
  }

  @Test
  void queriesAndComparisonsSayWhatTheyRead() {
    Evaluation first = score(RULES);
    Evaluation again = score(RULES);

    assertThat(first.outcomes())
        .filteredOn(outcome -> !outcome.type().equals("RowCountMatch"))
        .allSatisfy(
            outcome -> {
              assertThat(outcome.cost().trace().scannedBytes()).as(outcome.rule()).isPositive();
              assertThat(outcome.cost().trace().scannedRows()).as(outcome.rule()).isPositive();
            });
    // the join reads both sides: 200 rows and 4
    assertThat(first.outcomes().get(3).cost().trace().scannedRows()).isEqualTo(204);
    assertThat(again.outcomes())
        .allSatisfy(outcome -> assertThat(outcome.cost().trace().scannedBytes()).isZero());
  }

  @Test
  void everyPassOverAKeyCounts() {
    // keys that do not rise, and are not unique: the first pass finds out, the next ones count
    Evaluation keys = score("Rules = [ IsUnique \"k\" \"s\", Uniqueness \"k\" > 0.1 ]");

    assertThat(keys.outcomes())
        .allSatisfy(
            outcome -> {
              assertThat(outcome.cost().trace().scannedRows())
                  .as(outcome.rule())
                  .isGreaterThan(200);
              assertThat(outcome.cost().trace().scannedBytes()).as(outcome.rule()).isPositive();
            });
  }

  @Test
  void explainTellsWhatAnalyzersTake() {
    List<RulesetExplainer.Explained> lines =
        new RulesetExplainer(table.store(), EvidenceOptions.ALL)
            .explain(
                table.slices(),
                RulesetParser.parse(
                    "test",
                    "Rules = [ RowCount > 1 ] Analyzers = [ Mean \"v\", Entropy \"k\", RowCount, Mean \"w2\", CustomSql \"select count(distinct s) from primary\" ]"),
                references(),
                Instant.parse("2026-11-21T10:00:00Z"));

    assertThat(lines)
        .extracting(RulesetExplainer.Explained::rule, RulesetExplainer.Explained::passes)
        .containsExactly(
            tuple("RowCount > 1", "none"),
            tuple("analyzer Mean \"v\"", "the shared pass"),
            tuple("analyzer Entropy \"k\"", "a pass over its keys"),
            tuple("analyzer RowCount", "none"),
            tuple(
                "analyzer Mean \"w2\"",
                "unanswered: Analyzer Mean \"w2\" measures nothing: there is no column 'w2'. Did you mean 'w'?"),
            tuple(
                "analyzer CustomSql \"select count(distinct s) from primary\"",
                "a query of its own"));
    assertThat(lines.get(1).columns()).containsExactly("v");
    assertThat(lines.get(1).trace().scannedBytes()).isPositive();
  }

  private List<RulesetExplainer.Explained> explained(RulesetExplainer explainer) {
    return explainer.explain(
        table.slices(),
        RulesetParser.parse("test", RULES),
        references(),
        Instant.parse("2026-11-21T10:00:00Z"));
  }

  private Evaluation score(String rules) {
    return table.byEvidence(rules, EvidenceOptions.ALL, references());
  }

  private Map<String, SlicedTable> references() {
    return Map.of("vehicles", table.beside("vehicles"));
  }

  private static List<String> rounded(Evaluation evaluation) {
    return evaluation.metrics().stream()
        .map(metric -> "%s %s %.9e".formatted(metric.name(), metric.detail(), metric.value()))
        .toList();
  }

  private static List<String> sources(Evaluation evaluation) {
    return evaluation.outcomes().stream().map(outcome -> outcome.cost().trace().source()).toList();
  }
}
