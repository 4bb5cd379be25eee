package dev.assay.rules.parse;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** The points in time that rules about files compare with. */
public final class Moments {
  private static final DateTimeFormatter HALF_DAYS =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .appendPattern("h:mm a")
          .toFormatter(Locale.ENGLISH);
  private static final DateTimeFormatter WHOLE_DAY = DateTimeFormatter.ofPattern("H:mm");

  private Moments() {}

  /**
   * The point in time that an operand means.
   *
   * @param now what {@code now()} means
   * @param zone in which a time of day such as {@code "21:45"} is meant, on the day that {@code
   *     now} is there; a date means 00:00 UTC whatever the zone, as the reference says
   * @return empty if the operand is no date, time of day or {@code now()}
   */
  public static Optional<Instant> of(Operand operand, Instant now, ZoneId zone) {
    if (operand instanceof Operand.Now shifted) {
      return Optional.of(shifted.at(now));
    }
    if (operand instanceof Operand.Text text) {
      return date(text.value())
          .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
          .or(
              () ->
                  time(text.value())
                      .map(time -> now.atZone(zone).toLocalDate().atTime(time).atZone(zone))
                      .map(java.time.ZonedDateTime::toInstant));
    }
    return Optional.empty();
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalTime> time(String text) {
    for (DateTimeFormatter form : new DateTimeFormatter[] {WHOLE_DAY, HALF_DAYS}) {
      try {
        return Optional.of(LocalTime.parse(text.strip(), form));
      } catch (DateTimeParseException e) {
        // perhaps the other form
      }
    }
    return Optional.empty();
  }
}
