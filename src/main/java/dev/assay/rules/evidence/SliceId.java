package dev.assay.rules.evidence;

import dev.assay.model.Fingerprint;
import java.util.Collection;

/**
 * Who a slice is: 128 bits of a hash over everything that decides which rows it holds. The ids of
 * slices have an order, so that evidence is always merged in the same one.
 */
public record SliceId(long high, long low) implements Comparable<SliceId> {
  /** The id of what these texts describe together; their order counts. */
  public static SliceId of(String... description) {
    String hex = Fingerprint.of(description).hex();
    return new SliceId(
        Long.parseUnsignedLong(hex.substring(0, 16), 16),
        Long.parseUnsignedLong(hex.substring(16, 32), 16));
  }

  /** The id of a set of slices, whatever their order. */
  public static SliceId ofAll(Collection<SliceId> slices) {
    StringBuilder text = new StringBuilder(slices.size() * 33);
    slices.stream()
        .sorted()
        .forEach(
            id ->
                text.append(Long.toHexString(id.high))
                    .append('-')
                    .append(Long.toHexString(id.low))
                    .append(' '));
    return of("set", text.toString());
  }

  @Override
  public int compareTo(SliceId other) {
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }
}
