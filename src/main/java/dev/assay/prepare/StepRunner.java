package dev.assay.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.udf;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.RowMark;
import dev.assay.model.Sql;
import dev.assay.model.job.Protection;
import dev.assay.model.job.RenameProblem;
import dev.assay.model.job.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.types.DataTypes;

/** Runs one step over marked rows. */
final class StepRunner {
  private static final String ORDER = RowMark.PREFIX + "order";

  private static final Pattern DIRECTION =
      Pattern.compile(
          "(\\s+(asc|desc))?(\\s+nulls\\s+(first|last))?\\s*$", Pattern.CASE_INSENSITIVE);

  private final Dataset<Row> rows;
  private final int number;
  private final Protector protector;
  private final boolean extraFields;

  /**
   * @param number its place among the steps, for messages
   * @param extraFields whether structs that are cast may have fields that are not declared
   */
  StepRunner(Dataset<Row> rows, int number, Protector protector, boolean extraFields) {
    this.rows = rows;
    this.number = number;
    this.protector = protector;
    this.extraFields = extraFields;
  }

  Dataset<Row> run(Step step) {
    if (step instanceof Step.Renaming renaming) {
      return rename(renaming);
    }
    if (step instanceof Step.Cast cast) {
      cast.columns().forEach(column -> require(column.name()));
      return Typing.cast(rows, cast.columns(), extraFields);
    }
    if (step instanceof Step.Trim trim) {
      return replace(trim.columns(), column -> expr("trim(%s)".formatted(Sql.column(column))));
    }
    if (step instanceof Step.Normalise normalise) {
      return normalise(normalise.columns());
    }
    if (step instanceof Step.Derive derive) {
      return new ExpressionStep(rows, number).derive(derive.expressions());
    }
    if (step instanceof Step.Drop drop) {
      drop.columns().forEach(this::require);
      return rows.drop(drop.columns().toArray(String[]::new));
    }
    if (step instanceof Step.Filter filter) {
      return new ExpressionStep(rows, number).filter(filter.condition());
    }
    if (step instanceof Step.Deduplicate deduplicate) {
      return deduplicate(deduplicate);
    }
    if (step instanceof Step.Protect protect) {
      return protect(protect.columns());
    }
    return new ExpressionStep(rows, number).rules(((Step.RowRules) step).rules());
  }

  private Dataset<Row> rename(Step.Renaming step) {
    Map<String, String> names = step.names();
    RenameProblem.of(step, own())
        .ifPresent(
            problem -> {
              throw new AssayException(
                  ExitKind.WRONG_FILES,
                  "Step %d: %s. %s".formatted(number, problem.found(), problem.remedy()));
            });
    Column[] columns =
        Arrays.stream(rows.columns())
            .map(name -> col(Sql.column(name)).as(names.getOrDefault(name, name)))
            .toArray(Column[]::new);
    return rows.select(columns);
  }

  private Dataset<Row> replace(
      Iterable<String> columns, java.util.function.Function<String, Column> replacement) {
    Map<String, Column> replaced = new LinkedHashMap<>();
    for (String column : columns) {
      require(column);
      replaced.put(column, replacement.apply(column));
    }
    return Typing.withColumns(rows, replaced);
  }

  private Dataset<Row> normalise(Map<String, Step.Normalise.Form> forms) {
    Map<String, Column> replaced = new LinkedHashMap<>();
    forms.forEach(
        (column, form) -> {
          require(column);
          replaced.put(column, normalised(column, form));
        });
    return Typing.withColumns(rows, replaced);
  }

  private static Column normalised(String column, Step.Normalise.Form form) {
    String name = Sql.column(column);
    return expr(
        switch (form) {
          case UPPER -> "upper(%s)".formatted(name);
          case LOWER -> "lower(%s)".formatted(name);
          case SINGLE_SPACES -> "trim(regexp_replace(%s, '\\\\s+', ' '))".formatted(name);
          case DIGITS -> "regexp_replace(%s, '[^0-9]', '')".formatted(name);
        });
  }

