package dev.assay.rules.evaluate;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Metric;
import dev.assay.model.RuleOutcome;
import dev.assay.rules.evidence.Slice;
import dev.assay.rules.evidence.SliceId;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.TableShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what evidence says with what reading the rows says. */
public final class Verification {
  /** One slice of so many is in a sample, rounded up. */
  public static final int SAMPLED_ONE_OF = 10;

  private Verification() {}

  /**
   * A tenth of the slices, at least one if there is any. The same snapshot gives the same sample;
   * another snapshot another one, in which each slice has the same chance, so that every slice that
   * stays is looked at sooner or later.
   *
   * @return in the order given
   */
  public static List<Slice> sample(List<Slice> slices, long snapshot) {
    int size = (slices.size() + SAMPLED_ONE_OF - 1) / SAMPLED_ONE_OF;
    Set<SliceId> chosen = new HashSet<>();
    slices.stream()
        .map(Slice::id)
        .sorted(Comparator.comparing(id -> lot(id, snapshot)))
        .limit(size)
        .forEach(chosen::add);
    return slices.stream().filter(slice -> chosen.contains(slice.id())).toList();
  }

  private static SliceId lot(SliceId slice, long snapshot) {
    return SliceId.of(
        "sample",
        Long.toString(snapshot),
        Long.toHexString(slice.high()),
        Long.toHexString(slice.low()));
  }

  /**
   * The rules to read rows for: the same, and how large the numbers are that were added up.
   *
   * @param shape of the table that both are put to
   */
  public static Ruleset toBeRead(Ruleset rules, Evaluation byEvidence, TableShape shape) {
    List<Rule> analyzers = new ArrayList<>(rules.analyzers());
    analyzers.addAll(new Tolerances(shape).sizes(byEvidence.metrics()));
    return new Ruleset(rules.file(), rules.entries(), analyzers, rules.fingerprint());
  }

  /**
   * Requires the same verdicts, numbers of rows, and numbers behind them, as far as the order of
   * adding up does not show.
   *
   * @param byReading of the rules {@link #toBeRead}
   * @throws AssayException naming the rules and numbers that differ
   */
  public static void require(Evaluation byEvidence, Evaluation byReading, TableShape shape) {
    List<String> different = new ArrayList<>();
    for (int rule = 0; rule < byEvidence.outcomes().size(); rule++) {
      RuleOutcome one = byEvidence.outcomes().get(rule);
      RuleOutcome other = byReading.outcomes().get(rule);
      if (one.verdict() != other.verdict() || !one.failingRows().equals(other.failingRows())) {
        different.add(
            "%s: %s by %s, %s by reading"
                .formatted(
                    one.rule(), one.verdict(), one.cost().trace().source(), other.verdict()));
      }
    }
    different.addAll(numbers(byEvidence.metrics(), byReading.metrics(), new Tolerances(shape)));
    if (!different.isEmpty()) {
      throw new AssayException(
          ExitKind.OUR_FAULT,
          "Evidence and rows disagree, which must never be: %s. Please report it; until then delete the rows of this table from assay.evidence."
              .formatted(String.join("; ", different)));
    }
  }

  private static List<String> numbers(
      List<Metric> byEvidence, List<Metric> byReading, Tolerances tolerances) {
    Map<String, Double> read = new HashMap<>();
    byReading.forEach(metric -> read.put(metric.id(), metric.value()));
    List<String> different = new ArrayList<>();
    for (Metric metric : byEvidence) {
      Double other = read.get(metric.id());
      if (other != null && !tolerances.same(metric, other, read)) {
        different.add(
            "%s of %s: %s by evidence, %s by reading"
                .formatted(
                    metric.name(),
                    metric.columns().isEmpty() ? "the table" : metric.columns(),
                    metric.value(),
                    other));
      }
    }
    return different;
  }
}
