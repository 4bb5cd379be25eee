package dev.assay.rules.evidence.keys;

import dev.assay.model.Trace;
import dev.assay.rules.evidence.ColumnMetadata;
import dev.assay.rules.evidence.EvidenceOptions;
import dev.assay.rules.evidence.EvidenceStore;
import dev.assay.rules.evidence.ReadMeter;
import dev.assay.rules.evidence.ReadMeter.Read;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.SlicedTable.Opened;
import dev.assay.rules.evidence.StoredEvidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Counts keys, by the first step of the ladder that answers. */
public final class KeyCounter {
  /** New keys are looked for among old ones only while they fit into a set in memory. */
  private static final long MOST_NEW_KEYS = 4_000_000;

  /**
   * Counts and how they were had.
   *
   * @param step for people: which step of the ladder answered
   */
  public record Answer(KeyCounts counts, String step, Trace trace) {}

  /**
   * How keys would be counted.
   *
   * @param step for people
   * @param trace what would be read, as far as metadata tells
   */
  public record Foreseen(String step, Trace trace) {}

  private final SlicedTable table;
  private final EvidenceStore store;
  private final StoredEvidence stored;

  public KeyCounter(SlicedTable table, EvidenceStore store, EvidenceOptions options) {
    this.table = table;
    this.store = store;
    this.stored =
        new StoredEvidence(
            options.stored() ? table.storeKey().map(store::load).orElse(List.of()) : List.of());
  }

  /**
   * Counts.
   *
   * @param where SQL that is known to be right, or empty
   * @param onlyUnique whether it is enough to know how many keys occur once
   * @param keys rows with a key, which are counted like any other fact
   */
  public Answer count(List<String> columns, Optional<String> where, boolean onlyUnique, long keys) {
    return new Counting(
            new KeyColumns(table.shape(), columns, where, table::settled), onlyUnique, keys)
        .answer();
  }

  /** Says how {@link #count} would begin, without reading a row. */
  public Foreseen foresee(List<String> columns, Optional<String> where, boolean onlyUnique) {
    return new Counting(
            new KeyColumns(table.shape(), columns, where, table::settled), onlyUnique, 0)
        .foreseen();
  }

  private final class Counting {
    private final KeyColumns key;
    private final boolean onlyUnique;
    private final long allKeys;
    private final List<Slice> slices = table.slices();
    private final KeyEvidence evidence;
    private final long start = System.nanoTime();
    private List<Slice> read = slices;
    private @Nullable ReadMeter meter;

    Counting(KeyColumns key, boolean onlyUnique, long allKeys) {
      this.key = key;
      this.onlyUnique = onlyUnique;
      this.allKeys = allKeys;
      this.evidence = new KeyEvidence(table, store, stored, key);
    }

    Answer answer() {
      Optional<KeyCounts> same = remembered();
      if (same.isPresent()) {
        return new Answer(
            same.get(),
            "stored for the same slices",
            new Trace(0, slices.size(), 0, 0, 0, millis()));
      }
      try (ReadMeter reading = ReadMeter.start(table.schema().sparkSession())) {
        meter = reading;
        return asked();
      }
    }

    Foreseen foreseen() {
      if (remembered().isPresent()) {
        read = List.of();
        return new Foreseen("its stored count", trace());
      }
      Optional<List<Slice>> unproven = unproven(evidence.knownUnique());
      if (unproven.isPresent()) {
        read = unproven.get();
        return new Foreseen(
            read.isEmpty()
                ? "its stored proof"
                : "new keys, and the others if their bounds overlap",
            trace());
      }
      Map<SliceId, ValueTimes> times = onlyUnique ? Map.of() : evidence.times();
      read = slices.stream().filter(slice -> !times.containsKey(slice.id())).toList();
      return new Foreseen(
          times.isEmpty() ? "a pass over its keys" : "values of new files, with those kept",
          trace());
    }

    /** The slices whose keys are to be held against proven ones; empty if that is not done. */
    private Optional<List<Slice>> unproven(List<Slice> known) {
      if (known.isEmpty() || key.exactNumber().or(key::hash).isEmpty()) {
        return Optional.empty();
      }
      Set<SliceId> proven = Set.copyOf(ids(known));
      List<Slice> others = slices.stream().filter(slice -> !proven.contains(slice.id())).toList();
      long otherRows = rows(others);
      // where nobody counted, the new keys may be too many for memory
      boolean uncounted = !others.isEmpty() && otherRows < 0;
      return uncounted || otherRows > MOST_NEW_KEYS || otherRows * 2 > rows(known)
          ? Optional.empty()
          : Optional.of(others);
    }

    private Answer asked() {
      Optional<Answer> grown = proven().or(this::counted);
      if (grown.isPresent()) {
        return remember(grown.get());
      }
      try (Opened opened = table.open(slices)) {
        return remember(fully(key.rows(opened.rows())));
      }
    }

    private Optional<KeyCounts> remembered() {
      if (slices.isEmpty()) {
        return Optional.of(KeyCounts.allDifferent(0));
      }
      return evidence.counts();
    }

    /** Most slices were counted by value before. */
    private Optional<Answer> counted() {
      return evidence.times().isEmpty() ? Optional.empty() : few();
    }

