package dev.assay.model.job;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a pipeline is due: a cron expression of five fields and the zone it is meant in. */
public final class Schedule {
  /** Schedulers differ in what they know beyond these: seconds, years, names such as @daily. */
  private static final int FIELDS = 5;

  private final String cron;
  private final ZoneId zone;
  private final ExecutionTime times;

  private Schedule(String cron, ZoneId zone, ExecutionTime times) {
    this.cron = cron;
    this.zone = zone;
    this.times = times;
  }

  /**
   * Something that is due.
   *
   * @param at when the run for it begins
   * @param dataDate what a run that begins then is for: the day before, in the schedule's zone
   * @param firstOfItsDay whether no earlier run of that day is due
   */
  public record Due(Instant at, LocalDate dataDate, boolean firstOfItsDay) {}

  /**
   * Reads a cron expression: minute, hour, day of month, month, day of week.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Schedule parse(String cron, ZoneId zone) {
    if (cron.trim().split("\\s+").length != FIELDS) {
      throw new IllegalArgumentException(wrong(cron));
    }
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    try {
      return new Schedule(cron, zone, ExecutionTime.forCron(parser.parse(cron).validate()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(wrong(cron), e);
    }
  }

  private static String wrong(String cron) {
    return "'%s' is no cron expression. Expected five fields, such as 0 4 * * *".formatted(cron);
  }

  /** What was due last at an instant; empty if the expression has no such moment. */
  public Optional<Due> lastDue(Instant now) {
    // the library looks before the second that it is given, and that one is due too
    ZonedDateTime next = now.atZone(zone).truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    return times.lastExecution(next).map(this::due);
  }

  private Due due(ZonedDateTime at) {
    boolean first =
        times
            .lastExecution(at)
            .filter(before -> before.toLocalDate().equals(at.toLocalDate()))
            .isEmpty();
    return new Due(at.toInstant(), at.toLocalDate().minusDays(1), first);
  }

  /** The cron expression as it was written. */
  public String cron() {
    return cron;
  }

  public ZoneId zone() {
    return zone;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Schedule that && cron.equals(that.cron) && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(cron, zone);
  }

  @Override
  public String toString() {
    return cron + " " + zone;
  }
}
