package dev.assay.rules.lint;

import dev.assay.rules.parse.Condition;
import dev.assay.rules.parse.Operand;
import dev.assay.rules.parse.Rule;
import dev.assay.rules.parse.RuleExpression;
import dev.assay.rules.parse.RuleType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A rule without what does not matter: white space, case of columns, order where there is none. */
final class Signature {
  private static final Pattern QUOTED_OR_NOT =
      Pattern.compile("'(?:[^']|'')*'|`[^`]*`|\"[^\"]*\"|[^'`\"]+|.", Pattern.DOTALL);

  private Signature() {}

  static String of(RuleExpression expression) {
    if (expression instanceof RuleExpression.Joined joined) {
      return parts(joined, joined.both()).stream()
          .sorted()
          .distinct()
          .collect(Collectors.joining(joined.both() ? " and " : " or ", "(", ")"));
    }
    return of(((RuleExpression.Single) expression).rule());
  }

  static String of(Rule rule) {
    return "%s %s %s %s"
        .formatted(
            subject(rule.type(), rule.parameters(), rule.where()),
            rule.condition().map(Signature::of).orElse(""),
            rule.threshold().map(Signature::of).orElse(""),
            rule.tags().isEmpty() ? "" : new TreeMap<>(rule.tags()));
  }

  /** A rule type and what it is put to. */
  static String subject(String type, List<String> parameters, Optional<String> where) {
    return "%s %s where %s"
        .formatted(type, parameters(type, parameters), where.map(Signature::sql).orElse(""));
  }

  private static List<String> parameters(String type, List<String> parameters) {
    return switch (RuleType.valueOf(type)) {
      case CustomSql, AggregateMatch -> parameters.stream().map(Signature::sql).toList();
      case ColumnNamesMatchPattern, FileFreshness, FileMatch, FileSize, FileUniqueness ->
          parameters;
      case IsUnique, IsPrimaryKey, Uniqueness, DuplicateRowCount, ColumnCorrelation ->
          parameters.stream().map(Signature::folded).sorted().toList();
      default -> parameters.stream().map(Signature::folded).toList();
    };
  }

  private static String folded(String column) {
    return column.strip().toLowerCase(Locale.ROOT);
  }

  private static List<String> parts(RuleExpression expression, boolean both) {
    if (expression instanceof RuleExpression.Joined joined && joined.both() == both) {
      List<String> parts = new ArrayList<>(parts(joined.left(), both));
      parts.addAll(parts(joined.right(), both));
      return parts;
    }
    return List.of(of(expression));
  }

  private static String of(Condition condition) {
    if (condition instanceof Condition.In in) {
      return in.operands().stream()
          .map(Signature::of)
          .sorted()
          .distinct()
          .collect(Collectors.joining(", ", in.negated() ? "not in [" : "in [", "]"));
    }
    if (condition instanceof Condition.Between between) {
      return "%s %s and %s"
          .formatted(
              between.negated() ? "not between" : "between", of(between.low()), of(between.high()));
    }
    if (condition instanceof Condition.Matches matches) {
      return "%s %s".formatted(matches.negated() ? "not matches" : "matches", matches.regex());
    }
    Condition.Compare compare = (Condition.Compare) condition;
    return compare.operator().sql() + " " + of(compare.operand());
  }

  private static String of(Operand operand) {
    if (operand instanceof Operand.Number number) {
      return number.value().stripTrailingZeros().toPlainString();
    }
    if (operand instanceof Operand.Size size) {
      return size.bytes().stripTrailingZeros().toPlainString() + " B";
    }
    if (operand instanceof Operand.Length length) {
      return length.value().toString();
    }
    if (operand instanceof Operand.Text text) {
      return '"' + text.value() + '"';
    }
    return operand.text().replaceAll("\\s", "").toLowerCase(Locale.ROOT);
  }

  /** SQL with white space and case folded outside quotes. */
  private static String sql(String sql) {
    StringBuilder folded = new StringBuilder();
    Matcher pieces = QUOTED_OR_NOT.matcher(sql.strip().replaceFirst(";\\s*$", ""));
    while (pieces.find()) {
      String piece = pieces.group();
      boolean quoted = piece.length() > 1 && "'`\"".indexOf(piece.charAt(0)) >= 0;
      folded.append(quoted ? piece : piece.replaceAll("\\s+", " ").toLowerCase(Locale.ROOT));
    }
    return folded.toString();
  }
}
