package dev.assay.erasure;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import dev.assay.erasure.Person.Look;
import dev.assay.lake.iceberg.RowChoice;
import dev.assay.model.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that are a person's. A function of ours compares, and not a literal: plans
 * are logged.
 */
final class PersonRows implements RowChoice {
  private final Column look;

  private PersonRows(Column look) {
    this.look = look;
  }

  /** Of a quarantine, by the text of its records. */
  static PersonRows ofQuarantine(Person person) {
    UDF2<String, String, Integer> function =
        (text, locked) -> person.inRecord(text, locked).ordinal();
    return new PersonRows(
        udf(function, DataTypes.IntegerType).apply(col("text"), col("sealed_text")));
  }

  /** Of a table, by columns that are called as given, and by tokens in any column of text. */
  static Optional<PersonRows> inAnyColumn(Person person, Schema schema) {
    return of(person, schema, person.hasTokens());
  }

  /** Of a table, by columns that are called as given. */
  static Optional<PersonRows> inNamedColumns(Person person, Schema schema) {
    return of(person, schema, false);
  }

  private static Optional<PersonRows> of(Person person, Schema schema, boolean anyText) {
    ArrayList<String> names = new ArrayList<>();
    ArrayList<Boolean> numbers = new ArrayList<>();
    List<Column> values = new ArrayList<>();
    for (Types.NestedField field : schema.columns()) {
      boolean text = field.type().typeId() == Type.TypeID.STRING;
      boolean named = person.isKnownBy(field.name()) && field.type().isPrimitiveType();
      if (named || (text && anyText)) {
        names.add(field.name());
        numbers.add(isNumber(field.type()));
        values.add(col(Sql.column(field.name())).cast(DataTypes.StringType));
      }
    }
    if (values.isEmpty()) {
      return Optional.empty();
    }
    UDF1<scala.collection.Seq<String>, Integer> function =
        row ->
            look(person, names, numbers, scala.collection.JavaConverters.seqAsJavaList(row))
                .ordinal();
    return Optional.of(
        new PersonRows(
            udf(function, DataTypes.IntegerType).apply(array(values.toArray(Column[]::new)))));
  }

  private static Look look(
      Person person, List<String> names, List<Boolean> numbers, List<@Nullable String> values) {
    Look worst = Look.NO;
    for (int index = 0; index < names.size(); index++) {
      Look look = person.inColumn(names.get(index), values.get(index), numbers.get(index));
      if (look == Look.YES) {
        return look;
      }
      worst = look == Look.SEALED ? look : worst;
    }
    return worst;
  }

  private static boolean isNumber(Type type) {
    return switch (type.typeId()) {
      case INTEGER, LONG, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  @Override
  public Dataset<Row> chosen(Dataset<Row> rows) {
    return rows.where(is(Look.YES));
  }

  @Override
  public Dataset<Row> others(Dataset<Row> rows) {
    return rows.where(not(is(Look.YES)));
  }

  /** Rows that may be the person's, and nobody can tell. */
  Dataset<Row> sealed(Dataset<Row> rows) {
    return rows.where(is(Look.SEALED));
  }

  private Column is(Look wanted) {
    return look.equalTo(lit(wanted.ordinal()));
  }
}
