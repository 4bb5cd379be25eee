package dev.assay.rules.evidence;

import dev.assay.rules.evidence.SqlAnalysis.Analysed;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads slices for facts, and where that fails, finds out by halving which fact it is that cannot
 * be computed: the others get their values.
 */
final class CarefulScan {
  private static final Logger LOG = LoggerFactory.getLogger(CarefulScan.class);

  /**
   * What was found.
   *
   * @param values of a fact, by slice
   * @param errors of facts that cannot be computed
   * @param again the slices that were read once more for a fact, as often as they were
   */
  record Found(
      Map<Fact, Map<SliceId, long[]>> values,
      Map<Fact, String> errors,
      Map<Fact, List<Slice>> again) {}

  private final SlicedTable table;
  private final Map<String, Analysed> analysed;

  CarefulScan(SlicedTable table, Map<String, Analysed> analysed) {
    this.table = table;
    this.analysed = analysed;
  }

  Found take(List<Slice> slices, List<Fact> facts) {
    Found found = new Found(new LinkedHashMap<>(), new HashMap<>(), new HashMap<>());
    take(slices, facts, found);
    return found;
  }

  private void take(List<Slice> slices, List<Fact> facts, Found found) {
    try {
      scan(slices, facts, found);
    } catch (Exception e) {
      // Scala throws Spark's checked exceptions without declaring them
      table
          .refusal(e)
          .ifPresent(
              refusal -> {
                throw refusal;
              });
      List<Fact> plain = facts.stream().filter(fact -> fact.sql().isEmpty()).toList();
      if (facts.size() == 1 || (plain.size() == facts.size() && !readable(slices))) {
        LOG.warn("A fact could not be computed: {}", e.getClass().getName(), e);
        facts.forEach(fact -> found.errors().put(fact, SafeMessage.of(e)));
      } else if (plain.isEmpty() || plain.size() == facts.size()) {
        halves(slices, facts, found);
      } else {
        take(slices, plain, found);
        take(slices, facts.stream().filter(fact -> fact.sql().isPresent()).toList(), found);
      }
    }
  }

  private void halves(List<Slice> slices, List<Fact> facts, Found found) {
    take(slices, facts.subList(0, facts.size() / 2), found);
    take(slices, facts.subList(facts.size() / 2, facts.size()), found);
  }

  /** Whether it is a fact that fails, and not the files: asking for each one would take long. */
  private boolean readable(List<Slice> slices) {
    try {
      new SliceScan(table).take(slices, List.of(new Fact.Rows()), Map.of());
      return true;
    } catch (Exception e) {
      // as above
      return false;
    }
  }

  private void scan(List<Slice> slices, List<Fact> facts, Found found) {
    Map<Fact, String> columns = new HashMap<>();
    for (Fact fact : facts) {
      SqlAnalysis.columns(fact, analysed).stream()
          .findFirst()
          .ifPresent(column -> columns.put(fact, column));
    }
    SliceScan.Taken taken = new SliceScan(table).take(slices, facts, columns);
    found.again().putAll(taken.again());
    taken
        .values()
        .forEach(
            (slice, values) -> {
              for (int fact = 0; fact < facts.size(); fact++) {
                found
                    .values()
                    .computeIfAbsent(facts.get(fact), key -> new HashMap<>())
                    .put(slice, values.get(fact));
              }
            });
  }
}
