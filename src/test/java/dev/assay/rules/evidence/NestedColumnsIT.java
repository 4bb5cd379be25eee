package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.api.Assay;
import dev.assay.model.RuleOutcome;
import dev.assay.model.Trace;
import dev.assay.rules.evaluate.Evaluation;
import dev.assay.rules.evaluate.FailingRows;
import dev.assay.rules.evaluate.RulesetExplainer;
import dev.assay.rules.parse.RulesetParser;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules on fields inside structs: exact whatever the evidence, and only the leaf is read. */
@Tag("long")
class NestedColumnsIT {
  private static final String COLUMNS =
      "id BIGINT, address STRUCT<city: STRING, zip: STRING, note: STRING, geo: STRUCT<lat: DOUBLE NOT NULL, level: INT>>, "
          + "tags ARRAY<STRUCT<name: STRING>>, more MAP<STRING, INT>";

  private static final String RULES =
      """
      Rules = [ IsComplete "address.city", Completeness "address.geo.lat" > 0.5, IsComplete "address.geo.lat",
        Completeness "address.geo.level" > 0.99, ColumnValues "address.zip" matches "[0-9]{5}",
        ColumnValues "address.geo.level" between -1 and 10, ColumnLength "address.city" < 5,
        Mean "address.geo.lat" > 0, Sum "address.geo.level" > 0, StandardDeviation "address.geo.lat" > 0,
        Uniqueness "address.zip" > 0.5, IsUnique "id" "address.city", DistinctValuesCount "address.city" > 2,
        Entropy "address.city" > 0, IsPrimaryKey "address.geo.lat", Minimum "address.geo.level" >= 0,
        ColumnCorrelation "address.geo.lat" "address.geo.level" > 0,
        IsComplete "address.city" where "address.geo.level > 3",
        CustomSql "select count(*) from primary where address.geo.level > 7" = 0, IsComplete "address" ]
      """;

  private LiveTable table;

  @BeforeEach
  void fourFiles() {
    create("parquet");
  }

  private void create(String format) {
    table =
        LiveTable.create(
            COLUMNS,
            "'format-version'='2', 'write.delete.mode'='merge-on-read', 'write.format.default'='%s'"
                .formatted(format));
    for (int file = 0; file < 4; file++) {
      append(file * 100);
    }
  }

