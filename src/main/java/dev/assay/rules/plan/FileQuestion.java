package dev.assay.rules.plan;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Moments;
import dev.assay.rules.parse.Operand;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What a rule asks of files. */
public sealed interface FileQuestion {
  /** The files it is about. */
  FileChoice files();

  /** Whether files have to be read, and not only listed. */
  boolean reads();

  /** The share of files that were modified at a time that meets the condition. */
  record Freshness(FileChoice files, Condition condition, Instant now, ZoneId zone)
      implements FileQuestion {
    @Override
    public boolean reads() {
      return false;
    }

    /**
     * Whether a time meets the condition.
     *
     * @param modified milliseconds since 1970 UTC
     */
    public boolean met(long modified) {
      return FileQuestion.meets(
          condition,
          Instant.ofEpochMilli(modified),
          operand -> Moments.of(operand, now, zone).orElseThrow());
    }
  }

  /** The share of files whose size meets the condition. */
  record Size(FileChoice files, Condition condition) implements FileQuestion {
    @Override
    public boolean reads() {
      return false;
    }

    /**
     * Whether a size meets the condition.
     *
     * @param bytes of one file
     */
    public boolean met(long bytes) {
      return FileQuestion.meets(
          condition, BigDecimal.valueOf(bytes), operand -> ((Operand.Size) operand).bytes());
    }
  }

  /**
   * The share of files whose checksum is listed, or is not.
   *
   * @param algorithm as Java names it
   * @param checksums in small hexadecimal digits
   * @param names whether a file's name must not occur twice
   */
  record Checksum(
      FileChoice files, String algorithm, Set<String> checksums, boolean negated, boolean names)
      implements FileQuestion {
    public Checksum {
      checksums = Set.copyOf(checksums);
    }

    @Override
    public boolean reads() {
      return true;
    }
  }

  /**
   * The share of files, of both sides together, that have an equal one on the other side.
   *
   * @param names whether equal files must have equal names too
   */
  record Alike(FileChoice files, FileChoice others, boolean names) implements FileQuestion {
    @Override
    public boolean reads() {
      return true;
    }
  }

  /**
   * The share of files whose content occurs once.
   *
   * @param names whether a name must occur once too
   */
  record Uniqueness(FileChoice files, boolean names) implements FileQuestion {
    @Override
    public boolean reads() {
      return true;
    }
  }

  private static <T extends Comparable<T>> boolean meets(
      Condition condition, T value, Function<Operand, T> operands) {
    List<T> ends = condition.operands().stream().map(operands).toList();
    if (condition instanceof Condition.Between between) {
      boolean inside = value.compareTo(ends.get(0)) > 0 && value.compareTo(ends.get(1)) < 0;
      return inside != between.negated();
    }
    if (condition instanceof Condition.In in) {
      Optional<T> found = ends.stream().filter(end -> value.compareTo(end) == 0).findFirst();
      return found.isPresent() != in.negated();
    }
    return ((Condition.Compare) condition).operator().accepts(value.compareTo(ends.get(0)));
  }
}
