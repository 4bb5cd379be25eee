package dev.assay.prepare;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BasePredicate;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Predicate;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * An SQL expression that is computed for one row at a time, by the code that Spark would run, so
 * that whoever asks for its value learns which row it fails for. For one thread.
 */
final class RowExpression implements Serializable {
  private final Expression bound;
  private final DataType type;
  private transient @Nullable UnsafeProjection code;
  private transient @Nullable BasePredicate condition;

  private RowExpression(Expression bound) {
    this.bound = bound;
    this.type = bound.dataType();
  }

  /**
   * Plans an expression that can be read over the rows.
   *
   * @param place where it stands, for messages
   * @return empty if it needs other rows too, as a subquery does
   * @throws AssayException if it fails whatever the row
   */
  static Optional<RowExpression> of(SparkSession spark, StructType rows, String sql, String place) {
    Dataset<Row> value = SparkRows.none(spark, rows).select(functions.expr(sql).as("value"));
    QueryExecution execution = value.queryExecution();
    if (!execution.analyzed().subqueriesAll().isEmpty()) {
      return Optional.empty();
    }
    try {
      return execution.sparkPlan() instanceof ProjectExec project
              && project.child().children().isEmpty()
              && project.child().output().size() == rows.length()
          ? Optional.of(new RowExpression(boundTo(project)))
          : Optional.empty();
    } catch (Exception e) {
      // what has no column in it is computed while it is planned
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: the SQL fails for every row (%s).".formatted(place, ValueError.name(e)),
          e);
    }
  }

  private static Expression boundTo(ProjectExec project) {
    return BindReferences.bindReference(
        (Expression) project.projectList().head(),
        package$.MODULE$.AttributeSeq(project.child().output()),
        false);
  }

  DataType type() {
    return type;
  }

  /** The places of the columns that it reads. */
  Set<Integer> reads() {
    return JavaConverters.seqAsJavaList(bound.collectLeaves()).stream()
        .filter(BoundReference.class::isInstance)
        .map(leaf -> ((BoundReference) leaf).ordinal())
        .collect(Collectors.toSet());
  }

  /**
   * The value for a row; it is valid until the next is asked for.
   *
   * @throws Exception whatever Spark raises for the row's values, checked or not
   */
  @Nullable Object of(InternalRow row) throws Exception {
    UnsafeProjection projection = code;
    if (projection == null) {
      projection = UnsafeProjection.create(bound);
      projection.initialize(TaskContext.getPartitionId());
      code = projection;
    }
    InternalRow value = projection.apply(row);
    return value.isNullAt(0) ? null : value.get(0, type);
  }

  /**
   * Whether it is true for a row: neither false nor NULL.
   *
   * @throws Exception whatever Spark raises for the row's values, checked or not
   */
  boolean holds(InternalRow row) throws Exception {
    BasePredicate predicate = condition;
    if (predicate == null) {
      predicate = Predicate.create(bound);
      predicate.initialize(TaskContext.getPartitionId());
      condition = predicate;
    }
    return predicate.eval(row);
  }
}
