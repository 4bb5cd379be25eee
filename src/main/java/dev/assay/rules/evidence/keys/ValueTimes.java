package dev.assay.rules.evidence.keys;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How often each of some values occurs. A number is kept as it is, a text as 128 bits of a SHA-256
 * over it and over the key it is a value of: equal for equal texts only, as the ids of slices are,
 * and no text is stored.
 */
record ValueTimes(Map<Name, Long> times) implements Serializable {
  static final ValueTimes NONE = new ValueTimes(Map.of());

  /** Numbers per value in the form that is kept. */
  private static final int SIZE = 3;

  /** Who a value is. */
  record Name(long high, long low) implements Comparable<Name>, Serializable {
    @Override
    public int compareTo(Name other) {
      int order = Long.compare(high, other.high);
      return order != 0 ? order : Long.compare(low, other.low);
    }
  }

  static ValueTimes of(Map<Object, long[]> counted, String signature) {
    Map<Name, Long> times = new TreeMap<>();
    counted.forEach(
        (value, count) ->
            times.put(
                value instanceof UTF8String text
                    ? name(text, signature)
                    : new Name(0, (Long) value),
                count[0]));
    return new ValueTimes(times);
  }

  private static Name name(UTF8String text, String signature) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(signature.getBytes(StandardCharsets.UTF_8));
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes()));
      return new Name(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static ValueTimes sum(Collection<ValueTimes> all) {
    Map<Name, Long> sum = new HashMap<>();
    all.forEach(some -> some.times.forEach((name, count) -> sum.merge(name, count, Long::sum)));
    return new ValueTimes(sum);
  }

  int size() {
    return times.size();
  }

  /** In the order of the values, so that the sum of logarithms is always the same. */
  KeyCounts counts() {
    KeyCounts counts = KeyCounts.allDifferent(0);
    for (long count : new TreeMap<>(times).values()) {
      counts = counts.with(count);
    }
    return counts;
  }

  /** Numbers that are kept: how many values, then per value its name and how often it occurs. */
  long[] numbers() {
    long[] numbers = new long[width(size())];
    numbers[0] = size();
    int next = 1;
    for (Map.Entry<Name, Long> entry : times.entrySet()) {
      numbers[next] = entry.getKey().high();
      numbers[next + 1] = entry.getKey().low();
      numbers[next + 2] = entry.getValue();
      next += SIZE;
    }
    return numbers;
  }

  static int width(int values) {
    return 1 + values * SIZE;
  }

  static ValueTimes of(long[] numbers) {
    Map<Name, Long> times = new TreeMap<>();
    for (int value = 0; value < numbers[0]; value++) {
      int at = width(value);
      times.put(new Name(numbers[at], numbers[at + 1]), numbers[at + 2]);
    }
    return new ValueTimes(times);
  }
}
