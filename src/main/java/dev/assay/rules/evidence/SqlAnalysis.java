package dev.assay.rules.evidence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.functions;
import scala.collection.JavaConverters;

/** What Spark makes of the SQL in rules, before anything is read. */
public final class SqlAnalysis {
  /**
   * One expression.
   *
   * @param error why Spark cannot read it; empty if it can
   * @param columns the table's columns that it speaks of, and of structs only the fields, by path
   * @param lasting whether it means the same tomorrow: no random numbers, no present time
   */
  public record Analysed(Optional<String> error, List<String> columns, boolean lasting) {}

  private SqlAnalysis() {}

  /** All of them at once; one that is wrong does not spoil the others. */
  public static Map<String, Analysed> of(Collection<String> predicates, Dataset<Row> rows) {
    Map<String, Analysed> analysed = new LinkedHashMap<>();
    List<String> texts = List.copyOf(predicates);
    try {
      List<Analysed> all = analyse(texts, rows);
      for (int index = 0; index < texts.size(); index++) {
        analysed.put(texts.get(index), all.get(index));
      }
    } catch (Exception e) {
      // Scala throws Spark's checked AnalysisException without declaring it
      texts.forEach(text -> analysed.put(text, single(text, rows)));
    }
    return analysed;
  }

  /** What became of an expression that was analysed. */
  public static Analysed required(Map<String, Analysed> analysed, String sql) {
    return Objects.requireNonNull(analysed.get(sql), "analysed");
  }

  /** All columns that a fact reads. */
  static List<String> columns(Fact fact, Map<String, Analysed> analysed) {
    Set<String> columns = new LinkedHashSet<>(fact.columns());
    fact.sql().ifPresent(sql -> columns.addAll(required(analysed, sql).columns()));
    return List.copyOf(columns);
  }

  private static Analysed single(String predicate, Dataset<Row> rows) {
    try {
      return analyse(List.of(predicate), rows).get(0);
    } catch (Exception e) {
      // as above
      return new Analysed(Optional.of(SafeMessage.of(e)), List.of(), false);
    }
  }

  private static List<Analysed> analyse(List<String> predicates, Dataset<Row> rows) {
    if (predicates.isEmpty()) {
      return List.of();
    }
    // a predicate has to be true or false, which "when" checks and a plain column does not
    Column[] columns =
        predicates.stream()
            .map(text -> functions.when(functions.expr(text), functions.lit(1)))
            .toArray(Column[]::new);
    List<Analysed> analysed = new ArrayList<>();
    Iterator<String> texts = predicates.iterator();
    for (Expression expression :
        JavaConverters.seqAsJavaList(
            rows.select(columns).queryExecution().analyzed().expressions())) {
      String text = texts.next();
      analysed.add(
          new Analysed(Optional.empty(), read(expression), SteadySql.steady(text, expression)));
    }
    return analysed;
  }

  private static List<String> read(Expression expression) {
    Set<String> names = new TreeSet<>();
    read(expression, names);
    return List.copyOf(names);
  }

  private static void read(Expression expression, Set<String> names) {
    Optional<String> path = path(expression);
    if (path.isPresent()) {
      names.add(path.get());
    } else if (expression.children().isEmpty() || expression instanceof PlanExpression<?>) {
      // a subquery's children are not all that it speaks of
      JavaConverters.seqAsJavaList(expression.references().toSeq())
          .forEach(attribute -> names.add(attribute.name()));
    } else {
      JavaConverters.seqAsJavaList(expression.children()).forEach(child -> read(child, names));
    }
  }

  /** A field of a struct, of a struct in a struct, and so on from a column. */
  private static Optional<String> path(Expression expression) {
    if (expression instanceof GetStructField field) {
      return path(field.child()).map(outer -> outer + "." + field.extractFieldName());
    }
    return expression instanceof AttributeReference column
        ? Optional.of(column.name())
        : Optional.empty();
  }
}
