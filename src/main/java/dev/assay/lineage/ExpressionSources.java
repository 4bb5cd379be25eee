package dev.assay.lineage;

import dev.assay.model.lineage.ColumnSource;
import dev.assay.model.lineage.Relation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.OuterReference;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.MaxMinBy;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.JavaConverters;

/** Which columns an expression is made of, and how. */
final class ExpressionSources {
  private final Function<Attribute, Set<ColumnSource>> attributes;
  private final Function<LogicalPlan, Set<ColumnSource>> subqueries;

  /**
   * @param attributes what a column of the rows that the expression reads is made of
   * @param subqueries what the first column of a subquery is made of
   */
  ExpressionSources(
      Function<Attribute, Set<ColumnSource>> attributes,
      Function<LogicalPlan, Set<ColumnSource>> subqueries) {
    this.attributes = attributes;
    this.subqueries = subqueries;
  }

  /** Of the expression's value. */
  Set<ColumnSource> of(Expression expression) {
    if (expression instanceof Attribute attribute) {
      return attributes.apply(attribute);
    }
    if (expression instanceof OuterReference outer) {
      return of((Expression) outer.e());
    }
    if (expression instanceof Alias alias) {
      return of(alias.child());
    }
    Set<ColumnSource> sources = new TreeSet<>();
    if (expression instanceof AggregateExpression aggregate) {
      if (aggregate.aggregateFunction() instanceof MaxMinBy by) {
        add(sources, List.of(by.valueExpr()), Relation.AGGREGATION);
        sources.addAll(deciding(by.orderingExpr(), Relation.SORT));
      } else {
        add(sources, List.of(aggregate.aggregateFunction()), Relation.AGGREGATION);
      }
      if (aggregate.filter().isDefined()) {
        sources.addAll(deciding(aggregate.filter().get(), Relation.FILTER));
      }
    } else if (expression instanceof WindowExpression window) {
      add(sources, List.of(window.windowFunction()), Relation.TRANSFORMATION);
      sources.addAll(deciding(window.windowSpec(), Relation.WINDOW));
    } else if (expression instanceof If either) {
      sources.addAll(deciding(either.predicate(), Relation.CONDITIONAL));
      add(sources, List.of(either.trueValue(), either.falseValue()), Relation.TRANSFORMATION);
    } else if (expression instanceof CaseWhen cases) {
      JavaConverters.seqAsJavaList(cases.branches())
          .forEach(
              branch -> {
                sources.addAll(deciding(branch._1(), Relation.CONDITIONAL));
                add(sources, List.of(branch._2()), Relation.TRANSFORMATION);
              });
      if (cases.elseValue().isDefined()) {
        add(sources, List.of(cases.elseValue().get()), Relation.TRANSFORMATION);
      }
    } else {
      if (expression instanceof SubqueryExpression query) {
        subqueries
            .apply(query.plan())
            .forEach(source -> sources.add(source.then(Relation.TRANSFORMATION)));
      }
      add(sources, children(expression), Relation.TRANSFORMATION);
    }
    return sources;
  }

  /** Of something that only decides: every column in it, with this relation. */
  Set<ColumnSource> deciding(Expression expression, Relation relation) {
    Set<ColumnSource> sources = new TreeSet<>();
    of(expression).forEach(source -> sources.add(source.as(relation)));
    return sources;
  }

  private void add(Set<ColumnSource> sources, List<Expression> parts, Relation relation) {
    parts.forEach(part -> of(part).forEach(source -> sources.add(source.then(relation))));
  }

  private static List<Expression> children(Expression expression) {
    return expression instanceof UnresolvedAttribute
        ? List.of()
        : JavaConverters.seqAsJavaList(expression.children());
  }
}
