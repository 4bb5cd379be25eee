package dev.assay.rules.evaluate;

import dev.assay.rules.evaluate.GeneratedTable.Column;
import dev.assay.rules.evaluate.RuleDraw.Where;
import java.util.List;
import java.util.function.DoublePredicate;

/** {@code DetectAnomalies}, with the strategies whose bounds a few lines give. */
final class AnomalyRules {
  private final RuleDraw draw;

  AnomalyRules(RuleDraw draw) {
    this.draw = draw;
  }

  WrittenRule write() {
    EarlierRuns history = draw.history();
    String strategy = draw.one(List.of("relative_change", "absolute_change", "batch_normal"));
    int needed = strategy.equals("relative_change") ? 1 : 7;
    DoublePredicate anomalous =
        switch (strategy) {
          case "relative_change" -> history::changedBeyondFactors;
          case "absolute_change" -> history::changedBeyondChanges;
          default -> history::farFromTheMean;
        };
    Column column = draw.numeric();
    Where where = draw.where();
    String value = "IF(%s, CAST(%s AS DOUBLE), NULL)".formatted(where.sql(), column.sql());
    String[] metric =
        switch (draw.upTo(3)) {
          case 0 -> new String[] {"\"RowCount\"", RuleDraw.count(where)};
          case 1 -> new String[] {"\"Sum\" " + column.dqdl(), "sum(%s)".formatted(value)};
          default -> new String[] {"\"Maximum\" " + column.dqdl(), "max(%s)".formatted(value)};
        };
    return WrittenRule.of(
            "DetectAnomalies %s%s labels=[\"strategy\"=\"%s\"]"
                .formatted(metric[0], where.text(), strategy),
            "DetectAnomalies",
            metric[0].equals("\"RowCount\"") ? List.of() : List.of(column),
            List.of(metric[1], "sum(abs(%s))".formatted(value)),
            found -> {
              if (found.get(0) == null || history.count() < needed) {
                return Opinion.UNANSWERED;
              }
              double measured = found.get(0);
              return Opinion.number(
                  Double.isFinite(measured) && !anomalous.test(measured), measured);
            })
        .scaled(1);
  }
}
