package dev.assay.rules.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * SQL that comes to the same whenever it reads the same rows. Only that may be kept as evidence, so
 * what is not known to be steady is not: chance, the present, functions that users wrote, tables
 * nobody announced, and what depends on the order in which rows happen to be read.
 */
public final class SteadySql {
  /** Spark turns these words into a date when it reads them. */
  private static final Pattern WORDS_FOR_NOW =
      Pattern.compile("(?i)['\"]\\s*(now|today|yesterday|tomorrow)\\b");

  private static final Set<Class<? extends LogicalPlan>> STEADY_STEPS =
      Set.of(
          Project.class,
          Filter.class,
          Aggregate.class,
          Join.class,
          SubqueryAlias.class,
          Union.class,
          Intersect.class,
          Except.class,
          Distinct.class,
          Sort.class,
          CTERelationDef.class,
          OneRowRelation.class,
          LocalRelation.class);

  /** Aggregates whose result does not depend on the order of rows, beside rounding. */
  private static final Set<String> STEADY_AGGREGATES =
      Set.of(
          "Count",
          "CountIf",
          "Sum",
          "Average",
          "Min",
          "Max",
          "BoolAnd",
          "BoolOr",
          "StddevSamp",
          "StddevPop",
          "VarianceSamp",
          "VariancePop",
          "CovSample",
          "CovPopulation",
          "Corr",
          "Skewness",
          "Kurtosis",
          "Percentile",
          "Median",
          "BitAndAgg",
          "BitOrAgg",
          "BitXorAgg",
          "HyperLogLogPlusPlus");

  private final Set<String> allowed;
  private final Set<String> read = new TreeSet<>();
  private final Map<Long, CTERelationDef> named = new HashMap<>();
  private boolean steady = true;

  private SteadySql(Set<String> allowed) {
    this.allowed = allowed;
  }

  /**
   * The views that a query reads.
   *
   * @param analysed its plan
   * @param allowed names of views whose rows are known
   * @return those of them that it reads; empty if the query is not steady or reads anything else
   */
  public static Optional<Set<String>> views(String sql, LogicalPlan analysed, Set<String> allowed) {
    SteadySql search = new SteadySql(allowed);
    search.visit(analysed);
    return search.steady && !WORDS_FOR_NOW.matcher(sql).find()
        ? Optional.of(search.read)
        : Optional.empty();
  }

  /** Whether an expression over the columns of one row is steady. */
  static boolean steady(String sql, Expression analysed) {
    SteadySql search = new SteadySql(Set.of());
    search.visit(analysed);
    return search.steady && !WORDS_FOR_NOW.matcher(sql).find();
  }

  private void visit(LogicalPlan plan) {
    if (plan instanceof SubqueryAlias alias && allowed.contains(alias.alias())) {
      read.add(alias.alias());
      return;
    }
    if (plan instanceof WithCTE with) {
      list(with.cteDefs()).forEach(definition -> named.put(definition.id(), definition));
      // definitions are read where they are used, if at all
      visit(with.plan());
      return;
    }
    if (plan instanceof CTERelationRef reference) {
      CTERelationDef definition = named.get(reference.cteId());
      if (definition == null) {
        steady = false;
      } else {
        visit(definition);
      }
      return;
    }
    steady &= STEADY_STEPS.contains(plan.getClass()) || plan instanceof OneRowRelation;
    list(plan.expressions()).forEach(this::visit);
    list(plan.children()).forEach(this::visit);
  }

  private void visit(Expression expression) {
    steady &= expression.deterministic() && !unsteady(expression);
    if (expression instanceof RuntimeReplaceable replaceable) {
      steady &= replaceable.replacement().deterministic();
    }
    if (expression instanceof SubqueryExpression subquery) {
      visit(subquery.plan());
    }
    list(expression.children()).forEach(this::visit);
  }

  private static boolean unsteady(Expression expression) {
    String name = expression.getClass().getSimpleName();
    return expression instanceof UserDefinedExpression
        || name.startsWith("Current")
        || name.matches("Now|LocalTimestamp|ApplyFunctionExpression|V2Aggregator|Invoke")
        || (expression instanceof AggregateFunction && !STEADY_AGGREGATES.contains(name))
        || (expression instanceof StaticInvoke call
            && !call.staticObject().getName().startsWith("org.apache.spark."));
  }

  private static <T> List<T> list(Seq<T> elements) {
    return JavaConverters.seqAsJavaList(elements);
  }
}
