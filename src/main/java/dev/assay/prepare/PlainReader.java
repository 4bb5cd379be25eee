package dev.assay.prepare;

import java.io.Serializable;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts of one type that are written plainly, as nearly all are. It never decides that a text
 * is wrong: what it does not know is left to {@link CastExpression}.
 */
@FunctionalInterface
interface PlainReader extends Serializable {
  /** For types that have no plain form. */
  PlainReader NONE = text -> null;

  /** The value as Spark keeps it, or NULL if the text is not written plainly. */
  @Nullable Object read(UTF8String text);

  /** A byte of a text, which Spark keeps to itself. */
  static byte byteAt(UTF8String text, int index) {
    return Platform.getByte(text.getBaseObject(), text.getBaseOffset() + index);
  }
}
