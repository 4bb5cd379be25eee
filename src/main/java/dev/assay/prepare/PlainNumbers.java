package dev.assay.prepare;

import java.math.BigDecimal;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Numbers that are a sign, digits, and a point with digits. */
final class PlainNumbers {
  /** As many digits as a long surely holds. */
  private static final int MOST_DIGITS = 18;

  /** No double is written longer, in practice. */
  private static final int LONGEST = 40;

  private PlainNumbers() {}

  static PlainReader longs() {
    return text -> whole(text);
  }

  static PlainReader ints() {
    return text -> {
      Long value = whole(text);
      return value == null || value != value.intValue() ? null : (Object) value.intValue();
    };
  }

  static PlainReader shorts() {
    return text -> {
      Long value = whole(text);
      return value == null || value != value.shortValue() ? null : (Object) value.shortValue();
    };
  }

  static PlainReader bytes() {
    return text -> {
      Long value = whole(text);
      return value == null || value != value.byteValue() ? null : (Object) value.byteValue();
    };
  }

  static PlainReader decimals(int precision, int scale) {
    return precision <= MOST_DIGITS
        ? text -> small(text, precision, scale)
        : text -> large(text, precision, scale);
  }

  static PlainReader doubles() {
    return text -> {
      if (!isFraction(text)) {
        return null;
      }
      double value = Double.parseDouble(text.toString());
      return Double.isInfinite(value) ? null : (Object) value;
    };
  }

  static PlainReader floats() {
    return text -> {
      if (!isFraction(text)) {
        return null;
      }
      float value = Float.parseFloat(text.toString());
      return Float.isInfinite(value) ? null : (Object) value;
    };
  }

  private static @Nullable Long whole(UTF8String text) {
    int length = text.numBytes();
    int first = afterSign(text);
    if (first == length || length - first > MOST_DIGITS) {
      return null;
    }
    long value = 0;
    for (int at = first; at < length; at++) {
      int digit = PlainReader.byteAt(text, at) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      value = value * 10 + digit;
    }
    return isNegative(text) ? -value : value;
  }

  private static @Nullable Decimal small(UTF8String text, int precision, int scale) {
    int length = text.numBytes();
    int first = afterSign(text);
    int point = -1;
    long value = 0;
    if (length - first > MOST_DIGITS) {
      return null;
    }
    for (int at = first; at < length; at++) {
      byte character = PlainReader.byteAt(text, at);
      if (character == '.' && point < 0) {
        point = at;
      } else if (character >= '0' && character <= '9') {
        value = value * 10 + (character - '0');
      } else {
        return null;
      }
    }
    int whole = (point < 0 ? length : point) - first;
    int fraction = point < 0 ? 0 : length - point - 1;
    if (whole == 0
        || (point >= 0 && fraction == 0)
        || fraction > scale
        || whole + scale > MOST_DIGITS) {
      return null;
    }
    for (int missing = fraction; missing < scale; missing++) {
      value *= 10;
    }
    return value < Decimal.POW_10()[precision]
        ? Decimal.createUnsafe(isNegative(text) ? -value : value, precision, scale)
        : null;
  }

  private static @Nullable Decimal large(UTF8String text, int precision, int scale) {
    if (!isFraction(text)) {
      return null;
    }
    BigDecimal value = new BigDecimal(text.toString());
    if (value.scale() > scale || value.precision() - value.scale() + scale > precision) {
      return null;
    }
    return Decimal.apply(value.setScale(scale), precision, scale);
  }

  private static boolean isFraction(UTF8String text) {
    int length = text.numBytes();
    int first = afterSign(text);
    int point = -1;
    if (first == length || length > LONGEST) {
      return false;
    }
    for (int at = first; at < length; at++) {
      byte character = PlainReader.byteAt(text, at);
      if (character == '.' && point < 0) {
        point = at;
      } else if (character < '0' || character > '9') {
        return false;
      }
    }
    return point != first && point != length - 1;
  }

  private static boolean isNegative(UTF8String text) {
    return PlainReader.byteAt(text, 0) == '-';
  }

  private static int afterSign(UTF8String text) {
    return text.numBytes() > 0
            && (PlainReader.byteAt(text, 0) == '-' || PlainReader.byteAt(text, 0) == '+')
        ? 1
        : 0;
  }
}
