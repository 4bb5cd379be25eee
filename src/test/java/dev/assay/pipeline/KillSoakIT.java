package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.ForkedJvm;
import dev.assay.cli.TestProject;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult.Ending;
import dev.assay.pipeline.RunListener.Point;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two projects get the same files, one day after the other. Runs of one are killed at random points
 * before they may end; after every day, and at the end, nothing tells the two apart.
 */
@Tag("soak")
class KillSoakIT {
  private static final int ROUNDS = Integer.getInteger("assay.soak.rounds", 200);
  private static final long SEED = Long.getLong("assay.soak.seed", System.nanoTime());

  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final TableName VISITS = new TableName("prepared", "visits");
  private static final TableName CARS = new TableName("prepared", "cars");
  private static final TableName TOTALS = new TableName("semantic", "totals");
  private static final List<TableName> TABLES = List.of(VISITS, CARS, TOTALS);

  private static final String VISITS_JOB =
      """
      kind: prepare
      name: visits
      inputs:
        visits:
          files: ${root}/raw/visits-${date}.csv
          format: csv
          columns: {id: {type: int, nullable: false}, car: int}
      steps: [{deduplicate: {keys: [id], order: [car]}}]
      output: {table: prepared.visits, mode: append}
      ruleset: rulesets/prepared/visits.dqdl
      gate: {minimum-score: 50}
      """;
  private static final String CARS_JOB =
      """
      kind: prepare
      name: cars
      inputs:
        cars:
          files: ${root}/raw/cars-${date}.csv
          format: csv
          columns: {id: {type: int, nullable: false}, name: string, gone: boolean}
      output: {table: prepared.cars, mode: merge, keys: [id], deletes: gone}
      ruleset: rulesets/prepared/cars.dqdl
      gate: {minimum-score: 50}
      """;
  private static final String TOTALS_JOB =
      """
      kind: build
      name: totals
      inputs: {cars: prepared.cars, visits: prepared.visits}
      sql: SELECT c.name, count(v.id) AS visits FROM cars c LEFT JOIN visits v ON v.car = c.id GROUP BY c.name
      output: {table: semantic.totals, mode: replace}
      ruleset: rulesets/prepared/totals.dqdl
      """;

  @TempDir Path folder;

  private final Random random = new Random(SEED);

  /** Where a run can die. */
  private record Place(TableName table, Point point) {
    static final List<Place> ALL =
        TABLES.stream()
            .flatMap(table -> Stream.of(Point.values()).map(point -> new Place(table, point)))
            .filter(Place::isReached)
            .toList();

    /** Nothing is held here, and what is built has no quarantine. */
    private boolean isReached() {
      return point != Point.HOLD_RECORDED && !(table.equals(TOTALS) && point == Point.QUARANTINED);
    }
  }

  @Test
  void runsThatAreKilledAndRepeatedEndLikeRunsThatAreNot() {
    say("%d rounds, repeated with -Dassay.soak.seed=%d".formatted(ROUNDS, SEED));
    TestProject killed = project("killed");
    TestProject calm = project("calm");
    for (int round = 0; round < ROUNDS; round++) {
      LocalDate date = FIRST.plusDays(round);
      arrive(date, killed, calm);
      String story = "seed %d, %s: %s".formatted(SEED, date, kill(killed, date));
      say(story);
      if (random.nextInt(10) == 0) {
        maintain(killed);
        maintain(calm);
        say("maintained");
      }

      assertThat(run(killed, date)).as(story).isSubsetOf(Ending.PUBLISHED, Ending.UNCHANGED);
      assertThat(run(calm, date)).as(story).containsOnly(Ending.PUBLISHED);

      assertThat(content(killed)).as(story).isEqualTo(content(calm));
      assertThat(published(killed, date)).as(story).isEqualTo(published(calm, date));
      assertThat(history(killed)).as(story).isEqualTo(history(calm));
    }
    maintain(killed);
    maintain(calm);

    assertThat(content(killed)).isEqualTo(content(calm));
    for (int round = 0; round < ROUNDS; round++) {
      LocalDate date = FIRST.plusDays(round);
      assertThat(published(killed, date)).isEqualTo(published(calm, date)).hasSize(TABLES.size());
    }
    assertThat(history(killed)).isEqualTo(history(calm));
    assertThat(quarantined(killed)).isEqualTo(quarantined(calm)).isNotEmpty();
    for (TableName table : TABLES) {
      assertThat(references(killed, table)).isEqualTo(referencesOfPublished(killed, table));
    }
    assertThat(run(killed, FIRST.plusDays(ROUNDS - 1))).containsOnly(Ending.UNCHANGED);
  }

