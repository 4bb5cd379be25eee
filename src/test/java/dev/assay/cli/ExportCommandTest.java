package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.catalog.RecordedDecision;
import dev.assay.catalog.iceberg.IcebergDecisions;
import dev.assay.exports.ExportedTable;
import dev.assay.exports.ExportedTables;
import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.ledger.Erasures;
import dev.assay.ledger.LedgerTable;
import dev.assay.messages.Reviews;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.model.Fingerprint;
import dev.assay.model.Metric;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleCost;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.Spending;
import dev.assay.model.TableName;
import dev.assay.model.Trace;
import dev.assay.model.lineage.ColumnLineage;
import dev.assay.model.lineage.ColumnSource;
import dev.assay.model.lineage.InputDataset;
import dev.assay.model.lineage.Relation;
import dev.assay.model.lineage.RunLineage;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.Delivery;
import dev.assay.publishing.iceberg.IcebergDeliveries;
import dev.assay.scores.Ledger;
import dev.assay.scores.iceberg.IcebergLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The export as files that programs without Iceberg read. */
class ExportCommandTest {
  private static final TableName TRIPS = TableName.parse("prepared.trips");
  private static final String OCTOBER = "11111111-aaaa-4000-8000-000000000001";
  private static final String NOVEMBER = "22222222-aaaa-4000-8000-000000000002";
  private static final String SECRET = "sEcReT";

  /** What an export never has, by table of the ledger; see the class that names what it has. */
  private static final Map<String, Set<String>> LEFT_OUT =
      Map.of(
          "subscriptions", Set.of("decided_by", "why"),
          "erasures", Set.of("reason"),
          "reviews", Set.of("content_hash", "text", "reviewer"),
          "verdicts", Set.of("content_hash", "words"),
          "sendings",
              Set.of(
                  "message_key",
                  "delivery_key",
                  "content_hash",
                  "campaign",
                  "attempt",
                  "reason",
                  "service_id",
                  "run_id",
                  "deadline"));

  @TempDir private static Path home;
  @TempDir private static Path whole;
  @TempDir private Path folder;

  /** How the export of everything, to {@link #whole}, ended. */
  private static Ended everything = new Ended(-1, "", "");

  private record Ended(int code, String out, String err) {}

  @BeforeAll
  static void writesALedger() {
    Catalog catalog = LakeCatalog.open(ProfileReader.load("local", home)).iceberg();
    Ledger ledger = new IcebergLedger(catalog);
    score(ledger, NOVEMBER, LocalDate.of(2026, 11, 17));
    score(ledger, OCTOBER, LocalDate.of(2026, 10, 31));
    ledger.recordSpending(
        new Spending(
            NOVEMBER,
            Instant.parse("2026-11-17T05:00:00Z"),
            "demo",
            "",
            "verdicts",
            TRIPS,
            "classification",
            "comprehend",
            Map.of("units", 7L),
            new BigDecimal("0.0035"),
            "USD"));
    IcebergDeliveries deliveries = new IcebergDeliveries(catalog, "files");
    deliveries.read();
    deliveries.add(List.of(delivery()));
    new Erasures(catalog).add(List.of(erasure()));
    new IcebergDecisions(catalog)
        .add(
            new RecordedDecision(
                "r1",
                TRIPS,
                "p1",
                "plain",
                RecordedDecision.Verdict.GRANTED,
                SECRET,
                SECRET,
                Instant.parse("2026-11-17T05:00:00Z")));
    new IcebergReviews(catalog)
        .keep(
            List.of(
                review("h1", Set.of(), "2026-11-17T08:00:00Z"),
                review("h2", Set.of("hate", "alcohol"), "2026-11-17T09:00:00Z"),
                review("h3", Set.of(), "2026-11-17T23:30:00Z")));
    answers(catalog);
    sendings(catalog);
    everything = export(whole);
  }

  @Test
  void writesEveryTableAsParquetAndCsv() throws IOException {
    assertThat(everything.err).isEmpty();
    assertThat(everything.code).isZero();
    assertThat(everything.out)
        .contains("runs                   2  runs.parquet, runs.csv")
        .contains("verdict_categories     3  verdict_categories.parquet, verdict_categories.csv")
        .endsWith("In %s.\n".formatted(whole));
    assertThat(files(whole))
        .hasSize(2 * ExportedTables.ALL.size())
        .contains("outcomes.parquet", "sending_counts.csv");
    for (ExportedTable table : ExportedTables.ALL) {
      assertThat(parquet(table.name())).as(table.name()).hasSameSizeAs(csv(table.name()));
    }
  }

