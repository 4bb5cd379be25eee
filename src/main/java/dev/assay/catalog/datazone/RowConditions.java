package dev.assay.catalog.datazone;

import dev.assay.model.job.RowExpression;
import java.util.List;
import software.amazon.awssdk.services.datazone.model.RowFilter;
import software.amazon.awssdk.services.datazone.model.RowFilterExpression;

/** Row expressions as DataZone takes them: a tree, its constants all as text. */
final class RowConditions {
  private RowConditions() {}

  static RowFilter of(RowExpression expression) {
    if (expression instanceof RowExpression.All it) {
      return RowFilter.fromAnd(parts(it.parts()));
    }
    if (expression instanceof RowExpression.Any it) {
      return RowFilter.fromOr(parts(it.parts()));
    }
    return RowFilter.fromExpression(single(expression));
  }

  private static List<RowFilter> parts(List<RowExpression> parts) {
    return parts.stream().map(RowConditions::of).toList();
  }

  private static RowFilterExpression single(RowExpression expression) {
    if (expression instanceof RowExpression.Comparison it) {
      return comparison(it);
    }
    if (expression instanceof RowExpression.Membership it) {
      return it.negated()
          ? RowFilterExpression.fromNotIn(n -> n.columnName(it.column()).values(it.constants()))
          : RowFilterExpression.fromIn(i -> i.columnName(it.column()).values(it.constants()));
    }
    if (expression instanceof RowExpression.Likeness it) {
      return it.negated()
          ? RowFilterExpression.fromNotLike(n -> n.columnName(it.column()).value(it.pattern()))
          : RowFilterExpression.fromLike(l -> l.columnName(it.column()).value(it.pattern()));
    }
    RowExpression.Absence it = (RowExpression.Absence) expression;
    return it.negated()
        ? RowFilterExpression.fromIsNotNull(n -> n.columnName(it.column()))
        : RowFilterExpression.fromIsNull(n -> n.columnName(it.column()));
  }

  private static RowFilterExpression comparison(RowExpression.Comparison it) {
    String column = it.column();
    String value = it.constant();
    return switch (it.operator()) {
      case EQUAL -> RowFilterExpression.fromEqualTo(c -> c.columnName(column).value(value));
      case NOT_EQUAL -> RowFilterExpression.fromNotEqualTo(c -> c.columnName(column).value(value));
      case LESS -> RowFilterExpression.fromLessThan(c -> c.columnName(column).value(value));
      case LESS_OR_EQUAL ->
          RowFilterExpression.fromLessThanOrEqualTo(c -> c.columnName(column).value(value));
      case GREATER -> RowFilterExpression.fromGreaterThan(c -> c.columnName(column).value(value));
      case GREATER_OR_EQUAL ->
          RowFilterExpression.fromGreaterThanOrEqualTo(c -> c.columnName(column).value(value));
    };
  }
}