  private TestProject project(String name) {
    return new TestProject(folder.resolve(name))
        .pipeline()
        .job("visits", VISITS_JOB, "RowCount > 0, IsComplete \"car\"")
        .job("cars", CARS_JOB, "IsUnique \"id\", Mean \"id\" > 3")
        .job("totals", TOTALS_JOB, "IsUnique \"name\"");
  }

  /** The same new files for both: rows that are new, repeated, changed, gone and damaged. */
  private void arrive(LocalDate date, TestProject... projects) {
    StringBuilder visits = new StringBuilder("id,car\n");
    for (int row = 0; row < 5 + random.nextInt(20); row++) {
      visits.append("%d,%d\n".formatted(random.nextInt(100), random.nextInt(10)));
    }
    visits.append("broken on %s,1\n".formatted(date));
    StringBuilder cars = new StringBuilder("id,name,gone\n");
    for (int id = 0; id < 10; id++) {
      if (random.nextBoolean()) {
        cars.append("%d,car %d,%b\n".formatted(id, random.nextInt(3), random.nextInt(4) == 0));
      }
    }
    cars.append("10,a car that stays,false\nbroken on %s,x,false\n".formatted(date));
    for (TestProject project : projects) {
      project.file("raw/visits-%s.csv".formatted(date), visits.toString());
      project.file("raw/cars-%s.csv".formatted(date), cars.toString());
    }
  }

  /** Kills the date's run once or more, and tells where. */
  private List<String> kill(TestProject project, LocalDate date) {
    List<String> story = new ArrayList<>();
    int code;
    do {
      Place place = Place.ALL.get(random.nextInt(Place.ALL.size()));
      ForkedJvm.Ended ended =
          ForkedJvm.run(
              project.root(),
              Map.of(),
              KilledRun.class,
              project.root().toString(),
              date.toString(),
              place.table().toString(),
              place.point().name());
      code = ended.code();
      story.add("%s %s: %d".formatted(place.table(), place.point(), code));
      // a second run may find the place behind it, and end
      boolean mayEnd = story.size() > 1 && code == 0;
      assertThat(mayEnd || code == 137).as("%s%n%s", story, ended.output()).isTrue();
    } while (code != 0 && random.nextInt(3) == 0);
    return story;
  }

  private static List<Ending> run(TestProject project, LocalDate date) {
    List<JobResult> results = project.run("jobs/p", date, Map.of());
    assertThat(results).as("%s", results).hasSize(TABLES.size());
    return results.stream().map(JobResult::ending).toList();
  }

  private static void maintain(TestProject project) {
    new Maintenance(project.lane()).run(Duration.ZERO, Duration.ofDays(30));
  }

  private static List<String> content(TestProject project) {
    return TABLES.stream()
        .flatMap(
            table ->
                project.lines("SELECT * FROM lake.%s".formatted(table)).stream()
                    .sorted()
                    .map(row -> table + ": " + row))
        .toList();
  }

  /** What the ledger says of a date's published runs, in the words that two projects share. */
  private static List<String> published(TestProject project, LocalDate date) {
    return project.ledger().runs().stream()
        .filter(run -> run.state() == RunState.PUBLISHED && run.dataDate().equals(date))
        .map(
            run ->
                "%s %s %s %s %s %s"
                    .formatted(
                        run.table(),
                        run.score(),
                        run.counts(),
                        run.merged(),
                        project.ledger().quarantineCounts(run.runId()),
                        project.ledger().outcomes(run.runId())))
        .sorted()
        .toList();
  }

  /** Every snapshot that main went through. */
  private static List<String> history(TestProject project) {
    List<String> history = new ArrayList<>();
    for (TableName table : TABLES) {
      for (Snapshot snapshot : SnapshotUtil.currentAncestors(table(project, table))) {
        history.add(
            "%s: %s, then %s rows"
                .formatted(table, snapshot.operation(), snapshot.summary().get("total-records")));
      }
    }
    return history;
  }

  private static List<String> quarantined(TestProject project) {
    return Stream.of("visits", "cars")
        .flatMap(
            table ->
                project
                    .lines(
                        "SELECT data_date, text FROM lake.quarantine.prepared_%s ORDER BY 1, 2"
                            .formatted(table))
                    .stream())
        .toList();
  }

  private static Set<String> references(TestProject project, TableName table) {
    return new TreeSet<>(table(project, table).refs().keySet());
  }

  private static Set<String> referencesOfPublished(TestProject project, TableName table) {
    Set<String> references =
        project.ledger().runs(table).stream()
            .filter(run -> run.state() == RunState.PUBLISHED)
            .map(RunRecord::runId)
            .map(id -> "run_" + id)
            .collect(Collectors.toCollection(TreeSet::new));
    references.add("main");
    return references;
  }

  private static Table table(TestProject project, TableName table) {
    return project.catalog().find(table).orElseThrow();
  }

  private static void say(String text) {
    System.out.println("[soak] " + text);
  }
}