  @Test
  void csvHasTimesInUtcAndNestedValuesAsJson() throws IOException {
    Map<String, String> run = csv("runs").get(1);
    assertThat(run)
        .containsEntry("run_id", NOVEMBER)
        .containsEntry("data_date", "2026-11-17")
        .containsEntry("at", "2026-11-17T04:01:00.123456Z")
        .containsEntry("score", "50.000000")
        .containsEntry("inputs", "[\"a, \\\"quoted\\\" file\"]")
        .containsEntry("rows_filtered", "{\"filter 1\":3,\"filter 2\":4}")
        .containsEntry("rows_inserted", "")
        .containsEntry("note", "two\nlines");
    assertThat(csv("runs").get(0)).as("ordered by time").containsEntry("run_id", OCTOBER);
  }

  @Test
  void parquetIsReadByOthersThanIceberg() throws IOException {
    Group run = parquet("runs").get(1);
    assertThat(run.getString("run_id", 0)).isEqualTo(NOVEMBER);
    assertThat(run.getLong("rows_read", 0)).isEqualTo(10);
    assertThat(run.getFieldRepetitionCount("rows_inserted")).isZero();
    assertThat(run.getGroup("rows_filtered", 0).toString()).contains("key: filter 1", "value: 3");
  }

  @Test
  void noTextWordHashKeyOrReasonLeaves() throws IOException {
    try (Stream<Path> files = Files.list(whole)) {
      for (Path file : files.toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(SECRET);
      }
    }
    assertThat(csv("outcomes").get(1).get("failing_by_partition"))
        .isEqualTo("{\"day=2026-11-17/name=***\":5,\"month=2026-11\":1,\"shard=12\":2}");
  }

  @Test
  void messagesAreCounted() throws IOException {
    assertThat(csv("verdict_counts"))
        .containsExactly(
            Map.of(
                "day", "2026-11-17",
                "asked_by", "demo/verdicts",
                "answered_by", "local",
                "model", "m",
                "model_version", "1",
                "texts", "2",
                "refused", "1",
                "truncated", "0"));
    assertThat(csv("verdict_categories"))
        .extracting(row -> row.get("category") + " " + row.get("texts") + " " + row.get("likely"))
        .containsExactly("alcohol 1 1", "hate 1 0", "tobacco 1 1");
    assertThat(csv("review_counts"))
        .extracting(row -> row.get("categories") + " " + row.get("decisions"))
        .containsExactly("alcohol hate 1", "compliant 2");
    assertThat(csv("sending_counts"))
        .singleElement()
        .satisfies(
            row -> assertThat(row).containsEntry("state", "sent").containsEntry("lines", "1"));
  }

