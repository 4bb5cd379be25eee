package dev.assay.rules.evaluate;

import dev.assay.rules.evaluate.GeneratedTable.Column;
import dev.assay.rules.evaluate.RuleDraw.Where;
import java.util.List;

/** Rules about one number of a numeric column. */
final class MomentRules {
  static final List<String> TYPES =
      List.of(
          "Mean",
          "Sum",
          "StandardDeviation",
          "Variance",
          "Skewness",
          "Kurtosis",
          "Minimum",
          "Maximum",
          "Range");

  private final RuleDraw draw;

  MomentRules(RuleDraw draw) {
    this.draw = draw;
  }

  WrittenRule write(String type) {
    Column column = draw.numeric();
    Where where = draw.where();
    NumberCondition condition =
        type.equals("Skewness") || type.equals("Kurtosis")
            ? draw.number("-1.2", "0", "0.5", "3")
            : draw.number("0", "1", "5.5", "-3", "100", "20000", "1000000");
    String value = "IF(%s, CAST(%s AS DOUBLE), NULL)".formatted(where.sql(), column.sql());
    String number =
        switch (type) {
          case "Mean" -> "avg(%s)";
          case "Sum" -> "sum(%s)";
          case "StandardDeviation" -> "stddev_pop(%s)";
          case "Variance" -> "var_pop(%s)";
          case "Skewness" -> "skewness(%s)";
          case "Kurtosis" -> "kurtosis(%s)";
          case "Minimum" -> "min(%s)";
          case "Maximum" -> "max(%s)";
          default -> "max(%1$s) - min(%1$s)";
        };
    // as far as numbers of this size let a difference be seen
    String scale =
        switch (type) {
          case "Sum" -> "sum(abs(%s))";
          case "Variance" -> "avg(%1$s * %1$s)";
          case "Skewness", "Kurtosis" -> "1D";
          case "Minimum", "Maximum", "Range" -> "0D";
          default -> "avg(abs(%s))";
        };
    return WrittenRule.of(
            "%s %s %s%s".formatted(type, column.dqdl(), condition.text(), where.text()),
            type,
            List.of(column),
            List.of("count(%s)".formatted(value), number.formatted(value), scale.formatted(value)),
            found -> {
              if (found.get(0) == 0) {
                return Opinion.UNANSWERED;
              }
              // of values without a spread Spark knows no form, and Deequ says 0
              double measured = found.get(1) == null ? 0 : found.get(1);
              return Opinion.number(condition.meets(measured), measured);
            })
        .scaled(2);
  }
}
