package dev.assay.rules.evidence;

import java.io.Serializable;
import java.util.HashMap;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * A number that depends on the slice a row comes from. Public because Spark's generated code calls
 * it for every row; each task has a copy of its own.
 */
public final class SliceNumber implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<HashMap<String, double[]>> byLocation;
  private final int ordinal;

  private transient @Nullable UTF8String seen;
  private transient @Nullable UTF8String current;
  private transient double number;

  /**
   * @param byLocation numbers by the location of a slice
   * @param ordinal which of a slice's numbers
   */
  SliceNumber(Broadcast<HashMap<String, double[]>> byLocation, int ordinal) {
    this.byLocation = byLocation;
    this.ordinal = ordinal;
  }

  /**
   * The number of a slice.
   *
   * @throws IllegalStateException if it has none
   */
  public double of(UTF8String location) {
    // a file's readers give the same object with every row, others a new one on reused memory
    if (location != seen) {
      if (!location.equals(current)) {
        current = location.copy();
        double[] numbers = byLocation.value().get(location.toString());
        if (numbers == null) {
          throw new IllegalStateException("rows came from a file that was not asked for");
        }
        number = numbers[ordinal];
      }
      seen = location;
    }
    return number;
  }

  /** Tells it from others in the same query. */
  @Override
  public String toString() {
    return "middle_" + ordinal;
  }
}
