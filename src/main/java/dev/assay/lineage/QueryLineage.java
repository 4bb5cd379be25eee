package dev.assay.lineage;

import dev.assay.model.lineage.ColumnLineage;
import dev.assay.model.lineage.ColumnSource;
import dev.assay.model.lineage.Relation;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationDef;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Deduplicate;
import org.apache.spark.sql.catalyst.plans.logical.Except;
import org.apache.spark.sql.catalyst.plans.logical.Expand;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Intersect;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.plans.logical.WithCTE;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Follows the columns of a query's inputs to its result, through the plan that Spark analysed:
 * bottom up, each column of each step gets what it is made of.
 */
public final class QueryLineage {
  private final Function<LogicalPlan, Optional<String>> inputs;
  private final Map<ExprId, Set<ColumnSource>> made = new HashMap<>();
  private final Map<Long, CTERelationDef> named = new HashMap<>();
  private final Set<ColumnSource> rows = new TreeSet<>();
  private final ExpressionSources sources =
      new ExpressionSources(
          attribute -> made.getOrDefault(attribute.exprId(), Set.of()), this::ofSubquery);

  private QueryLineage(Function<LogicalPlan, Optional<String>> inputs) {
    this.inputs = inputs;
  }

  /**
   * Where the columns of a query come from.
   *
   * @param analysed its plan
   * @param inputs the alias of the input that a leaf of the plan reads
   */
  public static ColumnLineage of(
      LogicalPlan analysed, Function<LogicalPlan, Optional<String>> inputs) {
    QueryLineage lineage = new QueryLineage(inputs);
    lineage.visit(analysed);
    Map<String, Set<ColumnSource>> columns = new LinkedHashMap<>();
    for (Attribute column : list(analysed.output())) {
      columns.put(column.name(), lineage.made.getOrDefault(column.exprId(), Set.of()));
    }
    return new ColumnLineage(columns, lineage.rows);
  }

  private void visit(LogicalPlan plan) {
    if (plan instanceof WithCTE with) {
      list(with.cteDefs())
          .forEach(
              definition -> {
                visit(definition.child());
                named.put(definition.id(), definition);
              });
      visit(with.plan());
      return;
    }
    Collection<LogicalPlan> children = JavaConverters.seqAsJavaList(plan.children());
    children.forEach(this::visit);
    if (plan instanceof CTERelationRef reference) {
      CTERelationDef definition = named.get(reference.cteId());
      if (definition != null) {
        carry(definition.child().output(), reference.output());
      }
    } else if (children.isEmpty()) {
      inputs.apply(plan).ifPresent(alias -> read(alias, plan));
    } else {
      step(plan);
    }
  }

  private void read(String alias, LogicalPlan leaf) {
    for (Attribute column : list(leaf.output())) {
      made.put(column.exprId(), Set.of(ColumnSource.of(alias, column.name())));
    }
  }

  private void step(LogicalPlan plan) {
    if (plan instanceof Project project) {
      list(project.projectList()).forEach(this::name);
    } else if (plan instanceof Aggregate aggregate) {
      list(aggregate.aggregateExpressions()).forEach(this::name);
      deciding(aggregate.groupingExpressions(), Relation.GROUP_BY);
    } else if (plan instanceof Window window) {
      list(window.windowExpressions()).forEach(this::name);
    } else if (plan instanceof Filter filter) {
      rows.addAll(sources.deciding(filter.condition(), Relation.FILTER));
    } else if (plan instanceof Join join) {
      if (join.condition().isDefined()) {
        rows.addAll(sources.deciding(join.condition().get(), Relation.JOIN));
      }
    } else if (plan instanceof Sort sort) {
      deciding(sort.order(), Relation.SORT);
    } else if (plan instanceof Deduplicate deduplicate) {
      deciding(deduplicate.keys(), Relation.GROUP_BY);
    } else if (plan instanceof Generate generate) {
      Set<ColumnSource> from = sources.of((Expression) generate.generator());
      list(generate.generatorOutput())
          .forEach(column -> made.put(column.exprId(), then(from, Relation.TRANSFORMATION)));
    } else if (plan instanceof Expand expand) {
      expand(expand);
    } else if (plan instanceof Union union) {
      list(union.children()).forEach(child -> join(child.output(), union.output()));
    } else if (plan instanceof Intersect intersect) {
      deciding(intersect.right().output(), Relation.FILTER);
    } else if (plan instanceof Except except) {
      deciding(except.right().output(), Relation.FILTER);
    } else {
      other(plan);
    }
  }

  /** A column that a step computes, or hands on. */
  private void name(NamedExpression column) {
    if (!(column instanceof Attribute)) {
      made.put(column.exprId(), sources.of((Expression) column));
    }
  }

  private void deciding(Seq<? extends Expression> expressions, Relation relation) {
    JavaConverters.seqAsJavaList(expressions)
        .forEach(expression -> rows.addAll(sources.deciding(expression, relation)));
  }

  private void expand(Expand expand) {
    List<Attribute> output = list(expand.output());
    for (Seq<Expression> projection : list(expand.projections())) {
      List<Expression> values = list(projection);
      for (int place = 0; place < output.size(); place++) {
        add(output.get(place), sources.of(values.get(place)));
      }
    }
  }

  /** A step of another kind: what it computes is made of all that its expressions read. */
  private void other(LogicalPlan plan) {
    Set<ColumnSource> all = new TreeSet<>();
    list(plan.expressions()).forEach(expression -> all.addAll(sources.of(expression)));
    for (Attribute column : list(plan.output())) {
      made.computeIfAbsent(column.exprId(), id -> then(all, Relation.TRANSFORMATION));
    }
  }

  private Set<ColumnSource> ofSubquery(LogicalPlan plan) {
    visit(plan);
    List<Attribute> output = list(plan.output());
    return output.isEmpty() ? Set.of() : made.getOrDefault(output.get(0).exprId(), Set.of());
  }

  private void carry(Seq<Attribute> from, Seq<Attribute> to) {
    List<Attribute> before = list(from);
    List<Attribute> after = list(to);
    for (int place = 0; place < after.size(); place++) {
      made.put(after.get(place).exprId(), made.getOrDefault(before.get(place).exprId(), Set.of()));
    }
  }

  private void join(Seq<Attribute> from, Seq<Attribute> to) {
    List<Attribute> before = list(from);
    List<Attribute> after = list(to);
    for (int place = 0; place < after.size(); place++) {
      add(after.get(place), made.getOrDefault(before.get(place).exprId(), Set.of()));
    }
  }

  private void add(Attribute column, Set<ColumnSource> more) {
    Set<ColumnSource> all = new TreeSet<>(made.getOrDefault(column.exprId(), Set.of()));
    all.addAll(more);
    made.put(column.exprId(), all);
  }

  private static Set<ColumnSource> then(Set<ColumnSource> from, Relation relation) {
    Set<ColumnSource> after = new TreeSet<>();
    from.forEach(source -> after.add(source.then(relation)));
    return after;
  }

  private static <T> List<T> list(Seq<T> seq) {
    return JavaConverters.seqAsJavaList(seq);
  }
}
