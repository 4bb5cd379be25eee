package dev.assay.prepare;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RowMark;
import dev.assay.model.RowRule;
import dev.assay.model.Sql;
import dev.assay.prepare.ComputedRows.Computation;
import dev.assay.prepare.ComputedRows.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of one step over marked rows, computed row by row, so that an expression that fails for a
 * row is a problem of that row. What needs other rows too, a subquery, is left to Spark, where a
 * failure ends the run.
 */
final class ExpressionStep {
  private static final String VALUE = RowMark.PREFIX + "value";

  private final int number;
  private Dataset<Row> rows;

  /** The schema that the computations lead to. */
  private StructType schema;

  private final List<Computation> computations = new ArrayList<>();
  private final List<String> helpers = new ArrayList<>();

  ExpressionStep(Dataset<Row> rows, int number) {
    this.number = number;
    this.rows = rows;
    this.schema = rows.schema();
  }

  /** New columns; each sees those before it. */
  Dataset<Row> derive(Map<String, String> expressions) {
    expressions.forEach(
        (column, sql) -> {
          String name = "derive '%s'".formatted(column);
          check("(%s) IS NULL".formatted(sql), name);
          Optional<RowExpression> own = expression(sql, name);
          if (own.isPresent()) {
            column(column, own.get(), column, "derive");
          } else {
            compute(false);
            rows = Typing.withColumns(rows, Map.of(column, readable(sql)));
            schema = rows.schema();
          }
        });
    return compute(false);
  }

  /** Rows for which the condition is not true get a fate. */
  Dataset<Row> filter(String condition) {
    check(condition, "filter");
    computations.add(
        new Computation(
            overOthers(condition, "filter"),
            Use.FILTER,
            -1,
            UTF8String.fromString("filter " + number),
            null,
            where("filter")));
    return compute(true);
  }

  /** Rows for which a rule is not true get a problem, for each such rule. */
  Dataset<Row> rules(List<RowRule> rules) {
    for (RowRule rule : rules) {
      String name = "row rule '%s'".formatted(rule.id());
      check(rule.predicate(), name);
      computations.add(
          new Computation(
              overOthers(rule.predicate(), name),
              Use.RULE,
              -1,
              UTF8String.fromString(rule.id()),
              null,
              where(name)));
    }
    return compute(false);
  }

  /** What rows are ordered by, in columns that hold nothing else. */
  Dataset<Row> orders(List<String> expressions, List<String> columns) {
    for (int index = 0; index < expressions.size(); index++) {
      String name = "deduplicate order %d".formatted(index + 1);
      RowExpression own = expression(expressions.get(index), name).orElse(null);
      if (own != null) {
        column(columns.get(index), own, null, name);
      } else {
        compute(true);
        rows = rows.withColumn(columns.get(index), readable(expressions.get(index)));
        schema = rows.schema();
      }
    }
    return compute(true);
  }

  /**
   * Analyses SQL that is either true or false.
   *
   * @throws AssayException that names the step, if Spark cannot read it
   */
  void check(String predicate, String name) {
    try {
      SparkRows.none(rows.sparkSession(), schema).where(lit(true).and(expr(predicate)));
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      String message = e.getMessage() == null ? "" : e.getMessage().strip().split("\\R", 2)[0];
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "%s: Spark cannot read the SQL: %s".formatted(place(name), message));
    }
  }

  private Optional<RowExpression> expression(String sql, String name) {
    return RowExpression.of(rows.sparkSession(), schema, sql, place(name));
  }

  /** The expression; if it needs other rows, over a column that Spark has computed. */
  private RowExpression overOthers(String sql, String name) {
    return expression(sql, name)
        .orElseGet(
            () -> {
              String helper = VALUE + helpers.size();
              rows = rows.withColumn(helper, readable(sql));
              schema = rows.schema();
              helpers.add(helper);
              return expression(Sql.column(helper), name).orElseThrow();
            });
  }

  private void column(String name, RowExpression expression, @Nullable String reason, String what) {
    StructField field = new StructField(name, expression.type(), true, Metadata.empty());
    int place = Arrays.asList(schema.fieldNames()).indexOf(name);
    if (place < 0) {
      place = schema.length();
      schema = schema.add(field);
    } else {
      StructField[] fields = schema.fields().clone();
      fields[place] = field;
      schema = new StructType(fields);
    }
    computations.add(
        new Computation(
            expression,
            Use.COLUMN,
            place,
            UTF8String.EMPTY_UTF8,
            reason == null ? null : UTF8String.fromString(reason),
            where(what)));
  }

  private Dataset<Row> compute(boolean soundOnly) {
    if (computations.isEmpty()) {
      return rows;
    }
    ComputedRows computed =
        new ComputedRows(rows.schema(), schema.length(), computations, soundOnly);
    rows =
        SparkRows.dataset(
                rows.sparkSession(), SparkRows.asMade(rows).mapPartitions(computed), schema)
            .drop(helpers.toArray(String[]::new));
    schema = rows.schema();
    computations.clear();
    helpers.clear();
    return rows;
  }

  /** Only readable rows are computed: the others go to the quarantine as they are. */
  private static Column readable(String sql) {
    return expr("CASE WHEN %s THEN (%s) END".formatted(Problems.READABLE, sql));
  }

  private String place(String name) {
    return "Step %d, %s".formatted(number, name);
  }

  private String where(String name) {
    return "step %d, %s".formatted(number, name);
  }
}