  private Dataset<Row> deduplicate(Step.Deduplicate step) {
    step.keys().forEach(this::require);
    String keys = String.join(", ", step.keys().stream().map(Sql::column).toList());
    // a row without a whole key is nobody's duplicate
    String comparable =
        Problems.SOUND
            + String.join(
                "",
                step.keys().stream()
                    .map(key -> " AND %s IS NOT NULL".formatted(Sql.column(key)))
                    .toList());
    List<String> order = new ArrayList<>();
    Dataset<Row> ordered = ordered(step.order(), order);
    order.addAll(List.of(RowMark.FILE, RowMark.OFFSET, RowMark.TEXT));
    String rank = RowMark.PREFIX + "rank";
    Dataset<Row> ranked =
        ordered.withColumn(
            rank,
            expr(
                "row_number() OVER (PARTITION BY %s, (%s) ORDER BY %s)"
                    .formatted(keys, comparable, String.join(", ", order))));
    return ranked
        .withColumn(
            RowMark.FATE,
            expr(
                "CASE WHEN %s AND %s > 1 THEN 'duplicate %d' ELSE %s END"
                    .formatted(comparable, rank, number, RowMark.FATE)))
        .drop(rank)
        .drop(Arrays.stream(ordered.columns()).filter(this::isOrder).toArray(String[]::new));
  }

  /** The rows with what they are ordered by; {@code order} gets the orderings. */
  private Dataset<Row> ordered(List<String> orderings, List<String> order) {
    ExpressionStep step = new ExpressionStep(rows, number);
    List<String> expressions = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (String ordering : orderings) {
      Matcher direction = DIRECTION.matcher(ordering);
      String plain = direction.replaceFirst("");
      step.check("(%s) IS NULL".formatted(plain), "deduplicate order '%s'".formatted(ordering));
      if (expr(plain).expr() instanceof UnresolvedAttribute) {
        order.add(ordering);
      } else {
        String column = ORDER + expressions.size();
        expressions.add(plain);
        columns.add(column);
        order.add(column + ordering.substring(plain.length()));
      }
    }
    return step.orders(expressions, columns);
  }

  private boolean isOrder(String column) {
    return column.startsWith(ORDER);
  }

  private Dataset<Row> protect(Map<String, Protection> columns) {
    Map<String, Column> replaced = new LinkedHashMap<>();
    List<String> dropped = new ArrayList<>();
    columns.forEach(
        (column, how) -> {
          require(column);
          Column text = col(Sql.column(column)).cast("string");
          switch (how) {
            case TOKENISE -> replaced.put(column, protecting(protector::token).apply(text));
            case ENCRYPT -> replaced.put(column, protecting(protector::encrypt).apply(text));
            case MASK -> replaced.put(column, protecting(Mask::of).apply(text));
            case DROP -> dropped.add(column);
          }
        });
    return Typing.withColumns(rows, replaced).drop(dropped.toArray(String[]::new));
  }

  private static org.apache.spark.sql.expressions.UserDefinedFunction protecting(
      UDF1<String, String> protection) {
    return udf(new NullSafe(protection), DataTypes.StringType);
  }

  private List<String> own() {
    return Arrays.stream(rows.columns()).filter(name -> !name.startsWith(RowMark.PREFIX)).toList();
  }

  private void require(String column) {
    List<String> columns = own();
    if (!columns.contains(column)) {
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "Step %d: there is no column '%s' at this point. %s"
              .formatted(number, column, Nearest.suggestion(column, columns)));
    }
  }

  /** Leaves NULL alone. */
  private record NullSafe(UDF1<String, String> inner) implements UDF1<String, String> {
    @Override
    public @org.jspecify.annotations.Nullable String call(
        @org.jspecify.annotations.Nullable String value) throws Exception {
      return value == null ? null : inner.call(value);
    }
  }
}
