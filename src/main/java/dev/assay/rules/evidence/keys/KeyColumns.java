package dev.assay.rules.evidence.keys;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.xxhash64;

import dev.assay.rules.plan.TableShape;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;

/** The columns of a key, and how a key becomes one number of 64 bits. */
final class KeyColumns {
  private final TableShape shape;
  private final UnaryOperator<String> settled;
  private final List<String> names;
  private final Optional<String> where;

  /**
   * @param settled what is made of SQL before it is read
   */
  KeyColumns(
      TableShape shape, List<String> names, Optional<String> where, UnaryOperator<String> settled) {
    this.settled = settled;
    this.shape = shape;
    this.names = List.copyOf(names);
    this.where = where;
  }

  List<String> names() {
    return names;
  }

  Optional<String> where() {
    return where;
  }

  Column[] columns() {
    return names.stream().map(name -> col(shape.sql(name))).toArray(Column[]::new);
  }

  /** The rows that count: in the {@code where}, and not NULL in all columns. */
  Dataset<Row> rows(Dataset<Row> all) {
    Dataset<Row> narrowed = where.map(sql -> all.where(expr(settled.apply(sql)))).orElse(all);
    Column present =
        names.stream()
            .map(name -> col(shape.sql(name)).isNotNull())
            .reduce(Column::or)
            .orElseThrow();
    return narrowed.where(present);
  }

  /** A number that is different for different keys. */
  Optional<Column> exactNumber() {
    return names.size() == 1 ? exactNumber(names.get(0)) : Optional.empty();
  }

  /** Numbers that together are different for different keys, one for each column. */
  Optional<List<Column>> exactNumbers() {
    List<Column> numbers = names.stream().flatMap(name -> exactNumber(name).stream()).toList();
    return numbers.size() == names.size() ? Optional.of(numbers) : Optional.empty();
  }

  private Optional<Column> exactNumber(String name) {
    Column column = col(shape.sql(name));
    return switch (base(name)) {
      case "tinyint", "smallint", "int", "bigint" -> Optional.of(column.cast("bigint"));
      case "date" -> Optional.of(unix_date(column).cast("bigint"));
      case "timestamp" -> Optional.of(unix_micros(column));
      case "decimal" ->
          precision(name) <= 18
              ? Optional.of(new Column(new UnscaledValue(column.expr())))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The text, of a key that is one. */
  Optional<Column> text() {
    return names.size() == 1 && base(names.get(0)).equals("string")
        ? Optional.of(col(shape.sql(names.get(0))))
        : Optional.empty();
  }

  /**
   * A number that is equal for equal keys. Floating numbers have none, because zero and NaN have
   * several forms.
   */
  Optional<Column> hash() {
    boolean hashable =
        names.stream()
            .allMatch(
                name ->
                    switch (base(name)) {
                      case "tinyint",
                              "smallint",
                              "int",
                              "bigint",
                              "date",
                              "timestamp",
                              "timestamp_ntz",
                              "decimal",
                              "string",
                              "boolean",
                              "binary" ->
                          true;
                      default -> false;
                    });
    return hashable ? Optional.of(coalesce(xxhash64(columns()))) : Optional.empty();
  }

  private String base(String name) {
    String type = shape.typeOf(name);
    return type.contains("(") ? type.substring(0, type.indexOf('(')) : type;
  }

  private int precision(String name) {
    String type = shape.typeOf(name);
    return Integer.parseInt(type.substring(type.indexOf('(') + 1, type.indexOf(',')));
  }
}
