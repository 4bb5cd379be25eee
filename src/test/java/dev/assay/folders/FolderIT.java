package dev.assay.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.api.Assay;
import dev.assay.api.Scorecard;
import dev.assay.cli.TestProject;
import dev.assay.lake.UnreadableInputException;
import dev.assay.model.AssayException;
import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.Input;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.iceberg.IcebergEvidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Folders of files, scored without a catalog: each file a slice. */
@Tag("long")
class FolderIT {
  private static final String RULES =
      """
      Rules = [ RowCount > 3, IsComplete "name", Mean "id" > 0, ColumnValues "id" between -1 and 1000,
        IsUnique "id", CustomSql "select count(*) from primary where id > 900" = 0 ]
      """;

  @TempDir Path folder;
  @TempDir Path home;

  private SparkSession spark;
  private EvidenceStore store;

  @BeforeEach
  void open() {
    TestProject project = new TestProject(home);
    spark = project.spark();
    store = new IcebergEvidence(project.catalog().iceberg(), Clock.systemUTC());
  }

  @ParameterizedTest
  @EnumSource(
      value = Input.Format.class,
      names = {"PARQUET", "AVRO"})
  void aSecondScoringReadsOnlyTheNewFile(Input.Format format) throws IOException {
    write(format, "a", "SELECT id, concat('n', id) AS name FROM range(0, 10)");
    write(format, "b [1]%20 c", "SELECT id, concat('n', id) AS name FROM range(10, 30)");
    Scorecard first = score(RULES);
    assertThat(first.outcomes()).allMatch(RuleOutcome::passed);
    assertThat(trace(first, 3))
        .extracting(Trace::slices, Trace::scannedSlices)
        .containsExactly(2, 2);

    Scorecard again = score(RULES);
    write(format, "c", "SELECT id, concat('n', id) AS name FROM range(30, 35)");
    Scorecard grown = score(RULES);

    assertThat(again.outcomes()).allMatch(outcome -> outcome.cost().trace().scannedSlices() == 0);
    assertThat(trace(grown, 3))
        .extracting(Trace::storedSlices, Trace::scannedSlices)
        .containsExactly(2, 1);
    assertThat(grown.outcomes().get(0).measured()).contains(35.0);
    assertThat(grown.outcomes()).allMatch(RuleOutcome::passed);
    assertSameAsReading(grown);
  }

