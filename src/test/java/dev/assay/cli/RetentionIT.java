package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.jobs.SendReader;
import dev.assay.ledger.Erasures;
import dev.assay.messages.Reviews.Review;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.model.TableName;
import dev.assay.model.job.Retention;
import dev.assay.model.job.Send;
import dev.assay.pipeline.Lane;
import dev.assay.pipeline.Maintenance;
import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.SliceId;
import dev.assay.sending.Sending;
import dev.assay.sending.iceberg.IcebergSendings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is older than the profile lets it be goes with the next maintenance, and nothing else. */
@Tag("long")
class RetentionIT {
  private static final String SECRET = "sEcReT";
  private static final TableName QUARANTINE = TableName.parse("quarantine.prepared_cars");

  @TempDir private Path root;

  @Test
  void quarantinedRowsGoWhenTheyAreOldEnough() {
    TestProject project = project();
    project.runOne();

    assertThat(maintain(project, quarantine(90), 89)).noneMatch(done -> done.contains("removed"));
    assertThat(project.lines("SELECT count(*) FROM lake.quarantine.prepared_cars"))
        .containsExactly("1");
    assertThat(maintain(project, quarantine(90), 91))
        .contains("quarantine.prepared_cars: removed 1 rows older than 90 days");

    assertThat(project.lines("SELECT count(*) FROM lake.quarantine.prepared_cars"))
        .containsExactly("0");
    assertThat(search(project)).isEmpty();
    assertThat(new Erasures(project.catalog().iceberg()).all())
        .extracting(line -> line.kind() + " " + line.place() + " " + line.reason())
        .containsExactly("retention quarantine.prepared_cars older than 90 days");
    assertThat(maintain(project, quarantine(90), 91)).noneMatch(done -> done.contains("removed"));
  }

  @Test
  void aTableOfItsOwnTermIsKeptSoLong() {
    TestProject project = project();
    project.runOne();
    Retention longer =
        new Retention(Optional.of(Duration.ofDays(30)), Map.of(QUARANTINE, Duration.ofDays(400)));

    assertThat(maintain(project, longer, 91)).noneMatch(done -> done.contains("removed"));
    assertThat(maintain(project, Retention.NONE, 5000)).noneMatch(done -> done.contains("removed"));
  }

  @Test
  void aQuarantineThatIsNowhereIsSaid() {
    TestProject project = project();
    project.runOne();
    Retention wrong =
        new Retention(
            Optional.empty(),
            Map.of(TableName.parse("quarantine.prepared_car"), Duration.ofDays(1)));

    assertThat(maintain(project, wrong, 0))
        .contains(
            "quarantine.prepared_car: there is no such table to keep for a time. Did you mean 'quarantine.prepared_cars'?");
  }

  @Test
  void decisionsGoByTheirTime() {
    TestProject project = project();
    IcebergReviews reviews = new IcebergReviews(project.catalog().iceberg());
    Instant now = Instant.now();
    reviews.keep(
        List.of(
            new Review("h1", "sEcReT old", Set.of(), "lee", now.minus(Duration.ofDays(50))),
            new Review("h2", "new", Set.of(), "lee", now)));

    List<String> done =
        maintain(
            project,
            new Retention(
                Optional.empty(), Map.of(TableName.parse("assay.reviews"), Duration.ofDays(40))),
            0);

    assertThat(done).contains("assay.reviews: removed 1 rows older than 40 days");
    assertThat(reviews.newest()).containsOnlyKeys("h2");
    assertThat(search(project)).isEmpty();
  }

  @Test
  void aLineThatKeepsAMessageFromBeingSentTwiceStays() {
    TestProject project = project();
    project.sql("CREATE NAMESPACE lake.semantic");
    project.sql("CREATE TABLE lake.semantic.verdicts (id INT, content_hash STRING) USING iceberg");
    project.sql("INSERT INTO lake.semantic.verdicts VALUES (1, 'live')");
    Path file = root.resolve("jobs/p/go.yaml");
    project.file(
        "jobs/p/go.yaml",
        """
        kind: send
        name: go
        verdicts: semantic.verdicts
        messages: {table: prepared.messages, key: [id], text: text, address: phone}
        channels: {post: {files: {folder: outbox}}}
        """);
    Send job = SendReader.load(file, Map.of(), LocalDate.of(2026, 11, 18));
    IcebergSendings sendings = new IcebergSendings(project.catalog().iceberg(), job, "m", "1", "r");
    Instant old = Instant.now().minus(Duration.ofDays(50));
    sendings.read();
    sendings.add(
        List.of(line("1", "live", old), line("2", "gone", old), line("3", "gone", Instant.now())));

    List<String> done =
        maintain(
            project,
            new Retention(
                Optional.empty(), Map.of(TableName.parse("assay.sendings"), Duration.ofDays(40))),
            0);

    assertThat(done).contains("assay.sendings: removed 1 rows older than 40 days");
    assertThat(project.lines("SELECT message_key FROM lake.assay.sendings ORDER BY 1"))
        .containsExactly("1", "3");
  }

  private static Sending line(String key, String hash, Instant at) {
    return new Sending(
        key, "d" + key, hash, "", "post", 1, Sending.State.SENT, "", "", at, Optional.empty());
  }

  private TestProject project() {
    return new TestProject(root)
        .pipeline()
        .job(
            "cars",
            """
            kind: prepare
            name: cars
            inputs:
              cars:
                files: ${root}/raw/*.csv
                format: csv
                columns: {id: int, name: string}
            output: {table: prepared.cars, mode: replace}
            ruleset: none
            """,
            "RowCount > 0")
        .file("raw/a.csv", "id,name\n1,a\nx,sEcReT\n");
  }

  private static Retention quarantine(int days) {
    return new Retention(Optional.of(Duration.ofDays(days)), Map.of());
  }

  /** What maintenance says so many days from now. */
  private static List<String> maintain(TestProject project, Retention retention, int days) {
    Lane lane = project.lane();
    Lane later =
        new Lane(
            lane.spark(),
            lane.profile().with(retention),
            lane.catalog(),
            lane.ledger(),
            lane.evidence(),
            lane.protector(),
            Clock.offset(Clock.systemUTC(), Duration.ofDays(days)),
            lane.productVersion(),
            lane.contracts(),
            lane.messages(),
            lane.listener());
    return new Maintenance(later).run(Duration.ofHours(24), Duration.ofDays(30));
  }

  @Test
  void evidenceOfATableThatWasOnlyScoredGoesWithItsSnapshots() {
    TestProject project = new TestProject(root);
    project.sql("CREATE NAMESPACE lake.prepared");
    TableName only = TableName.parse("prepared.only_scored");
    project
        .spark()
        .sql("CREATE TABLE %s (id INT) USING iceberg".formatted(project.catalog().sparkName(only)));
    String key = project.catalog().find(only).orElseThrow().uuid().toString();
    for (int block = 0; block < 8; block++) {
      project
          .lane()
          .evidence()
          .save(
              key,
              List.of(
                  new EvidenceBlock(
                      List.of("fact"),
                      List.of(1),
                      List.of(SliceId.of("gone", Integer.toString(block))),
                      List.of(new long[] {1}))));
    }

    List<String> done = maintain(project, quarantine(30), 1);

    assertThat(done).contains("prepared.only_scored: brought 8 blocks of evidence into 0");
    assertThat(project.lane().evidence().load(key)).isEmpty();
  }

  private List<String> search(TestProject project) {
    return new ByteSearch(List.of(SECRET)).in(root.resolve("home/warehouse")).findings();
  }
}