  /**
   * In every second file each fifth row has no address, and each seventh an address without geo.
   */
  private void append(long from) {
    boolean holes = from % 200 == 100;
    String geo = "named_struct('lat', id * 0.5D, 'level', CAST(id % 9 AS INT))";
    String address =
        "named_struct('city', concat('c', id % 4), 'zip', lpad(id, 5, '0'), 'note', repeat('x', 500), 'geo', GEO)"
            .replace("GEO", holes ? "IF(id % 7 = 0, NULL, " + geo + ")" : geo);
    table
        .spark()
        .sql(
            "INSERT INTO "
                + table.name()
                + " SELECT id, "
                + (holes ? "IF(id % 5 = 0, NULL, " + address + ")" : address)
                + ", array(named_struct('name', 't')), map('a', 1) FROM range("
                + from
                + ", "
                + (from + 100)
                + ", 1, 1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "avro"})
  void evidenceAndAFullReadSayTheSameInEveryFormat(String format) {
    create(format);
    same();
    table.sql("DELETE FROM %s WHERE id = 150");
    append(500);
    same();
  }

  private void same() {
    Evaluation evidence = table.byEvidence(RULES);
    Evaluation reading = table.byReadingEverything(RULES);

    assertThat(outcomes(evidence)).isEqualTo(outcomes(reading));
    assertThat(evidence.outcomes()).noneMatch(RuleOutcome::unanswered);
  }

  @Test
  void aNullStructMakesItsFieldsNull() {
    List<RuleOutcome> outcomes =
        table
            .byEvidence(
                "Rules = [ IsComplete \"address\", IsComplete \"address.city\", IsComplete \"address.geo.lat\" ]")
            .outcomes();

    // ids 100-199 and 300-399: 40 without an address, and of the others those that 7 divides
    assertThat(outcomes.get(0).failingRows()).contains(40L);
    assertThat(outcomes.get(1).failingRows()).contains(40L);
    assertThat(outcomes.get(2).failingRows()).contains(40L + withoutGeo());
    assertThat(trace(outcomes.get(1)).source()).isEqualTo("METADATA");
    // counts of floating fields leave out rows whose struct is NULL, so these files are read
    assertThat(trace(outcomes.get(2)))
        .extracting(Trace::metadataSlices, Trace::scannedSlices)
        .containsExactly(2, 2);
  }

  private static long withoutGeo() {
    return java.util.stream.LongStream.range(0, 400)
        .filter(id -> id / 100 % 2 == 1 && id % 5 != 0 && id % 7 == 0)
        .count();
  }

  @Test
  void fieldsThatAreAddedRenamedAndDroppedStayExact() {
    table.byEvidence("Rules = [ IsComplete \"address.city\", ColumnLength \"address.city\" < 3 ]");
    table.sql("ALTER TABLE %s ADD COLUMN address.country STRING");
    String country =
        "Rules = [ Completeness \"address.country\" = 0, IsComplete \"address.city\" ]";
    assertThat(outcomes(table.byEvidence(country)))
        .isEqualTo(outcomes(table.byReadingEverything(country)));
    table.sql("ALTER TABLE %s RENAME COLUMN address.city TO town");
    String town = "Rules = [ IsComplete \"address.town\", ColumnLength \"address.town\" < 3 ]";
    Evaluation renamed = table.byEvidence(town);
    assertThat(outcomes(renamed)).isEqualTo(outcomes(table.byReadingEverything(town)));
    assertThat(renamed.outcomes().get(0).failingRows()).contains(40L);
    table.sql("ALTER TABLE %s DROP COLUMN address.town");
    table.sql("ALTER TABLE %s ADD COLUMN address.town STRING");
    Evaluation other = table.byEvidence(town);
    assertThat(outcomes(other)).isEqualTo(outcomes(table.byReadingEverything(town)));
    assertThat(other.outcomes().get(0).failingRows()).contains(400L);
  }

  @Test
  void onlyTheLeafIsRead() {
    String plan =
        table
            .slices()
            .rows()
            .selectExpr("sum(`address`.`geo`.`level`)")
            .queryExecution()
            .executedPlan()
            .toString();
    assertThat(plan).contains("level").doesNotContain("note");

    SlicedTable slices = table.slices();
    try (SlicedTable.Opened opened = slices.open(slices.slices())) {
      assertThat(
              opened
                  .rows()
                  .selectExpr("sum(`address`.`geo`.`level`)", "max(_assay_slice)")
                  .queryExecution()
                  .executedPlan()
                  .toString())
          .contains("level")
          .doesNotContain("note");
    }
  }

  @Test
  void explainNamesTheFieldAndCountsItsBytesOnly() {
    RulesetExplainer explainer = new RulesetExplainer(EvidenceStore.NONE, EvidenceOptions.ALL);
    var lines =
        explainer.explain(
            table.slices(),
            RulesetParser.parse(
                "test",
                "Rules = [ Sum \"address.geo.level\" > 0, ColumnValues \"address.note\" matches \"x+\", CustomSql \"select count(*) from primary where address.geo.level > 7\" = 0 ]"),
            Map.of(),
            Instant.parse("2026-11-21T10:00:00Z"));

    assertThat(lines.get(0).columns()).containsExactly("address.geo.level");
    assertThat(lines.get(0).trace().scannedBytes()).isPositive();
    assertThat(lines.get(2).trace().scannedBytes()).isEqualTo(lines.get(0).trace().scannedBytes());
    assertThat(lines.get(1).trace().scannedBytes()).isPositive();
  }

  @Test
  void whatCannotBeNamedIsUnansweredWithTheReason() {
    List<RuleOutcome> outcomes =
        table
            .byEvidence(
                """
                Rules = [ IsComplete "address.citty", IsComplete "tags.name", Mean "more.a" > 1,
                  Mean "address.city" > 1, ColumnValues "address.geo" = 1, ColumnExists "address.geo.lat",
                  ColumnCount = 4 ]
                """)
            .outcomes();

    assertThat(outcomes)
        .extracting(outcome -> outcome.reason().map(Enum::name).orElse(outcome.verdict().name()))
        .containsExactly(
            "MISSING_COLUMN",
            "WRONG_TYPE",
            "WRONG_TYPE",
            "WRONG_TYPE",
            "WRONG_TYPE",
            "PASSED",
            "PASSED");
    assertThat(outcomes.get(0).message())
        .isEqualTo("There is no column 'address.citty'. Did you mean 'address.city'?");
    assertThat(outcomes.get(1).message())
        .isEqualTo(
            "The rule does not fit: 'tags.name' leads into 'tags', which is an array; a rule names fields of structs, not what arrays and maps hold.");
    assertThat(outcomes.get(2).message()).contains("'more', which is a map");
  }

  @Test
  void aColumnWithADotInItsNameComesBeforeAPath() {
    List<RuleOutcome> outcomes =
        Assay.on(table.spark())
            .score(
                table
                    .spark()
                    .sql(
                        "SELECT named_struct('b', 1) AS a, CAST(NULL AS INT) AS `a.b`, named_struct('c.d', 7, 'c', named_struct('d', 8)) AS x"),
                "Rules = [ Completeness \"a.b\" = 0, Maximum \"x.c.d\" = 7, IsUnique \"x.c.d\" ]")
            .outcomes();

    assertThat(outcomes).allMatch(RuleOutcome::passed);
  }

  @Test
  void referencesAndFailingRowsKnowFieldsToo() {
    var rows = table.spark().read().table(table.name());
    List<RuleOutcome> outcomes =
        Assay.on(table.spark())
            .withReference(
                "cities",
                table
                    .spark()
                    .sql("SELECT named_struct('name', concat('c', id)) AS of FROM range(3)"))
            .score(
                rows.where("address IS NOT NULL"),
                "Rules = [ ReferentialIntegrity \"address.city\" \"cities.of.name\" between 0.7 and 0.8, DatasetMatch \"cities\" \"address.city->of.name\" \"address.city->of.name\" > 0.7 ]")
            .outcomes();
    assertThat(outcomes).allMatch(RuleOutcome::passed);

    FailingRows failing =
        Assay.on(table.spark())
            .failingRows(
                rows,
                "Rules = [ IsComplete \"address.city\", ColumnValues \"address.geo.level\" < 8 ]");
    List<Row> broken = failing.rows().collectAsList();
    assertThat(failing.counts().get("IsComplete \"address.city\"")).isEqualTo(40L);
    assertThat(broken).isNotEmpty();
  }

  private static List<String> outcomes(Evaluation evaluation) {
    return evaluation.outcomes().stream()
        .map(
            outcome ->
                "%s %s %s %s %s"
                    .formatted(
                        outcome.rule(),
                        outcome.verdict(),
                        outcome.observed(),
                        outcome.failingRows(),
                        outcome.message()))
        .toList();
  }

  private static Trace trace(RuleOutcome outcome) {
    return outcome.cost().trace();
  }
}