  @Test
  void filesWithoutBoundsThatLieFarApartKeepTheDigitsOfTheirSpread() throws IOException {
    write(Input.Format.AVRO, "a", "SELECT id FROM range(1000000000000, 1000000000100)");
    write(Input.Format.AVRO, "b", "SELECT id FROM range(1000000001000, 1000000001100)");

    Scorecard card = score("Rules = [ Variance \"id\" > 1 ]");

    // of 0 to 99 twice, 1000 apart
    double expected = (100 * 100 - 1) / 12.0 + 500 * 500;
    assertThat(card.outcomes().get(0).measured().orElseThrow())
        .isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void parquetFootersCountRowsWithoutReadingThem() throws IOException {
    write(Input.Format.PARQUET, "a", "SELECT id FROM range(10)");
    write(Input.Format.PARQUET, "b", "SELECT id FROM range(10)");

    Scorecard card = score("Rules = [ RowCount = 20 ]");

    assertThat(card.outcomes().get(0).passed()).isTrue();
    assertThat(trace(card, 0).source()).isEqualTo("METADATA");
  }

  @Test
  void aFileThatChangedIsReadAgainAndOneThatIsGoneCountsNoMore() throws IOException {
    csv("a.csv", "id,name\n1,x\n2,y\n");
    csv("b.csv", "id,name\n3,z\n");
    score("Rules = [ RowCount = 3, IsComplete \"name\" ]");

    csv("b.csv", "id,name\n3,z\n4,\n");
    Scorecard changed = score("Rules = [ RowCount = 4, IsComplete \"name\" ]");
    Files.delete(folder.resolve("a.csv"));
    Scorecard shrunk = score("Rules = [ RowCount = 2, IsComplete \"name\" ]");

    assertThat(changed.outcomes()).extracting(RuleOutcome::passed).containsExactly(true, false);
    assertThat(changed.outcomes().get(1).failingRows()).contains(1L);
    assertThat(trace(changed, 1))
        .extracting(Trace::storedSlices, Trace::scannedSlices)
        .containsExactly(1, 1);
    assertThat(shrunk.outcomes().get(0).passed()).isTrue();
    assertThat(trace(shrunk, 1).source()).isEqualTo("STORED");
  }

  @Test
  void withoutAStoreEverythingIsReadEachTime() throws IOException {
    csv("a.csv", "id\n1\n");
    for (int time = 0; time < 2; time++) {
      Scorecard card = Assay.on(spark).score(Folder.of(path()), "Rules = [ RowCount = 1 ]");
      assertThat(trace(card, 0).source()).isEqualTo("SCAN");
    }
  }

  @Test
  void csvIsReadAsAJobWouldReadIt() throws IOException {
    csv("a.csv", "1;\"x;y\";1.234,50\n2;z;oops\n3\n");
    csv("b.csv", "4;;7,00\n");
    Folder described =
        Folder.of(path())
            .as(
                new Input.Files(
                    List.of(),
                    Input.Format.CSV,
                    new Input.CsvOptions(
                        ';', Optional.of('"'), Optional.empty(), false, "UTF-8", false, ""),
                    List.of(
                        column("id", "int", Optional.empty()),
                        column("name", "string", Optional.empty()),
                        column("amount", "decimal(10,2)", Optional.of("1.234,56"))),
                    Input.ExtraFields.QUARANTINE,
                    Input.OnMissing.FAIL,
                    Input.OnCorruptFile.FAIL,
                    Input.Files.Read.ALL));

    Scorecard card =
        Assay.on(spark)
            .withEvidence(store)
            .score(
                described,
                "Rules = [ RowCount = 4, Sum \"amount\" = 1241.5, Completeness \"id\" = 0.75 ]");

    assertThat(card.outcomes())
        .extracting(RuleOutcome::observed)
        .containsExactly("4", "1241.5", "0.75");
    assertThat(FolderTable.unfit(card.metrics())).isEqualTo(2);
    assertThat(card.metrics()).extracting(Metric::detail).contains("where _assay_unfit");
  }

  @Test
  void rulesAboutFilesAreAboutTheFolder() throws IOException {
    csv("a.csv", "id\n1\n");
    csv("b.csv", "id\n1\n");

    Scorecard card =
        score("Rules = [ FileUniqueness = 1, FileSize > 3 B, FileFreshness > (now() - 1 hours) ]");

    assertThat(card.outcomes()).extracting(RuleOutcome::passed).containsExactly(false, true, true);
    assertThat(card.outcomes().get(0).message()).contains("a.csv").contains("b.csv");
    assertThat(trace(card, 1).source()).isEqualTo("METADATA");
  }

  @Test
  void ofADatasetTheyAreAboutTheFilesThatSparkReads() throws IOException {
    csv("a.csv", "id\n1\n");

    Scorecard card =
        Assay.on(spark)
            .score(
                spark.read().option("header", true).csv(path()),
                "Rules = [ FileSize between 4 B and 6 B ]");
    Scorecard made =
        Assay.on(spark).score(spark.range(3).toDF(), "Rules = [ FileSize between 4 B and 6 B ]");

    assertThat(card.outcomes().get(0).passed()).as(card.outcomes().get(0).message()).isTrue();
    assertThat(made.outcomes().get(0).reason()).contains(UnansweredReason.MISSING_FILES);
  }

  @Test
  void filesWithOtherColumnsAreRefusedByName() throws IOException {
    write(Input.Format.PARQUET, "a", "SELECT id, 'x' AS name FROM range(2)");
    score("Rules = [ RowCount > 0 ]");
    write(Input.Format.PARQUET, "b", "SELECT CAST(id AS STRING) AS id, 'x' AS name FROM range(2)");

    assertThatThrownBy(() -> score("Rules = [ RowCount > 0 ]"))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("b.parquet: its columns are not those of ")
        .hasMessageContaining("a.parquet: 'id' is string, and bigint there. Files that are scored");
  }

  @Test
  void columnsMayStandInAnyOrder() throws IOException {
    csv("a.csv", "id,name\n1,x\n");
    csv("b.csv", "name,id\ny,2\n");

    assertThat(
            score("Rules = [ ColumnValues \"id\" in [\"1\", \"2\"], IsUnique \"name\" ]")
                .outcomes())
        .allMatch(RuleOutcome::passed);
  }

  @Test
  void aFolderWithoutFilesIsAnError() {
    assertThatThrownBy(() -> score(RULES))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("there is no file. Check the path");
  }

  @Test
  void anotherFormatIsFoundBeforeItIsRead() throws IOException {
    csv("a.parquet", "id\n1\n");

    assertThatThrownBy(() -> score(RULES))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("a.parquet: expected parquet and found text. Say --format");
    csv("b.csv", "id\n1\n");
    assertThatThrownBy(() -> score(RULES))
        .hasMessageContaining("there are files of several formats (csv, parquet)");
    csv("c.dat", "id\n1\n");
    assertThatThrownBy(() -> score(RULES))
        .hasMessageContaining("c.dat: the name does not say which format");
  }

  @Test
  void jsonNeedsColumns() throws IOException {
    csv("a.jsonl", "{\"id\": 1}\n");

    assertThatThrownBy(() -> score(RULES))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("JSON names no columns. Declare them");
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    write(Input.Format.PARQUET, "a", "SELECT id, 'x' AS name FROM range(10)");
    write(Input.Format.PARQUET, "b", "SELECT id, 'x' AS name FROM range(10, 5000)");
    Path damaged = folder.resolve("b.parquet");
    byte[] bytes = Files.readAllBytes(damaged);
    java.util.Arrays.fill(bytes, 40, 200, (byte) 7);
    Files.write(damaged, bytes);

    assertThatThrownBy(() -> score("Rules = [ Mean \"id\" > 0 ]"))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("b.parquet: the file breaks off or is damaged");

    Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length - 20));
    assertThatThrownBy(() -> score("Rules = [ Mean \"id\" > 0 ]"))
        .isInstanceOf(UnreadableInputException.class)
        .hasMessageContaining("b.parquet: the file breaks off or is damaged");
  }

  private Scorecard score(String rules) {
    return Assay.on(spark).withEvidence(store).score(Folder.of(path()), rules);
  }

  private void assertSameAsReading(Scorecard card) {
    Scorecard read = Assay.on(spark).score(Folder.of(path()), RULES);
    assertThat(card.outcomes())
        .extracting(RuleOutcome::verdict, RuleOutcome::measured)
        .isEqualTo(
            read.outcomes().stream()
                .map(
                    outcome ->
                        org.assertj.core.groups.Tuple.tuple(outcome.verdict(), outcome.measured()))
                .toList());
  }

  private String path() {
    return folder.toString();
  }

  private static Trace trace(Scorecard card, int rule) {
    return card.outcomes().get(rule).cost().trace();
  }

  private static ColumnSpec column(String name, String type, Optional<String> format) {
    return new ColumnSpec(name, type, format, true);
  }

  private void csv(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    boolean rewritten = Files.exists(file);
    Files.writeString(file, text);
    if (rewritten) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 2_000));
    }
  }

  /** One file of a format. */
  private void write(Input.Format format, String name, String sql) throws IOException {
    String ending = format.name().toLowerCase(java.util.Locale.ROOT);
    Path written = home.resolve("written-" + name.hashCode());
    org.apache.spark.sql.Dataset<Row> rows = spark.sql(sql).coalesce(1);
    rows.write().format(ending).mode("overwrite").save(written.toString());
    try (java.util.stream.Stream<Path> files = Files.list(written)) {
      Path only = files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
      Files.copy(only, folder.resolve(name + "." + ending));
    }
  }
}
