package dev.assay.rules.evaluate;

import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import scala.collection.JavaConverters;

/**
 * Recognises custom SQL that only counts rows of the table, {@code select count(*) from primary
 * where …}: it is a fact like any other, shares its pass, and is merged and stored.
 */
final class PlainCount {
  /** The condition of the count; an empty one counts all rows. */
  record Counted(Optional<String> where) {}

  private PlainCount() {}

  static Optional<Counted> of(String sql, SparkSession spark) {
    LogicalPlan plan;
    try {
      plan = spark.sessionState().sqlParser().parsePlan(sql);
    } catch (Exception e) {
      // a ParseException, which Scala does not declare: the query itself will say what is wrong
      return Optional.empty();
    }
    // before analysis a SELECT without GROUP BY is a projection, whatever it selects
    if (!(plan instanceof Project selected) || !countsRows(selected)) {
      return Optional.empty();
    }
    if (isPrimary(selected.child())) {
      return Optional.of(new Counted(Optional.empty()));
    }
    if (selected.child() instanceof Filter filter && isPrimary(filter.child())) {
      return condition(filter.condition()).map(where -> new Counted(Optional.of(where)));
    }
    return Optional.empty();
  }

  private static boolean countsRows(Project selected) {
    return selected.projectList().size() == 1
        && JavaConverters.seqAsJavaList(selected.projectList())
            .get(0)
            .toString()
            .matches("(?i)(unresolvedalias\\()?'?count\\((1|\\*)\\)(, None\\))?( AS .*)?");
  }

  private static boolean isPrimary(LogicalPlan plan) {
    return plan instanceof UnresolvedRelation relation
        && relation.multipartIdentifier().size() == 1
        && relation.multipartIdentifier().head().equalsIgnoreCase("primary");
  }

  private static Optional<String> condition(Expression condition) {
    String sql = condition.sql();
    boolean plain =
        !condition.containsPattern(TreePattern.PLAN_EXPRESSION()) && !sql.contains("primary");
    return plain ? Optional.of(sql) : Optional.empty();
  }
}
