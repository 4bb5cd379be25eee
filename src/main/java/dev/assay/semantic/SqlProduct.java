package dev.assay.semantic;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.collection.JavaConverters;

/** The statement of a build job over its inputs. */
public final class SqlProduct {
  private SqlProduct() {}

  /**
   * Analyses the statement; nothing is read until the result is used.
   *
   * @param inputs by the alias under which the statement names them
   * @param place where the statement stands, for messages
   * @throws AssayException if Spark cannot read the statement, if it is no query, or if it reads
   *     anything but its inputs
   */
  public static Dataset<Row> build(
      SparkSession spark, String sql, Map<String, Dataset<Row>> inputs, String place) {
    // a copy of the session, so that aliases of jobs do not meet
    SparkSession session = spark.cloneSession();
    inputs.forEach(
        (alias, rows) ->
            Dataset.ofRows(session, rows.logicalPlan()).createOrReplaceTempView(alias));
    try {
      LogicalPlan plan = session.sessionState().sqlParser().parsePlan(sql);
      if (plan instanceof Command || plan instanceof ParsedStatement) {
        // Spark runs commands at once
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "%s: the sql is no query. Expected one SELECT over the job's inputs; the job writes its result itself."
                .formatted(place));
      }
      Dataset<Row> rows = Dataset.ofRows(session, plan);
      requireInputsOnly(rows, inputs, place);
      return rows;
    } catch (AssayException e) {
      throw e;
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      String message = e.getMessage() == null ? "" : e.getMessage().strip().split("\\R", 2)[0];
      throw new AssayException(
          ExitKind.WRONG_FILES, "%s: Spark cannot read the sql: %s".formatted(place, message), e);
    }
  }

  /** The alias of the input that a leaf of the statement's plan reads. */
  public static Optional<String> inputOf(LogicalPlan leaf, Map<String, Dataset<Row>> inputs) {
    return inputs.entrySet().stream()
        .filter(
            input -> leaves(input.getValue()).stream().anyMatch(of -> name(of).equals(name(leaf))))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * What a job reads besides its inputs is in no fingerprint: a change of it would go unseen, and
   * the run says that there is nothing to do.
   */
  private static void requireInputsOnly(
      Dataset<Row> rows, Map<String, Dataset<Row>> inputs, String place) {
    Set<String> declared = new TreeSet<>();
    inputs.values().forEach(input -> leaves(input).forEach(leaf -> declared.add(name(leaf))));
    for (LogicalPlan leaf : leaves(rows)) {
      boolean made =
          leaf instanceof OneRowRelation
              || leaf instanceof LocalRelation
              || leaf instanceof Range
              || leaf instanceof CTERelationRef;
      if (!made && !declared.contains(name(leaf))) {
        throw new AssayException(
            ExitKind.WRONG_FILES,
            "%s: the sql reads %s, which is not among the job's inputs. Declare it under inputs, and name it by its alias there: %s."
                .formatted(place, shown(leaf), String.join(", ", inputs.keySet())));
      }
    }
  }

  private static List<LogicalPlan> leaves(Dataset<Row> rows) {
    LogicalPlan analyzed = rows.queryExecution().analyzed();
    List<LogicalPlan> leaves = new ArrayList<>();
    leaves.addAll(JavaConverters.seqAsJavaList(analyzed.collectLeaves()));
    JavaConverters.seqAsJavaList(analyzed.subqueriesAll())
        .forEach(query -> leaves.addAll(JavaConverters.seqAsJavaList(query.collectLeaves())));
    return leaves;
  }

  /** A table with the snapshot that is read of it. */
  private static String name(LogicalPlan leaf) {
    return leaf instanceof DataSourceV2Relation relation
        ? relation.table().name() + "@" + relation.options().get("snapshot-id")
        : leaf.toString();
  }

  private static String shown(LogicalPlan leaf) {
    return leaf instanceof DataSourceV2Relation relation
        ? relation.table().name()
        : leaf.nodeName();
  }
}
