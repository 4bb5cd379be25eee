package dev.assay.prepare;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.Nearest;
import dev.assay.model.RowMark;
import dev.assay.model.RowRule;
import dev.assay.model.Sql;
import dev.assay.model.job.Protection;
import dev.assay.model.job.RenameProblem;
import dev.assay.model.job.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/** Runs one step over marked rows. */
final class StepRunner {
  private final Dataset<Row> rows;
  private final int number;
  private final Protector protector;

  StepRunner(Dataset<Row> rows, int number, Protector protector) {
    this.rows = rows;
    this.number = number;
    this.protector = protector;
  }

  Dataset<Row> run(Step step) {
    if (step instanceof Step.Renaming renaming) {
      return rename(renaming);
    }
    if (step instanceof Step.Cast cast) {
      cast.columns().forEach(column -> require(column.name()));
      return Typing.cast(rows, cast.columns());
    }
    if (step instanceof Step.Trim trim) {
      return replace(trim.columns(), column -> expr("trim(%s)".formatted(Sql.column(column))));
    }
    if (step instanceof Step.Normalise normalise) {
      return normalise(normalise.columns());
    }
    if (step instanceof Step.Derive derive) {
      return derive(derive.expressions());
    }
    if (step instanceof Step.Drop drop) {
      drop.columns().forEach(this::require);
      return rows.drop(drop.columns().toArray(String[]::new));
    }
    if (step instanceof Step.Filter filter) {
      checkSql(filter.condition(), "filter");
      return mark("filter", "NOT coalesce(%s, false)".formatted(filter.condition()));
    }
    if (step instanceof Step.Deduplicate deduplicate) {
      return deduplicate(deduplicate);
    }
    if (step instanceof Step.Protect protect) {
      return protect(protect.columns());
    }
    return rowRules((Step.RowRules) step);
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

  /** Only readable rows are computed: the others go to the quarantine as they are. */
  private Dataset<Row> derive(Map<String, String> expressions) {
    Dataset<Row> derived = rows;
    for (Map.Entry<String, String> entry : expressions.entrySet()) {
      checkSql(
          derived,
          "(%s) IS NULL".formatted(entry.getValue()),
          "derive '%s'".formatted(entry.getKey()));
      derived =
          Typing.withColumns(
              derived,
              Map.of(
                  entry.getKey(),
                  expr(
                      "CASE WHEN %s THEN (%s) END"
                          .formatted(Problems.READABLE, entry.getValue()))));
    }
    return derived;
  }

  private Dataset<Row> mark(String kind, String condition) {
    return rows.withColumn(
        RowMark.FATE,
        expr(
            "CASE WHEN %s AND (%s) THEN '%s %d' ELSE %s END"
                .formatted(Problems.SOUND, condition, kind, number, RowMark.FATE)));
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
    for (String ordering : step.order()) {
      String plain =
          ordering.replaceFirst("(?i)\\s+(asc|desc)?(\\s+nulls\\s+(first|last))?\\s*$", "");
      checkSql("(%s) IS NULL".formatted(plain), "deduplicate order '%s'".formatted(ordering));
    }
    List<String> order = new ArrayList<>(step.order());
    order.addAll(List.of(RowMark.FILE, RowMark.OFFSET, RowMark.TEXT));
    String rank = RowMark.PREFIX + "rank";
    Dataset<Row> ranked =
        rows.withColumn(
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
        .drop(rank);
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

  private Dataset<Row> rowRules(Step.RowRules step) {
    for (RowRule rule : step.rules()) {
      checkSql(rule.predicate(), "row rule '%s'".formatted(rule.id()));
    }
    return step.rules().isEmpty()
        ? rows
        : rows.withColumn(RowMark.PROBLEMS, Problems.withBroken(step.rules()));
  }

  private void checkSql(String predicate, String place) {
    checkSql(rows, predicate, place);
  }

  private void checkSql(Dataset<Row> over, String predicate, String place) {
    try {
      over.where(lit(true).and(expr(predicate)));
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      String message = e.getMessage() == null ? "" : e.getMessage().strip().split("\\R", 2)[0];
      throw new AssayException(
          ExitKind.WRONG_FILES,
          "Step %d, %s: Spark cannot read the SQL: %s".formatted(number, place, message));
    }
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
