package dev.assay.rules.evaluate;

import dev.assay.model.Trace;
import dev.assay.model.UnansweredReason;
import dev.assay.rules.evidence.Collected;
import dev.assay.rules.evidence.Fact;
import dev.assay.rules.evidence.SlicedTable;
import dev.assay.rules.evidence.SteadySql;
import dev.assay.rules.plan.Measured;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Custom SQL of the form {@code select … from primary where …} that selects one number made of
 * counts, sums, averages, minima and maxima, such as {@code sum(a) / count(*)}. Its aggregates are
 * facts like any others: they share their pass, and are merged and stored. What is around them is
 * Spark's to compute, from their results.
 */
final class PlainAggregate {
  private final SparkSession spark;
  private final Expression selected;
  private final Map<UnresolvedFunction, AggregateCall> calls;

  private PlainAggregate(
      SparkSession spark, Expression selected, Map<UnresolvedFunction, AggregateCall> calls) {
    this.spark = spark;
    this.selected = selected;
    this.calls = calls;
  }

  /** Empty if the query is of another form, or wrong: it will say itself what is. */
  static Optional<PlainAggregate> of(String sql, SlicedTable table) {
    try {
      return parsed(sql, table);
    } catch (Exception e) {
      // Scala throws Spark's checked exceptions without declaring them
      return Optional.empty();
    }
  }

  private static Optional<PlainAggregate> parsed(String sql, SlicedTable table)
      throws ParseException {
    Dataset<Row> rows = table.schema();
    SparkSession spark = rows.sparkSession();
    LogicalPlan plan = spark.sessionState().sqlParser().parsePlan(sql);
    // before analysis a SELECT without GROUP BY is a projection, whatever it selects
    if (!(plan instanceof Project project) || project.projectList().size() != 1) {
      return Optional.empty();
    }
    Optional<String> where = Optional.empty();
    LogicalPlan from = project.child();
    if (from instanceof Filter filter) {
      where = SqlText.of(filter.condition(), spark);
      from = filter.child();
      if (where.isEmpty()) {
        return Optional.empty();
      }
    }
    if (!isPrimary(from)) {
      return Optional.empty();
    }
    Expression selected = ((Expression) project.projectList().head()).children().head();
    Map<UnresolvedFunction, AggregateCall> calls = new IdentityHashMap<>();
    Dataset<Row> chosen = where.map(rows::where).orElse(rows);
    if (!find(selected, where, table, chosen, calls) || calls.isEmpty()) {
      return Optional.empty();
    }
    PlainAggregate found = new PlainAggregate(spark, selected, calls);
    return found.sound() ? Optional.of(found) : Optional.empty();
  }

  private static boolean isPrimary(LogicalPlan plan) {
    return plan instanceof UnresolvedRelation relation
        && relation.multipartIdentifier().size() == 1
        && relation.multipartIdentifier().head().equalsIgnoreCase(PrimaryViews.PRIMARY);
  }

  private static boolean find(
      Expression expression,
      Optional<String> where,
      SlicedTable table,
      Dataset<Row> rows,
      Map<UnresolvedFunction, AggregateCall> calls) {
    if (expression instanceof UnresolvedFunction call && AggregateCall.aggregates(call)) {
      Optional<AggregateCall> found = AggregateCall.of(call, where, table.shape(), rows);
      found.ifPresent(aggregate -> calls.put(call, aggregate));
      return found.isPresent();
    }
    return JavaConverters.seqAsJavaList(expression.children()).stream()
        .allMatch(child -> find(child, where, table, rows, calls));
  }

  /** Whether nothing is left around the aggregates but functions of their results. */
  private boolean sound() {
    LogicalPlan plan = result(AggregateCall::nothing).queryExecution().analyzed();
    // what speaks of the present around them is asked as it is written
    return plan instanceof Project around
        && around.child() instanceof LocalRelation
        && SteadySql.views("", plan, Set.of()).isPresent();
  }

  List<Fact> facts() {
    return calls.values().stream().map(AggregateCall::fact).distinct().toList();
  }

  /** The number that its facts come to. */
  Measured number(Collected collected) {
    Map<Fact, Collected.Answer> answers = new LinkedHashMap<>();
    facts().forEach(fact -> answers.put(fact, collected.of(fact)));
    for (Collected.Answer answer : answers.values()) {
      if (answer.error().isPresent()) {
        return new Measured.None(UnansweredReason.ERROR, answer.error().get());
      }
    }
    Trace trace =
        answers.values().stream().map(Collected.Answer::trace).reduce(Trace::plus).orElseThrow();
    try {
      Measured measured =
          SqlMeasurer.single(result(call -> call.literal(collected.of(call.fact()).merged())));
      return measured instanceof Measured.Value value ? value.by(trace) : measured;
    } catch (AggregateCall.TooLarge e) {
      return new Measured.None(UnansweredReason.ERROR, e.why());
    }
  }

  /** One row with the number; Spark computes it without a job. */
  private Dataset<Row> result(Function<AggregateCall, Literal> values) {
    Expression filled = (Expression) selected.transformDown(new Fill(values));
    return spark
        .createDataFrame(
            List.of(RowFactory.create(0)),
            new StructType().add("assay_nothing", DataTypes.IntegerType))
        .select(new Column(filled));
  }

  private final class Fill extends AbstractPartialFunction<Expression, Expression> {
    private final Function<AggregateCall, Literal> values;

    Fill(Function<AggregateCall, Literal> values) {
      this.values = values;
    }

    @Override
    public boolean isDefinedAt(Expression expression) {
      return expression instanceof UnresolvedFunction call && calls.containsKey(call);
    }

    @Override
    public Expression apply(Expression expression) {
      return values.apply(java.util.Objects.requireNonNull(calls.get(expression)));
    }
  }
}
