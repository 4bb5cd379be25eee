package dev.assay.model.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Four in Berlin is three in UTC in winter and two in summer. */
  @ParameterizedTest(name = "{0} at {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "0 4 * * *    | 2026-11-21T02:59:59Z | 2026-11-20T03:00:00Z | 2026-11-19 | true",
        "0 4 * * *    | 2026-11-21T02:59:59.999Z | 2026-11-20T03:00:00Z | 2026-11-19 | true",
        "0 4 * * *    | 2026-11-21T03:00:00Z | 2026-11-21T03:00:00Z | 2026-11-20 | true",
        "0 4 * * *    | 2026-07-21T02:00:00Z | 2026-07-21T02:00:00Z | 2026-07-20 | true",
        "30 6 * * 1   | 2026-11-21T12:00:00Z | 2026-11-16T05:30:00Z | 2026-11-15 | true",
        "30 6 * * MON | 2026-11-21T12:00:00Z | 2026-11-16T05:30:00Z | 2026-11-15 | true",
        "0 6,18 * * * | 2026-11-21T12:00:00Z | 2026-11-21T05:00:00Z | 2026-11-20 | true",
        "0 6,18 * * * | 2026-11-21T17:00:00Z | 2026-11-21T17:00:00Z | 2026-11-20 | false",
        "*/15 * * * * | 2026-11-21T12:16:10Z | 2026-11-21T12:15:00Z | 2026-11-20 | false",
        "0 0 1 * *    | 2026-11-21T12:00:00Z | 2026-10-31T23:00:00Z | 2026-10-31 | true"
      })
  void knowsWhatWasDueLast(String cron, Instant now, Instant at, LocalDate date, boolean first) {
    assertThat(Schedule.parse(cron, BERLIN).lastDue(now))
        .contains(new Schedule.Due(at, date, first));
  }

  @Test
  void keepsWhatWasWritten() {
    Schedule schedule = Schedule.parse("0 4 * * *", BERLIN);

    assertThat(schedule.cron()).isEqualTo("0 4 * * *");
    assertThat(schedule.zone()).isEqualTo(BERLIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "daily", "0 4 * *", "0 25 * * *", "0 0 4 * * *", "@daily", "a b c d e"})
  void refusesWhatIsNoCronExpression(String text) {
    assertThatThrownBy(() -> Schedule.parse(text, BERLIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'%s' is no cron expression. Expected five fields, such as 0 4 * * *".formatted(text));
  }
}
