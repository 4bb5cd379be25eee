package dev.assay.prepare;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Dates and timestamps whose parts stand at fixed places: four digits of a year, else two. */
final class PlainTimes implements PlainReader {
  /** The letters of the parts, each for itself and in this order. */
  private static final String PARTS = "yMdHms";

  private static final long SECOND = 1_000_000;
  private static final int NONE = -1;

  /** What stands at each place; 0 for a digit. */
  private final byte[] literals;

  /** By part, where it begins. */
  private final int[] places;

  private final boolean date;
  private final boolean fraction;
  private final ZoneId zone;

  private PlainTimes(byte[] literals, int[] places, boolean date, boolean fraction, ZoneId zone) {
    this.literals = literals;
    this.places = places;
    this.date = date;
    this.fraction = fraction;
    this.zone = zone;
  }

  /** Days as a pattern has them, if it is of this kind. */
  static PlainReader dates(String pattern, ZoneId zone) {
    return of(pattern, true, false, zone);
  }

  /** Instants as a pattern has them, if it is of this kind. */
  static PlainReader timestamps(String pattern, ZoneId zone) {
    return of(pattern, false, false, zone);
  }

  /** Instants as they are written when nobody says how. */
  static PlainReader timestamps(ZoneId zone) {
    PlainReader spaced = of("yyyy-MM-dd HH:mm:ss", false, true, zone);
    PlainReader lettered = of("yyyy-MM-dd'T'HH:mm:ss", false, true, zone);
    PlainReader day = of("yyyy-MM-dd", false, false, zone);
    return text -> {
      if (text.numBytes() <= 10) {
        return day.read(text);
      }
      return PlainReader.byteAt(text, 10) == 'T' ? lettered.read(text) : spaced.read(text);
    };
  }

  private static PlainReader of(String pattern, boolean date, boolean fraction, ZoneId zone) {
    String plain = pattern.replace("'T'", "\0");
    // other letters and these characters mean more than themselves
    boolean known =
        plain.replaceAll("yyyy|MM|dd|HH|mm|ss", "").matches("[^A-Za-z'\\[\\]{}#\\x7f-\\uffff]*");
    int[] places = PARTS.chars().map(plain::indexOf).toArray();
    boolean once = PARTS.chars().allMatch(part -> lettersOf(plain, part) <= widthOf(part));
    boolean whole = Arrays.stream(places, 0, 3).allMatch(place -> place != NONE);
    boolean inOrder =
        (places[4] == NONE || places[3] != NONE) && (places[5] == NONE || places[4] != NONE);
    if (!known || !once || !whole || !inOrder) {
      return PlainReader.NONE;
    }
    byte[] literals = plain.getBytes(StandardCharsets.US_ASCII);
    for (int at = 0; at < literals.length; at++) {
      if (PARTS.indexOf(literals[at]) >= 0) {
        literals[at] = 0;
      } else if (literals[at] == 0) {
        literals[at] = 'T';
      }
    }
    return new PlainTimes(literals, places, date, fraction, zone);
  }

  private static long lettersOf(String pattern, int part) {
    return pattern.chars().filter(letter -> letter == part).count();
  }

  private static int widthOf(int part) {
    return part == 'y' ? 4 : 2;
  }

  @Override
  public @Nullable Object read(UTF8String text) {
    int length = text.numBytes();
    if (length < literals.length || (length > literals.length && !fraction) || !fits(text)) {
      return null;
    }
    int year = number(text, places[0], 4);
    int month = number(text, places[1], 2);
    int day = number(text, places[2], 2);
    int hour = number(text, places[3], 2);
    int minute = number(text, places[4], 2);
    int second = number(text, places[5], 2);
    // the years at the ends of the calendar are left to those who know what they end with
    if (year < 2 || year > 9998 || month < 1 || month > 12 || day < 1) {
      return null;
    }
    if (hour > 23 || minute > 59 || second > 59 || !isDay(year, month, day)) {
      return null;
    }
    return date
        ? day(year, month, day, hour, minute, second)
        : micros(text, LocalDateTime.of(year, month, day, hour, minute, second));
  }

  private boolean fits(UTF8String text) {
    for (int at = 0; at < literals.length; at++) {
      byte character = PlainReader.byteAt(text, at);
      if (literals[at] == 0 ? character < '0' || character > '9' : character != literals[at]) {
        return false;
      }
    }
    return true;
  }

  private static int number(UTF8String text, int place, int width) {
    int value = 0;
    if (place != NONE) {
      for (int at = place; at < place + width; at++) {
        value = value * 10 + PlainReader.byteAt(text, at) - '0';
      }
    }
    return value;
  }

  private static boolean isDay(int year, int month, int day) {
    return day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth();
  }

  /** A time of day that a zone skips may belong to the day after. */
  private @Nullable Object day(int year, int month, int day, int hour, int minute, int second) {
    LocalDateTime time = LocalDateTime.of(year, month, day, hour, minute, second);
    return offset(time) == null ? null : (Object) (int) time.toLocalDate().toEpochDay();
  }

  private @Nullable Object micros(UTF8String text, LocalDateTime time) {
    int end = text.numBytes();
    boolean utc = fraction && end > literals.length && PlainReader.byteAt(text, end - 1) == 'Z';
    ZoneOffset offset = utc ? ZoneOffset.UTC : offset(time);
    long micros = fraction(text, utc ? end - 1 : end);
    return offset == null || micros < 0
        ? null
        : (Object) (time.toEpochSecond(offset) * SECOND + micros);
  }

  /** The microseconds after the whole seconds; negative if something else stands there. */
  private long fraction(UTF8String text, int end) {
    int from = literals.length;
    if (from == end) {
      return 0;
    }
    if (PlainReader.byteAt(text, from) != '.' || end - from < 2 || end - from > 7) {
      return -1;
    }
    long micros = 0;
    for (int at = from + 1; at < from + 7; at++) {
      int digit = at < end ? PlainReader.byteAt(text, at) - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      micros = micros * 10 + digit;
    }
    return micros;
  }

  /** NULL for a time that the zone's clocks show twice or never. */
  private @Nullable ZoneOffset offset(LocalDateTime time) {
    if (zone instanceof ZoneOffset fixed) {
      return fixed;
    }
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
    return offsets.size() == 1 ? offsets.get(0) : null;
  }
}
