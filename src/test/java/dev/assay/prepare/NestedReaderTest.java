package dev.assay.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.job.ColumnSpec;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON as nested values: each as a column of its type would be read, or not at all. */
class NestedReaderTest {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.ui.enabled", "false")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "struct<firstName:string,b:int> | {\"firstName\":\"A\",\"b\":2} | [A,2]",
        "struct<firstName:string,b:int> | {\"b\":null} | [null,null]",
        "struct<a:string> | {\"a\":{\"x\":1.50,\"y\":[1e3,true]}} | [{\"x\":1.50,\"y\":[1E+3,true]}]",
        "struct<a:string> | {\"a\":1.50} | [1.50]",
        "struct<a:decimal(38,10)> | {\"a\":1234567890123456789012345678.0123456789} | [1234567890123456789012345678.0123456789]",
        "struct<a:timestamp> | {\"a\":\"2026-11-21T10:11:12.123456Z\"} | [2026-11-21 10:11:12.123456]",
        "struct<a:date,b:boolean> | {\"a\":\"2026-11-21\",\"b\":true} | [2026-11-21,true]",
        "array<struct<a:int>> | [{\"a\":1},null,{}] | WrappedArray([1], null, [null])",
        "array<array<bigint>> | [[1,2],[]] | WrappedArray(WrappedArray(1, 2), WrappedArray())",
        "map<string,decimal(5,2)> | {\"x\":1.25} | Map(x -> 1.25)",
        "map<int,string> | {\"7\":\"x\"} | Map(7 -> x)",
        "struct<a:decimal(38,20)> | {\"a\":1E-19} | [1.0E-19]",
        "STRUCT<`odd name`:INT> | {\"odd name\":1} | [1]"
      })
  void readsEveryValueExactly(String type, String json, String expected) {
    assertThat(shown(reader(type, false), json)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "array<struct<a:int>> | [{\"a\":1},{\"a\":\"x\"}]",
        "struct<a:struct<b:int>> | {\"a\":{\"b\":1,\"c\":2}}",
        "struct<firstName:string> | {\"firstname\":\"A\"}",
        "struct<a:decimal(5,2)> | {\"a\":2.345}",
        "struct<a:int> | {\"a\":1.5}",
        "struct<a:int> | {\"a\":1,\"a\":2}",
        "struct<a:int> | {\"a\":[1]}",
        "struct<a:int NOT NULL> | {}",
        "struct<a:int> | [1]",
        "struct<a:int> | {\"a\":1} {\"a\":2}",
        "struct<a:int> | {\"a\":1",
        "struct<a:date> | {\"a\":\"2026-02-30\"}",
        "struct<a:tinyint> | {\"a\":128}",
        "map<int,string> | {\"7\":\"x\",\"07\":\"y\"}",
        "map<int,string> | {\"x\":\"y\"}",
        "array<int> | hello",
        "array<int> | null"
      })
  void readsNothingOfWhatDoesNotFit(String type, String json) {
    assertThat(reader(type, false).read(UTF8String.fromString(json))).isNull();
  }

  @Test
  void leavesOutFieldsThatNobodyDeclaredWhereTheJobSaysSo() {
    assertThat(
            shown(
                reader("struct<a:array<struct<b:int>>>", true),
                "{\"z\":{\"y\":[1]},\"a\":[{\"c\":[{}],\"b\":1}]}"))
        .isEqualTo("[WrappedArray([1])]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"struct<a:integr>", "array<>", "struct<a:int"})
  void saysThatATypeIsNone(String type) {
    assertThatThrownBy(() -> reader(type, false))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("column 'c'")
        .hasMessageContaining("is not a type");
  }

  @Test
  void saysWhatCannotBeAKey() {
    assertThatThrownBy(() -> reader("map<struct<a:int>,int>", false))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("struct<a:int> inside of map");
  }

  @Test
  void saysWhatCannotBeReadInside() {
    assertThatThrownBy(() -> reader("struct<a:timestamp_ntz>", false))
        .isInstanceOf(AssayException.class)
        .hasMessageContaining("timestamp_ntz inside of struct<a:timestamp_ntz>");
  }

  private static NestedReader reader(String type, boolean extraFields) {
    return NestedReader.of(spark, new ColumnSpec("c", type, Optional.empty(), true), extraFields);
  }

  /** As rows show it, after a way through Spark. */
  private static String shown(NestedReader reader, String json) {
    Object value = reader.read(UTF8String.fromString(json));
    Object external = CatalystTypeConverters.convertToScala(value, reader.type());
    StructType schema = new StructType().add("c", reader.type());
    Row row = spark.createDataFrame(List.of(RowFactory.create(external)), schema).first();
    return String.valueOf(row.get(0));
  }
}