  @Test
  void twiceIsTheSame() throws IOException {
    export(folder);

    assertThat(files(folder)).isEqualTo(files(whole));
    for (String file : files(whole)) {
      assertThat(folder.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
    }
  }

  @Test
  void onlyWhatIsAskedFor() throws IOException {
    Ended ended = export(folder, "--tables", "runs,costs", "--format", "csv");

    assertThat(ended.code).isZero();
    assertThat(files(folder)).containsExactly("costs.csv", "runs.csv");
    assertThat(folder.resolve("costs.csv")).hasSameTextualContentAs(whole.resolve("costs.csv"));
    assertThat(csv("costs").get(0))
        .containsEntry("amount", "0.003500")
        .containsEntry("quantities", "{\"units\":7}");
  }

  @Test
  void filesOfAnEarlierExportStandUntilTheNewOnesAreWhole() throws IOException {
    Files.writeString(folder.resolve("runs.csv"), "earlier");
    // a folder in the way of the second file
    Files.createDirectories(folder.resolve("outcomes.csv/in-the-way"));

    Ended ended = export(folder, "--tables", "outcomes", "--format", "csv");

    assertThat(ended.code).isEqualTo(5);
    assertThat(ended.err).startsWith(folder + ": outcomes cannot be written (");
    assertThat(files(folder)).containsExactly("outcomes.csv", "runs.csv");
    assertThat(folder.resolve("runs.csv")).hasContent("earlier");
  }

  @Test
  void aLedgerWithoutSuchTablesIsMissingInput() {
    Path empty = folder.resolve("empty");

    assertThat(run("export", "--home", empty.toString(), "--tables", "runs,costs"))
        .isEqualTo(
            new Ended(
                7,
                "",
                "There is nothing to export: the ledger has no runs, costs yet. 'assay demo' or 'assay run' write to it.\n"));
    assertThat(empty).doesNotExist();
  }

  @Test
  void aTableThatIsNotThereYetIsSaidSo() {
    Path other = folder.resolve("other");
    Ledger ledger =
        new IcebergLedger(LakeCatalog.open(ProfileReader.load("local", other)).iceberg());
    score(ledger, OCTOBER, LocalDate.of(2026, 10, 31));

    Ended ended = run("export", "--home", other.toString());

    assertThat(ended.code).isZero();
    assertThat(ended.out)
        .contains("costs                  –  not in the ledger yet")
        .endsWith("In %s.\n".formatted(other.resolve("export")));
    assertThat(other.resolve("export/costs.csv")).doesNotExist();
  }

  @Test
  void wrongOptionsAreUsageErrors() throws IOException {
    assertThat(export(folder, "--tables", "outcome"))
        .isEqualTo(
            new Ended(
                2, "", "--tables: 'outcome' is not a table to export. Did you mean 'outcomes'?\n"));
    assertThat(export(folder, "--format", "xml").code).isEqualTo(2);
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(run("export", "--home", home.toString(), "--to", file.toString()))
        .isEqualTo(
            new Ended(2, "", "--to is %s, which is a file. Expected a folder.\n".formatted(file)));
  }

  /** Whoever adds a column to the ledger decides whether it leaves. */
  @Test
  void everyColumnOfTheLedgerIsExportedOrLeftOutOnPurpose() {
    Catalog catalog = LakeCatalog.open(ProfileReader.load("local", home)).iceberg();
    for (TableIdentifier table : catalog.listTables(Namespace.of("assay"))) {
      Set<String> columns = new TreeSet<>();
      catalog.loadTable(table).schema().columns().forEach(column -> columns.add(column.name()));
      Set<String> decided = new TreeSet<>(LEFT_OUT.getOrDefault(table.name(), Set.of()));
      ExportedTables.ALL.stream()
          .filter(exported -> exported.source().equals(table.name()))
          .forEach(
              exported -> {
                decided.addAll(exported.reads());
                decided.add(exported.time());
              });
      assertThat(decided).as(table.name()).isEqualTo(columns);
    }
  }

  private static Ended export(Path folder, String... more) {
    List<String> all = new ArrayList<>(List.of("export", "--home", home.toString()));
    all.addAll(List.of("--to", folder.toString()));
    all.addAll(List.of(more));
    return run(all.toArray(String[]::new));
  }

  private static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return new Ended(commands.execute(arguments), out.toString(), err.toString());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static List<Map<String, String>> csv(String table) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows = format.parse(Files.newBufferedReader(whole.resolve(table + ".csv")))) {
      return rows.stream().map(CSVRecord::toMap).toList();
    }
  }

  private static List<Group> parquet(String table) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(
                new GroupReadSupport(),
                new org.apache.hadoop.fs.Path(whole.resolve(table + ".parquet").toUri()))
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static void score(Ledger ledger, String id, LocalDate date) {
    Instant start = date.atTime(4, 0).toInstant(ZoneOffset.UTC).plusNanos(123_456_000);
    RunRecord run =
        new RunRecord(
            id,
            "demo",
            "trips",
            TRIPS,
            date,
            RunState.PUBLISHED,
            start.plusSeconds(60),
            start,
            Fingerprint.of(id),
            Fingerprint.of("content"),
            Fingerprint.of("ruleset"),
            List.of("a, \"quoted\" file"),
            Optional.empty(),
            5L,
            "branch",
            new Score(
                Optional.of(new BigDecimal("50.000000")), new BigDecimal("100.000000"), 1, 1, 0),
            new RowCounts(10, Map.of("filter 2", 4L, "filter 1", 3L), Map.of(), 1, 2),
            Optional.empty(),
            List.of(),
            "two\nlines",
            "test",
            start,
            ScoreScope.TABLE,
            Map.of());
    ledger.recordLineage(
        run,
        new RunLineage(
            List.of(InputDataset.ofTable("trips", TRIPS, 5L)),
            Map.of("km", "double"),
            new ColumnLineage(
                Map.of("km", Set.of(new ColumnSource("trips", "km", Relation.IDENTITY, false))),
                Set.of())));
    ledger.recordScoring(
        run,
        List.of(outcome()),
        List.of(new Metric("RowCount", List.of(), "", 2)),
        List.of(new QuarantineCount("ROW_RULE", Optional.empty(), "km_is_positive", 1)));
  }

  private static RuleOutcome outcome() {
    return new RuleOutcome(
        1,
        "IsComplete \"vin\"",
        "IsComplete",
        List.of("vin"),
        Map.of("weight", "2"),
        Verdict.FAILED,
        Optional.empty(),
        "0.5 of rows",
        Optional.of(0.5),
        "Observed 0.5 of rows.",
        Optional.of(1L),
        new RuleCost(
            Trace.NOTHING,
            Map.of(
                "day=2026-11-17/name=Ann " + SECRET,
                3L,
                "day=2026-11-17/name=tok1_" + SECRET,
                2L,
                "month=2026-11",
                1L,
                "shard=12",
                2L)));
  }

  private static Delivery delivery() {
    Instant at = Instant.parse("2026-11-17T05:00:00Z");
    return new Delivery(
        "files",
        "key",
        Announcement.Kind.SCORE,
        TRIPS,
        NOVEMBER,
        at,
        1,
        Delivery.State.DELIVERED,
        "",
        "id",
        at,
        Optional.empty());
  }

  private static Erasures.Line erasure() {
    Instant at = Instant.parse("2026-11-17T05:00:00Z");
    return new Erasures.Line(
        "e", at, "forget", true, "dpo", SECRET + " asked", "prepared.trips", 1, 0, 0, 0, List.of());
  }

  private static Reviews.Review review(String hash, Set<String> categories, String at) {
    return new Reviews.Review(
        SECRET + hash, SECRET + " text", categories, SECRET + " reviewer", Instant.parse(at));
  }

  private static void answers(Catalog catalog) {
    Schema schema =
        new Schema(
            text(1, "content_hash"),
            text(2, "model"),
            text(3, "model_version"),
            NestedField.required(
                4,
                "categories",
                Types.MapType.ofRequired(5, 6, Types.StringType.get(), Types.DoubleType.get())),
            NestedField.required(7, "words", Types.ListType.ofRequired(8, Types.StringType.get())),
            NestedField.required(9, "truncated", Types.BooleanType.get()),
            NestedField.optional(10, "refused", Types.StringType.get()),
            text(11, "answered_by"),
            text(12, "asked_by"),
            NestedField.required(13, "answered_at", Types.TimestampType.withZone()));
    List<Record> rows = new ArrayList<>();
    for (boolean refused : new boolean[] {false, true}) {
      Record row = GenericRecord.create(schema);
      row.setField("content_hash", SECRET + refused);
      row.setField("model", "m");
      row.setField("model_version", "1");
      row.setField(
          "categories", refused ? Map.of() : Map.of("hate", 0.1, "alcohol", 0.9, "tobacco", 0.5));
      row.setField("words", List.of(SECRET));
      row.setField("truncated", false);
      row.setField("refused", refused ? "TOO_LONG" : null);
      row.setField("answered_by", "local");
      row.setField("asked_by", "demo/verdicts");
      row.setField("answered_at", Instant.parse("2026-11-17T05:00:00Z").atOffset(ZoneOffset.UTC));
      rows.add(row);
    }
    LedgerTable.byValue(catalog, "verdicts", schema, "model_version").append(rows);
  }

  private static void sendings(Catalog catalog) {
    Schema schema =
        new Schema(
            text(1, "job"),
            text(2, "verdict_table"),
            text(3, "message_key"),
            text(4, "delivery_key"),
            text(5, "content_hash"),
            text(6, "campaign"),
            text(7, "channel"),
            NestedField.required(8, "attempt", Types.IntegerType.get()),
            text(9, "state"),
            text(10, "reason"),
            text(11, "service_id"),
            text(12, "model"),
            text(13, "model_version"),
            text(14, "run_id"),
            NestedField.required(15, "at", Types.TimestampType.withZone()),
            NestedField.optional(16, "deadline", Types.TimestampType.withZone()));
    Record row = GenericRecord.create(schema);
    schema.columns().stream()
        .filter(column -> column.type().equals(Types.StringType.get()))
        .forEach(column -> row.setField(column.name(), column.name()));
    for (String secret :
        List.of(
            "message_key", "delivery_key", "content_hash", "campaign", "reason", "service_id")) {
      row.setField(secret, SECRET);
    }
    row.setField("state", "sent");
    row.setField("attempt", 1);
    row.setField("at", Instant.parse("2026-11-17T05:00:00Z").atOffset(ZoneOffset.UTC));
    LedgerTable.byValue(catalog, "sendings", schema, "job").append(List.of(row));
  }

  private static NestedField text(int id, String name) {
    return NestedField.required(id, name, Types.StringType.get());
  }
}
