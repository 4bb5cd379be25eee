package dev.assay.rules.evaluate;

import dev.assay.model.Fingerprint;
import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.evidence.EvidenceBlock;
import dev.assay.rules.evidence.EvidenceContext;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.StoredEvidence;
import dev.assay.rules.plan.Measured;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers of queries, kept for exactly the slices and columns of every table that they read: while
 * none of them changes, a query is not run again.
 */
final class SqlMemory {
  /** Raised when the same text comes to mean something else. */
  private static final String MEANING = "sql 2";

  /** Its kind, the number as a double, and of an exact one the 128 bits of its digits and scale. */
  private static final int WIDTH = 5;

  private static final long NOTHING = 0;
  private static final long FLOATING = 1;
  private static final long EXACT = 2;

  private final SlicedTable table;
  private final Map<String, SlicedTable> references;
  private final EvidenceStore store;
  private final StoredEvidence stored;
  private final SliceId slices;

  SqlMemory(
      SlicedTable table,
      Map<String, SlicedTable> references,
      EvidenceStore store,
      EvidenceOptions options) {
    this.table = table;
    this.references = references;
    this.store = store;
    this.stored =
        new StoredEvidence(
            options.stored() ? table.storeKey().map(store::load).orElse(List.of()) : List.of());
    this.slices = ids(table);
  }

  /**
   * The name under which an answer is kept.
   *
   * @param text of the query, and anything else that decides what it means
   * @param read aliases of the references that it reads
   * @return empty if nobody can say whether one of the tables changed
   */
  Optional<String> name(String text, Set<String> read) {
    if (table.storeKey().isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    parts.add(MEANING);
    parts.add(EvidenceContext.of(table));
    parts.add(text);
    columns(table, parts);
    for (String alias : read.stream().sorted().toList()) {
      SlicedTable reference = references.get(alias);
      if (reference == null || reference.storeKey().isEmpty()) {
        return Optional.empty();
      }
      parts.add(alias);
      parts.add(reference.storeKey().get());
      parts.add(ids(reference).toString());
      columns(reference, parts);
    }
    return Optional.of("sql " + Fingerprint.of(parts).hex());
  }

  private static void columns(SlicedTable of, List<String> parts) {
    of.shape().columns().forEach(column -> parts.add(column + "=" + of.identityOf(column)));
    parts.add("");
  }

  private static SliceId ids(SlicedTable of) {
    return SliceId.ofAll(of.slices().stream().map(Slice::id).toList());
  }

  /** The answer that was kept. */
  Optional<Measured> find(String name) {
    return stored
        .find(name, slices, WIDTH)
        .map(
            value ->
                value[0] == NOTHING
                    ? nothing()
                    : number(value).by(new Trace(0, table.slices().size(), 0, 0, 0, 0)));
  }

  private static Measured.Value number(long[] value) {
    double number = Double.longBitsToDouble(value[1]);
    return value[0] == EXACT
        ? new Measured.Value(
            number,
            Optional.of(new BigDecimal(digits(value[2], value[3]), (int) value[4])),
            Trace.NOTHING,
            Map.of())
        : new Measured.Value(number);
  }

  private static BigInteger digits(long high, long low) {
    return BigInteger.valueOf(high)
        .shiftLeft(Long.SIZE)
        .add(new BigInteger(Long.toUnsignedString(low)));
  }

  /** What a query has come to that returned NULL. */
  static Measured nothing() {
    return new Measured.None(UnansweredReason.NO_ROWS, "The query returned NULL.");
  }

  /** Keeps an answer; a failure is no answer. */
  void keep(String name, Measured measured) {
    if (measured instanceof Measured.Value value) {
      long number = Double.doubleToRawLongBits(value.value());
      keep(
          name,
          value
              .exact()
              .map(
                  exact ->
                      new long[] {
                        EXACT,
                        number,
                        exact.unscaledValue().shiftRight(Long.SIZE).longValueExact(),
                        exact.unscaledValue().longValue(),
                        exact.scale()
                      })
              .orElseGet(() -> new long[] {FLOATING, number, 0, 0, 0}));
    } else if (measured.equals(nothing())) {
      keep(name, new long[] {NOTHING, 0, 0, 0, 0});
    }
  }

  private void keep(String name, long[] value) {
    store.save(
        table.storeKey().orElseThrow(),
        List.of(new EvidenceBlock(List.of(name), List.of(WIDTH), List.of(slices), List.of(value))));
  }
}