    /** Slices that were proven unique together stay so; only the others have to be looked at. */
    private Optional<Answer> proven() {
      Optional<Column> number = key.exactNumber().or(key::hash);
      List<Slice> known = evidence.knownUnique();
      Optional<List<Slice>> unproven = unproven(known);
      if (unproven.isEmpty() || number.isEmpty()) {
        return Optional.empty();
      }
      List<Slice> others = unproven.get();
      read = others;
      if (others.isEmpty()) {
        return Optional.of(unique("a part of what was proven unique"));
      }
      long[] keys;
      try (Opened opened = table.open(others)) {
        keys = SortedKeys.list(key.rows(opened.rows()), number.get());
      }
      for (int index = 1; index < keys.length; index++) {
        if (keys[index] == keys[index - 1]) {
          return Optional.empty();
        }
      }
      if (keys.length == 0 || apart(known, keys)) {
        return Optional.of(unique("new keys unique and outside the bounds of the others"));
      }
      read = slices;
      try (Opened opened = table.open(known)) {
        return KnownKeys.occur(key.rows(opened.rows()), number.get(), keys)
            ? Optional.empty()
            : Optional.of(unique("new keys unique and not among the others"));
      }
    }

    private Answer fully(Dataset<Row> rows) {
      read = slices;
      Optional<List<Column>> numbers = key.exactNumbers();
      if (numbers.isPresent() && RisingRuns.prove(rows, numbers.get())) {
        return unique("keys rise from row to row");
      }
      Optional<Column> exact = key.exactNumber();
      long atMost = rows(slices);
      if (exact.isPresent()) {
        Optional<Answer> few = few();
        if (few.isPresent()) {
          return few.get();
        }
        read = slices;
        return new Answer(
            SortedKeys.count(rows, exact.get(), atMost).counts(),
            "keys sorted as numbers",
            trace());
      }
      if (onlyUnique && key.hash().isPresent()) {
        return byHash(rows, key.hash().get(), atMost);
      }
      Optional<Answer> few = few();
      if (few.isPresent()) {
        return few.get();
      }
      read = slices;
      return new Answer(GroupedKeys.count(rows, key), "grouped", trace());
    }

    /** Few different values: those of slices that were counted before are known. */
    private Optional<Answer> few() {
      FewValues few = new FewValues(table, key, evidence.signature());
      if (onlyUnique || !few.possible()) {
        return Optional.empty();
      }
      Map<SliceId, ValueTimes> times = evidence.times();
      read = slices.stream().filter(slice -> !times.containsKey(slice.id())).toList();
      if (!read.isEmpty()) {
        Optional<Map<SliceId, ValueTimes>> counted = few.count(read);
        if (counted.isEmpty()) {
          return Optional.empty();
        }
        counted.get().forEach(times::put);
        evidence.keep(counted.get());
      }
      return Optional.of(
          new Answer(
              ValueTimes.sum(times.values()).counts(), "few values, counted by slice", trace()));
    }

    /** Different hashes are a proof of different keys; equal ones have to be looked at. */
    private Answer byHash(Dataset<Row> rows, Column hash, long atMost) {
      SortedKeys.Counted counted = SortedKeys.count(rows, hash, atMost);
      if (counted.counts().unique()) {
        return new Answer(counted.counts(), "all hashes of keys differ", trace());
      }
      if (!counted.all()) {
        return new Answer(GroupedKeys.count(rows, key), "grouped", trace());
      }
      KeyCounts candidates = GroupedKeys.countWithHash(rows, key, counted.repeated());
      KeyCounts others = KeyCounts.allDifferent(counted.counts().single());
      return new Answer(
          others.plus(candidates), "hashes of keys, and keys with equal hashes", trace());
    }

    private Answer unique(String step) {
      return new Answer(KeyCounts.allDifferent(allKeys), step, trace());
    }

    /** Every pass counts, also one that found nothing out. */
    private Trace trace() {
      long bytes =
          read.stream()
              .mapToLong(slice -> key.names().stream().mapToLong(slice.metadata()::bytes).sum())
              .sum();
      Read taken = meter == null ? new Read(0, 0) : meter.taken();
      return new Trace(
          0,
          slices.size() - read.size(),
          read.size(),
          taken.rows() > 0 ? taken.rows() : Math.max(0, rows(read)),
          taken.bytes() > 0 ? taken.bytes() : bytes,
          millis());
    }

    private long millis() {
      return (System.nanoTime() - start) / 1_000_000;
    }

    private long rows(List<Slice> some) {
      return some.stream().anyMatch(slice -> slice.rows() < 0)
          ? -1
          : some.stream().mapToLong(Slice::rows).sum();
    }

    /** Whether bounds alone say that none of these keys is in the slices. */
    private boolean apart(List<Slice> known, long[] sortedKeys) {
      if (key.exactNumber().isEmpty() || decimal()) {
        return false;
      }
      long lowest = sortedKeys[0];
      long highest = sortedKeys[sortedKeys.length - 1];
      return known.stream()
          .allMatch(
              slice ->
                  slice
                      .metadata()
                      .of(key.names().get(0))
                      .flatMap(ColumnMetadata::bounds)
                      .map(
                          bounds ->
                              bounds.lowest().longValueExact() > highest
                                  || bounds.highest().longValueExact() < lowest)
                      .orElse(false));
    }

    private boolean decimal() {
      return table.shape().typeOf(key.names().get(0)).startsWith("decimal");
    }

    private Answer remember(Answer answer) {
      evidence.keep(answer.counts());
      return answer;
    }

    private List<SliceId> ids(List<Slice> some) {
      return some.stream().map(Slice::id).toList();
    }
  }
}
