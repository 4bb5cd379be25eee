package dev.assay.health;

import dev.assay.model.PublishedRuns;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.model.job.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How one dataset is.
 *
 * @param pipeline of its newest run
 * @param light the worst of what was found
 * @param current the run whose score is the table's; empty if none was published
 * @param newestRows the run that wrote the rows of the newest data date
 * @param due what its schedule asked for last; empty without a schedule
 * @param lastRuns newest first, staged ones left out
 * @param holds runs that wait for a decision, oldest first
 * @param findings why the light is not green, a sentence each
 * @param undelivered tells nothing of the data, so it does not change the light
 */
public record Health(
    TableName table,
    String pipeline,
    Light light,
    Optional<RunRecord> current,
    Optional<RunRecord> newestRows,
    Optional<Schedule.Due> due,
    List<RunRecord> lastRuns,
    List<RunRecord> holds,
    List<String> findings,
    Undelivered undelivered) {
  /** How many runs are shown. */
  private static final int LAST_RUNS = 5;

  /** From good to bad; what is worse hides what is better. */
  public enum Light {
    OK,
    /** The last run wrote other amounts, or scored otherwise, than its runs usually do. */
    UNUSUAL,
    /** The schedule asked for rows that are not there. */
    LATE,
    /** A run waits for a decision. */
    HELD,
    /** Consumers have never seen a row. */
    NEVER_PUBLISHED;

    /** As people write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  public Health {
    lastRuns = List.copyOf(lastRuns);
    holds = List.copyOf(holds);
    findings = List.copyOf(findings);
  }

  public boolean ok() {
    return light == Light.OK;
  }

  /**
   * Judges a table by the ledger.
   *
   * @param runs of one table in their newest states; at least one
   * @param schedule of the pipeline of its newest run
   * @param grace how long after its time a run may take before its rows are missed
   */
  public static Health of(
      List<RunRecord> runs,
      Optional<Schedule> schedule,
      Undelivered undelivered,
      Instant now,
      Duration grace) {
    List<RunRecord> newestFirst =
        runs.stream().sorted(Comparator.comparing(RunRecord::startedAt).reversed()).toList();
    PublishedRuns published = PublishedRuns.of(newestFirst);
    Optional<RunRecord> newestRows = published.newestRows();
    Optional<Schedule.Due> due = schedule.flatMap(times -> times.lastDue(now.minus(grace)));
    List<RunRecord> holds =
        newestFirst.stream()
            .filter(run -> run.state() == RunState.HELD)
            .sorted(Comparator.comparing(RunRecord::stateAt))
            .toList();
    Light light = Light.OK;
    List<String> findings = new ArrayList<>();
    List<String> unusual = Anomalies.of(newestFirst);
    if (!unusual.isEmpty()) {
      findings.addAll(unusual);
      light = Light.UNUSUAL;
    }
    if (newestRows.isPresent() && due.filter(slot -> missed(slot, newestRows.get())).isPresent()) {
      findings.add(0, late(due.get(), newestRows.get()));
      light = Light.LATE;
    }
    if (!holds.isEmpty()) {
      holds.forEach(run -> findings.add(0, held(run, now)));
      light = Light.HELD;
    }
    if (newestRows.isEmpty()) {
      findings.add(0, "No run was ever published.");
      light = Light.NEVER_PUBLISHED;
    }
    return new Health(
        newestFirst.get(0).table(),
        newestFirst.get(0).pipeline(),
        light,
        published.current(),
        newestRows,
        due,
        newestFirst.stream()
            .filter(run -> run.state() != RunState.STAGED)
            .limit(LAST_RUNS)
            .toList(),
        holds,
        findings,
        undelivered);
  }

  /**
   * A run is for the day before, whenever it runs: so the data date decides, and a backfill of an
   * older date makes no table fresh. Of several runs a day each has to have published.
   */
  private static boolean missed(Schedule.Due due, RunRecord newest) {
    if (newest.dataDate().isEqual(due.dataDate())) {
      return !due.firstOfItsDay() && newest.stateAt().isBefore(due.at());
    }
    return newest.dataDate().isBefore(due.dataDate());
  }

  private static String late(Schedule.Due due, RunRecord newest) {
    return "The run for %s was due at %s; the newest rows are those of %s, published at %s."
        .formatted(due.dataDate(), due.at(), newest.dataDate(), newest.stateAt());
  }

  private static String held(RunRecord run, Instant now) {
    return "Run %s for %s is held since %s (%s)."
        .formatted(
            run.runId().substring(0, Math.min(8, run.runId().length())),
            run.dataDate(),
            run.stateAt(),
            age(Duration.between(run.stateAt(), now)));
  }

  private static String age(Duration age) {
    long hours = age.toHours();
    if (hours >= 48) {
      return age.toDays() + " days";
    }
    return hours >= 2 ? hours + " hours" : Math.max(0, age.toMinutes()) + " minutes";
  }
}
