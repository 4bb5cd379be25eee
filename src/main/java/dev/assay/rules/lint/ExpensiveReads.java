package dev.assay.rules.lint;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleType;
import dev.assay.rules.parse.Ruleset;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Rules that read rows although, put otherwise, metadata or a part of the rows would do. */
final class ExpensiveReads implements Check {
  private static final Pattern PLAIN_COUNT =
      Pattern.compile(
          "(?is)\\s*select\\s+count\\(\\s*(\\*|1)\\s*\\)\\s+from\\s+`?primary`?(\\s+where\\b(?!.*\\bselect\\b).*)?[\\s;]*");
  private static final Pattern JOIN = Pattern.compile("(?is).*\\bjoin\\b.*");

  @Override
  public List<Remark> remarks(Ruleset ruleset) {
    return ruleset.entries().stream()
        .flatMap(entry -> entry.expression().rules().stream())
        .flatMap(rule -> remark(rule).stream())
        .toList();
  }

  private static Optional<Remark> remark(Rule rule) {
    return switch (RuleType.valueOf(rule.type())) {
      case CustomSql -> customSql(rule);
      case ReferentialIntegrity, DatasetMatch ->
          Optional.of(
              remark(
                  rule,
                  "the whole table is joined with the reference at every scoring",
                  "A reference that changes may change the answer for old rows.",
                  "Keep references small; a rule on the reference itself is cheaper where it says the same."));
      case FileMatch ->
          Optional.of(
              remark(
                  rule,
                  "whole files are read at every scoring",
                  "A file system knows no checksum that is good for comparing files.",
                  "recentFiles and uriRegex narrow which files are read."));
      case RowCount, IsComplete, Completeness -> narrowed(rule);
      case ColumnValues ->
          rule.condition().filter(ExpensiveReads::isRange).flatMap(range -> narrowed(rule));
      default -> Optional.empty();
    };
  }

  private static Optional<Remark> customSql(Rule rule) {
    String sql = rule.parameters().get(0);
    if (JOIN.matcher(sql).matches()) {
      return Optional.of(
          remark(
              rule,
              "the query joins at every scoring",
              "Nothing is kept of the answer of a join.",
              "ReferentialIntegrity or a column that the job adds may say the same."));
    }
    if (rule.condition().isEmpty()) {
      return Optional.of(
          remark(
              rule,
              "the query returns every good row at every scoring",
              "Rows are counted one by one, old ones too.",
              "SELECT count(*) FROM primary WHERE … = 0 is kept for files that did not change."));
    }
    return PLAIN_COUNT.matcher(sql).matches()
        ? Optional.empty()
        : Optional.of(
            remark(
                rule,
                "the query reads the whole table at every scoring",
                "Only SELECT count(*) FROM primary WHERE … is kept for files that did not change.",
                "Put it in that form if you can."));
  }

  private static Optional<Remark> narrowed(Rule rule) {
    return rule.where()
        .map(
            where ->
                remark(
                    rule,
                    "where keeps metadata from answering",
                    "Files know their rows, NULLs and bounds, but not for a part of their rows.",
                    "Without where no row would be read; keep it if the rule needs it."));
  }

  private static boolean isRange(Condition condition) {
    boolean between = condition instanceof Condition.Between found && !found.negated();
    boolean compared =
        condition instanceof Condition.Compare found
            && found.operator() != Condition.Operator.NOT_EQUAL;
    return (between || compared)
        && condition.operands().stream().noneMatch(operand -> operand instanceof Operand.Keyword);
  }

  private static Remark remark(Rule rule, String what, String why, String remedy) {
    return new Remark(Remark.Kind.EXPENSIVE, rule.position(), rule.text(), what, why, remedy);
  }
}
