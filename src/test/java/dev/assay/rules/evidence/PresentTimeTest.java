package dev.assay.rules.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresentTimeTest {
  private static final Instant INSTANT = Instant.parse("2026-11-20T23:30:00.123456Z");

  private final PresentTime present =
      new PresentTime(INSTANT, ZoneId.of("Europe/Berlin"), List.of("Current_Date"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "ts < now() | ts < TIMESTAMP'2026-11-20 23:30:00.123456Z'",
        "ts < NOW ( ) - interval 1 day | ts < TIMESTAMP'2026-11-20 23:30:00.123456Z' - interval 1 day",
        "ts<current_timestamp | ts<TIMESTAMP'2026-11-20 23:30:00.123456Z'",
        "ts < current_timestamp() | ts < TIMESTAMP'2026-11-20 23:30:00.123456Z'",
        "day = current_date() | day = DATE'2026-11-21'",
        "day = curdate() | day = DATE'2026-11-21'",
        "t = localtimestamp | t = TIMESTAMP_NTZ'2026-11-21 00:30:00.123456'",
        "s = unix_timestamp() | s = 1795217400L",
        "a = 'it''s' and ts < now() | a = 'it''s' and ts < TIMESTAMP'2026-11-20 23:30:00.123456Z'",
        "(now())/* now() */ | (TIMESTAMP'2026-11-20 23:30:00.123456Z')/* now() */",
      })
  void theInstantStandsForThePresent(String sql, String settled) {
    assertThat(present.apply(sql)).isEqualTo(settled);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a = 'now()'",
        "a = \"now()\"",
        "a = 'back\\\\' and b = 'now()'",
        "a = r'\\' and b = 'now()'",
        "`now()` = 1",
        "-- now()\n a = 1",
        "now = 1",
        "t.now() = 1",
        "unix_timestamp(ts) > 0",
        "snow() = 1",
        "day = current_date",
        "t.current_timestamp = 1",
        "select 1 as current_timestamp",
        "current_timestamps = 1",
      })
  void whatDoesNotSpeakOfThePresentStays(String sql) {
    assertThat(present.apply(sql)).isEqualTo(sql);
  }

  @Test
  void aNameIsTheColumnWhereThereIsOne() {
    PresentTime without = new PresentTime(INSTANT, ZoneId.of("UTC"), List.of());

    assertThat(without.apply("day = current_date")).isEqualTo("day = DATE'2026-11-20'");
    assertThat(present.apply("day = current_date and d < current_date()"))
        .isEqualTo("day = current_date and d < DATE'2026-11-21'");
  }
}
