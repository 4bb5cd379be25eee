package dev.assay.prepare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SetOperation;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** What the statement of a build job says by itself, without a session and without tables. */
public final class ProductSyntax {
  private final LogicalPlan plan;

  private ProductSyntax(LogicalPlan plan) {
    this.plan = plan;
  }

  /** Reads a statement; empty if Spark cannot. */
  public static Optional<ProductSyntax> of(String sql) {
    try {
      return Optional.of(new ProductSyntax(new CatalystSqlParser().parsePlan(sql)));
    } catch (Exception e) {
      if (e instanceof ParseException) {
        return Optional.empty();
      }
      throw new IllegalStateException("the parser of Spark broke off", e);
    }
  }

  /** The columns of its rows, if it names all of them. */
  public Optional<List<String>> columns() {
    return columns(plan);
  }

  private static Optional<List<String>> columns(LogicalPlan plan) {
    if (plan instanceof Project project) {
      return names(project.projectList());
    }
    if (plan instanceof Aggregate aggregate) {
      return names(aggregate.aggregateExpressions());
    }
    if (plan instanceof UnresolvedWith with) {
      return columns(with.child());
    }
    boolean first = plan instanceof Union || plan instanceof SetOperation;
    List<LogicalPlan> children = JavaConverters.seqAsJavaList(plan.children());
    return first || children.size() == 1 ? columns(children.get(0)) : Optional.empty();
  }

  private static Optional<List<String>> names(Seq<NamedExpression> expressions) {
    List<String> names = new ArrayList<>();
    for (NamedExpression expression : JavaConverters.seqAsJavaList(expressions)) {
      if (expression instanceof Alias alias) {
        names.add(alias.name());
      } else if (expression instanceof UnresolvedAttribute attribute) {
        names.add(attribute.nameParts().last());
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(names);
  }

  /** The tables that it reads, as it writes them, with the place of each in its text. */
  public Map<String, Integer> tables() {
    Map<String, Integer> found = new LinkedHashMap<>();
    Set<String> own = new HashSet<>();
    collect(plan, found, own);
    found.keySet().removeIf(table -> own.contains(table.toLowerCase(Locale.ROOT)));
    return found;
  }

  private static void collect(LogicalPlan plan, Map<String, Integer> found, Set<String> own) {
    if (plan instanceof UnresolvedRelation relation) {
      Object start = relation.origin().startIndex().getOrElse(() -> 0);
      found.putIfAbsent(
          String.join(".", JavaConverters.seqAsJavaList(relation.multipartIdentifier())),
          (Integer) start);
    }
    if (plan instanceof UnresolvedWith with) {
      JavaConverters.seqAsJavaList(with.cteRelations())
          .forEach(
              named -> {
                own.add(named._1().toLowerCase(Locale.ROOT));
                collect(named._2(), found, own);
              });
    }
    JavaConverters.seqAsJavaList(plan.children()).forEach(child -> collect(child, found, own));
    JavaConverters.seqAsJavaList(plan.subqueries()).forEach(query -> collect(query, found, own));
  }
}
