package dev.assay.rules.evaluate;

import dev.assay.model.RuleOutcome.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A rule and the SQL that an engineer would write for it.
 *
 * @param columns the columns it speaks of
 * @param sql aggregates over the view {@code t}, or queries in parentheses
 * @param answer what follows from their results, of which NULL is null
 * @param parts of a composite
 * @param scale for sums: how large a number may get on the way
 */
record WrittenRule(
    String text,
    String type,
    List<GeneratedTable.Column> columns,
    List<WrittenRule> parts,
    List<String> sql,
    Function<List<Double>, Opinion> answer,
    Function<List<Double>, Double> scale) {

  static WrittenRule of(
      String text,
      String type,
      List<GeneratedTable.Column> columns,
      List<String> sql,
      Function<List<Double>, Opinion> answer) {
    return new WrittenRule(text, type, columns, List.of(), sql, answer, results -> 0.0);
  }

  WrittenRule scaled(int index) {
    return new WrittenRule(
        text,
        type,
        columns,
        parts,
        sql,
        answer,
        results -> results.get(index) == null ? 0.0 : results.get(index));
  }

  /** With numbers that are as good as zero when they are small beside this one. */
  WrittenRule scaledBy(double number) {
    return new WrittenRule(text, type, columns, parts, sql, answer, results -> number);
  }

  /** A composite of two: a failed part decides an "and", a passed one an "or". */
  static WrittenRule joined(WrittenRule left, WrittenRule right, boolean both) {
    List<String> sql = new ArrayList<>(left.sql);
    sql.addAll(right.sql);
    List<GeneratedTable.Column> columns = new ArrayList<>(left.columns);
    columns.addAll(right.columns);
    int middle = left.sql.size();
    return new WrittenRule(
        "(%s) %s (%s)".formatted(left.text, both ? "and" : "or", right.text),
        "Composite",
        columns,
        List.of(left, right),
        sql,
        results ->
            new Opinion(
                joined(
                    left.answer.apply(results.subList(0, middle)).verdict(),
                    right.answer.apply(results.subList(middle, results.size())).verdict(),
                    both),
                Optional.empty(),
                Optional.empty()),
        results -> 0.0);
  }

  private static Verdict joined(Verdict one, Verdict other, boolean both) {
    Verdict decisive = both ? Verdict.FAILED : Verdict.PASSED;
    if (one == decisive || other == decisive) {
      return decisive;
    }
    return one == Verdict.UNANSWERED ? one : other;
  }

  /** What a composite comes to when its two parts come to this. */
  Verdict joined(Verdict one, Verdict other) {
    return joined(one, other, text.startsWith(") and (", parts.get(0).text.length() + 1));
  }
}
