package dev.assay.prepare;

import dev.assay.model.job.ColumnSpec;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/**
 * Reads texts as a declared type of one value. {@link CastExpression} says what a text means;
 * nearly all texts are plain, and those are read without it to the same result. For one thread.
 */
final class ScalarReader implements ColumnReader {
  private final PlainReader plain;
  private final Expression exact;
  private final DataType type;
  private final GenericInternalRow cell = new GenericInternalRow(1);

  private ScalarReader(PlainReader plain, Expression exact) {
    this.plain = plain;
    this.exact = exact;
    this.type = exact.dataType();
  }

  /** One for each column, in their order; the session's settings are theirs. */
  static List<ScalarReader> of(SparkSession spark, List<ColumnSpec> columns) {
    if (columns.isEmpty()) {
      return List.of();
    }
    ZoneId zone =
        DateTimeUtils.getZoneId(spark.sessionState().conf().sessionLocalTimeZone()).normalized();
    List<Expression> planned = planned(spark, columns);
    List<ScalarReader> readers = new ArrayList<>();
    for (int index = 0; index < columns.size(); index++) {
      Expression exact = planned.get(index);
      readers.add(
          new ScalarReader(PlainTexts.of(columns.get(index), exact.dataType(), zone), exact));
    }
    return readers;
  }

  /** The expressions as Spark would run them, each over rows of its one column. */
  private static List<Expression> planned(SparkSession spark, List<ColumnSpec> columns) {
    StructType texts = new StructType();
    Column[] values = new Column[columns.size()];
    for (int index = 0; index < values.length; index++) {
      ColumnSpec column = columns.get(index);
      texts = texts.add(column.name(), DataTypes.StringType);
      values[index] = functions.expr(new CastExpression(column).sql()).as("value" + index);
    }
    JavaRDD<Row> none = JavaSparkContext.fromSparkContext(spark.sparkContext()).emptyRDD();
    SparkPlan plan = spark.createDataFrame(none, texts).select(values).queryExecution().sparkPlan();
    if (!(plan instanceof ProjectExec project)) {
      throw new IllegalStateException("not a projection: " + plan.nodeName());
    }
    return JavaConverters.seqAsJavaList(project.projectList()).stream()
        .map(ScalarReader::overItsColumn)
        .toList();
  }

  private static Expression overItsColumn(NamedExpression value) {
    Expression expression = (Expression) value;
    return BindReferences.bindReference(
        expression, package$.MODULE$.AttributeSeq(expression.references().toSeq()), false);
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public @Nullable Object read(UTF8String text) {
    Object value = plain.read(text);
    return value == null ? exactly(text) : value;
  }

  /** What the SQL says. */
  @Nullable Object exactly(UTF8String text) {
    cell.update(0, text);
    return exact.eval(cell);
  }
}
