package dev.assay.cli;

import dev.assay.health.Health;
import dev.assay.health.Undelivered;
import dev.assay.jobs.ScheduleReader;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunRecord;
import dev.assay.model.TableName;
import dev.assay.model.job.Schedule;
import dev.assay.reports.HealthJson;
import dev.assay.reports.HealthText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How the datasets are. */
@Command(
    name = "health",
    description = {
      "Say from the ledger how each dataset is: ok, unusual, late, held or never published.",
      "Late is what its pipeline's schedule asked for and is not there; unusual are the rows or the score of the last run. Starts no Spark."
    },
    mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(
      paramLabel = "TABLE",
      arity = "0..*",
      description = "For example prepared.trips (default: every table of the ledger).")
  List<String> tables = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "FOLDER",
      defaultValue = "jobs",
      description = "Where the pipelines with their schedules are (default: jobs).")
  Path jobs = Path.of("jobs");

  @Option(
      names = "--grace-minutes",
      paramLabel = "N",
      defaultValue = "120",
      description = "So long a run may take before its rows are missed (default: 120).")
  int graceMinutes = 120;

  @Option(names = "--fail", description = "End with exit code 3 if a dataset is not ok.")
  boolean fail;

  @Option(names = "--json", description = "As JSON.")
  boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Override
  public Integer call() {
    if (graceMinutes < 0) {
      throw new AssayException(
          ExitKind.USAGE,
          "--grace-minutes is %d. Expected a number from 0.".formatted(graceMinutes));
    }
    Instant now = Instant.now();
    Map<TableName, List<RunRecord>> runs =
        common.ledger().runs().stream()
            .collect(Collectors.groupingBy(RunRecord::table, TreeMap::new, Collectors.toList()));
    Map<String, Schedule> schedules = ScheduleReader.ofPipelines(jobs);
    Map<TableName, Undelivered> undelivered = OpenDeliveries.of(common.catalog().iceberg());
    List<Health> datasets = new ArrayList<>();
    chosen(runs)
        .forEach(
            (table, ofTable) ->
                datasets.add(
                    Health.of(
                        ofTable,
                        Optional.ofNullable(schedules.get(ofTable.get(0).pipeline())),
                        undelivered.getOrDefault(table, Undelivered.NONE),
                        now,
                        Duration.ofMinutes(graceMinutes))));
    spec.commandLine()
        .getOut()
        .println(json ? HealthJson.of(datasets, now) : HealthText.of(datasets));
    return fail && !datasets.stream().allMatch(Health::ok)
        ? ExitKind.HELD.code()
        : ExitKind.OK.code();
  }

  private Map<TableName, List<RunRecord>> chosen(Map<TableName, List<RunRecord>> runs) {
    if (runs.isEmpty()) {
      throw new AssayException(
          ExitKind.INPUT_MISSING,
          "The ledger has no run yet. 'assay demo' or 'assay init --from FILE' make the first.");
    }
    if (tables.isEmpty()) {
      return runs;
    }
    Map<TableName, List<RunRecord>> chosen = new LinkedHashMap<>();
    for (String text : tables) {
      TableName table = Arguments.table(text);
      List<RunRecord> ofTable = runs.get(table);
      if (ofTable == null) {
        throw new AssayException(
            ExitKind.INPUT_MISSING,
            "The ledger has no run of %s. Known tables: %s.".formatted(table, list(runs.keySet())));
      }
      chosen.put(table, ofTable);
    }
    return chosen;
  }

  private static String list(Collection<TableName> known) {
    return known.stream().map(TableName::toString).collect(Collectors.joining(", "));
  }
}
