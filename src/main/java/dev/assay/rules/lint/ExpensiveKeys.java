package dev.assay.rules.lint;

import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleType;
import dev.assay.rules.parse.Ruleset;
import dev.assay.rules.plan.TableShape;
import java.util.List;
import java.util.Optional;

/** Rules about how often values occur, of which new files alone say little. */
final class ExpensiveKeys implements Check {
  private final Optional<TableShape> table;

  ExpensiveKeys(Optional<TableShape> table) {
    this.table = table;
  }

  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    return ruleset.entries().stream()
        .flatMap(entry -> entry.expression().rules().stream())
        .flatMap(rule -> remark(rule).stream())
        .toList();
  }

  private Optional<Remark> remark(Rule rule) {
    return switch (RuleType.valueOf(rule.type())) {
      case IsUnique, IsPrimaryKey, Uniqueness -> unique(rule);
      case UniqueValueRatio, DistinctValuesCount, Entropy, DuplicateRowCount ->
          Optional.of(
              remark(
                  rule,
                  "all values may be counted again whenever the table has changed",
                  "Only of columns with few values is kept how often each occurs in each file.",
                  "Keep it if it is worth a pass over these columns; a rule about single rows costs less."));
      default -> Optional.empty();
    };
  }

  private Optional<Remark> unique(Rule rule) {
    if (rule.parameters().size() > 1) {
      return Optional.of(compared(rule, "Several columns have no order that bounds could use."));
    }
    boolean text =
        table
            .flatMap(shape -> shape.find(rule.parameters().get(0)).map(shape::kindOf))
            .filter(kind -> kind == TableShape.Kind.TEXT)
            .isPresent();
    return text
        ? Optional.of(compared(rule, "Texts have no order that bounds could use."))
        : Optional.empty();
  }

  private static Remark compared(Rule rule, String why) {
    return remark(
        rule,
        "new keys are looked for among all keys of the table",
        why,
        "A single key of whole numbers, dates or timestamps that grows is checked by its bounds.");
  }

  private static Remark remark(Rule rule, String what, String why, String remedy) {
    return new Remark(Remark.Kind.EXPENSIVE, rule.position(), rule.text(), what, why, remedy);
  }
}
