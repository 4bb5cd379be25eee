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
  /** As far as the text tells; what Spark makes of it, explain says. */
  private static final Pattern PLAIN_AGGREGATE =
      Pattern.compile(
          "(?is)\\s*select\\b(?!.*\\b(select|distinct|over|group|having|limit)\\b).*\\b(count|count_if|sum|avg|mean|min|max)\\s*\\(.*\\bfrom\\s+`?primary`?(\\s+where\\b.*)?[\\s;]*");

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
                  "the whole table is joined with the reference whenever either has changed",
                  "Rows of the reference that came or went may change the answer for old rows.",
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
              "the query joins whenever one of its tables has changed",
              "The answer of a join is kept for the very files that it read, not file by file.",
              "ReferentialIntegrity or a column that the job adds may say the same."));
    }
    if (rule.condition().isEmpty()) {
      return Optional.of(
          remark(
              rule,
              "the query runs over all rows whenever the table has changed",
              "Its answer is kept for the very files that it read, not file by file.",
              "SELECT count(*) FROM primary WHERE … = 0 is kept for files that did not change."));
    }
    return PLAIN_AGGREGATE.matcher(sql).matches()
        ? Optional.empty()
        : Optional.of(
            remark(
                rule,
                "the query reads the whole table whenever it has changed",
                "Only one number made of count, sum, avg, min and max over primary is kept file by file.",
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
