package dev.assay.rules.evaluate;

import dev.assay.model.UnansweredReason;
import dev.assay.rules.evidence.Collected;
import dev.assay.rules.evidence.SafeMessage;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.keys.KeyCounter;
import dev.assay.rules.evidence.keys.KeyCounts;
import dev.assay.rules.plan.Measure;
import dev.assay.rules.plan.Measured;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures of how often keys occur: those of the same key and rows share one count. */
final class KeyMeasures {
  private static final Logger LOG = LoggerFactory.getLogger(KeyMeasures.class);

  private record Key(List<String> columns, Optional<String> where) {}

  private final FactMeasures facts;
  private final Collected collected;
  private final KeyCounter counter;
  private final SlicedTable table;

  KeyMeasures(FactMeasures facts, Collected collected, KeyCounter counter, SlicedTable table) {
    this.table = table;
    this.facts = facts;
    this.collected = collected;
    this.counter = counter;
  }

  Map<Measure, Measured> take(List<Measure> measures) {
    Map<Key, List<Measure>> byKey = new LinkedHashMap<>();
    for (Measure measure : measures) {
      Key key =
          new Key(FactMeasures.keyColumns(measure).orElseThrow(), FactMeasures.keyWhere(measure));
      byKey.computeIfAbsent(key, ignored -> new java.util.ArrayList<>()).add(measure);
    }
    Map<Measure, Measured> taken = new HashMap<>();
    byKey.forEach((key, same) -> same.forEach(measure -> taken.put(measure, none(measure))));
    byKey.forEach(
        (key, same) -> {
          if (taken.get(same.get(0)) instanceof Measured.Value) {
            taken.putAll(numbers(key, same));
          }
        });
    return taken;
  }

  /** Why nothing can be counted; a value of no meaning if something can. */
  private Measured none(Measure measure) {
    Collected.Answer present = collected.of(facts.facts(measure).get(0));
    if (present.error().isPresent()) {
      return new Measured.None(UnansweredReason.ERROR, present.error().get());
    }
    boolean countable =
        measure instanceof Measure.DistinctCount || measure instanceof Measure.DuplicateRows;
    if (present.merged()[0] == 0 && !countable) {
      return new Measured.None(
          UnansweredReason.NO_ROWS, "There are no rows with a value to measure.");
    }
    return new Measured.Value(0);
  }

  /** Whether it is enough to know how many keys occur once. */
  static boolean onlyUnique(Measure measure) {
    return measure instanceof Measure.Uniqueness || measure instanceof Measure.DuplicateRows;
  }

  private Map<Measure, Measured> numbers(Key key, List<Measure> measures) {
    boolean onlyUnique = measures.stream().allMatch(KeyMeasures::onlyUnique);
    long present = collected.of(facts.facts(measures.get(0)).get(0)).merged()[0];
    Map<Measure, Measured> numbers = new HashMap<>();
    try {
      KeyCounter.Answer answer = counter.count(key.columns(), key.where(), onlyUnique, present);
      if (answer.counts().rows() != present) {
        throw new IllegalStateException(
            "%d keys were counted where %d rows have one"
                .formatted(answer.counts().rows(), present));
      }
      measures.forEach(
          measure -> numbers.put(measure, number(measure, answer.counts()).by(answer.trace())));
    } catch (Exception e) {
      // Scala throws Spark's checked exceptions without declaring them
      table
          .refusal(e)
          .ifPresent(
              refusal -> {
                throw refusal;
              });
      LOG.warn("Counting keys failed with {}", e.getClass().getName(), e);
      measures.forEach(
          measure ->
              numbers.put(measure, new Measured.None(UnansweredReason.ERROR, SafeMessage.of(e))));
    }
    return numbers;
  }

  private static Measured.Value number(Measure measure, KeyCounts counts) {
    if (measure instanceof Measure.Uniqueness) {
      return Measured.Value.share(counts.single(), counts.rows());
    }
    if (measure instanceof Measure.UniqueValueRatio) {
      return Measured.Value.share(counts.single(), counts.distinct());
    }
    if (measure instanceof Measure.DuplicateRows) {
      return Measured.Value.count(counts.rows() - counts.single());
    }
    if (measure instanceof Measure.DistinctCount) {
      return Measured.Value.count(counts.distinct());
    }
    // -Σ (c/n)·ln(c/n) = ln n - (Σ c·ln c)/n
    return new Measured.Value(
        Math.max(0, Math.log(counts.rows()) - counts.weightedLogs() / counts.rows()));
  }
}
