package dev.assay.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.job.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts read without SQL come to what the SQL says of them. */
class ScalarReaderTest {
  private static final int MUTATIONS = 300;

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "0",
          "-0",
          "+0",
          "1",
          "-1",
          "+1",
          "--1",
          "+",
          "-",
          ".",
          "1.",
          ".5",
          "1.5",
          "-1.50",
          "+01.250",
          "1.500",
          "2.345",
          "12345678.90",
          "99999999.99",
          "100000000.00",
          "999999999999999999",
          "127",
          "128",
          "-128",
          "-129",
          "32767",
          "32768",
          "-32769",
          "2147483647",
          "2147483648",
          "-2147483648",
          "-2147483649",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "1e3",
          "1E-2",
          "1.5e400",
          "1e-400",
          "NaN",
          "nan",
          "Infinity",
          "-infinity",
          "inf",
          "1d",
          "1f",
          "0x10",
          "1_000",
          " 12 ",
          "\t12",
          "12\n",
          "12\r",
          "12\u00a0",
          "\u0661\u0662",
          "1,5",
          "1.234,56",
          "1.234.567,89",
          "12.34,5",
          "1234,5",
          "1234.567,5",
          "1.23",
          "1,234.5",
          "1,234,567",
          "1,23",
          ",5",
          "5,",
          "5.",
          "-1.234,5",
          "1.234,",
          "true",
          "TRUE",
          " True ",
          "false",
          "t",
          "yes",
          "Y",
          "N",
          "y",
          "1 ",
          "2026-11-21",
          "2026-02-31",
          "2024-02-29",
          "2023-02-29",
          "1900-02-29",
          "2000-02-29",
          "0000-01-01",
          "0001-01-01",
          "0002-01-01",
          "9998-12-31",
          "9999-12-31",
          "10000-01-01",
          "-2026-01-01",
          "2026-1-1",
          "2026-13-01",
          "2026-00-10",
          "2026-01-00",
          "2026-01-32",
          "2026-04-31",
          "1582-10-10",
          "2026-11-21T00:00:00",
          "2026-11-21 00:00",
          "2026-11-21T00:00:00.000",
          "2026-11-21 00:00:01",
          "2026-11-21T10:11:12",
          "2026-11-21T10:11:12Z",
          "2026-11-21 10:11:12.5",
          "2026-11-21 10:11:12.123456",
          "2026-11-21 10:11:12.1234567",
          "2026-11-21 10:11:12.",
          "2026-11-21T10:11:12.5Z",
          "2026-11-21T10:11:12+01:00",
          "2026-11-21T10:11:12 Europe/Berlin",
          "2026-11-21T24:00:00",
          "2026-11-21T23:59:60",
          "2026-11-21T10:60:00",
          "2026-03-29 02:30:00",
          "2026-10-25 02:30:00",
          "2026-03-29T02:30:00Z",
          "2011-12-30",
          "2011-12-30 12:00:00",
          "1890-01-01 00:00:00",
          "9999-12-31 10:00:00",
          "9999-12-31T00:00:00Z",
          "0001-01-01T00:00:00Z",
          "21.11.2026",
          "31.02.2026",
          "29.02.2024",
          "21.11.26",
          "1.1.2026",
          "20261121",
          "20260231",
          "21/11/2026 10:11",
          "21/11/2026 24:11",
          "2026-11-21t10:11:12",
          "2026-11-21T10:11:12z",
          "30.12.2011",
          "29.03.2026",
          "a",
          "äöü",
          "\u0000",
          "1\u0000",
          "[1]",
          "{\"a\":1}",
          "{\"a\":\"x\"}",
          "null");

  private static SparkSession spark;

  @BeforeAll
  static void openSession() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()
            .newSession();
    spark.conf().set("spark.sql.ansi.enabled", "true");
    spark.conf().set("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    spark.conf().set("spark.sql.shuffle.partitions", "1");
  }

  @AfterAll
  static void leaveNoActiveSession() {
    SparkSession.clearActiveSession();
  }

  static Stream<ColumnSpec> columns() {
    return Stream.of(
        column("tinyint", null),
        column("smallint", null),
        column("int", null),
        column("bigint", null),
        column("int", "1.234,5"),
        column("bigint", "1,234.5"),
        column("float", null),
        column("double", null),
        column("double", "1.234,56"),
        column("decimal(10,2)", null),
        column("decimal(18,0)", null),
        column("decimal(4,4)", null),
        column("decimal(38,18)", null),
        column("decimal(20,2)", null),
        column("decimal(12,2)", "1.234,56"),
        column("decimal(12,2)", "1,234.56"),
        column("decimal(12,2)", "1,5"),
        column("boolean", null),
        column("boolean", "Y/N"),
        column("boolean", "1/0"),
        column("boolean", "yes"),
        column("date", null),
        column("date", "dd.MM.yyyy"),
        column("date", "yyyyMMdd"),
        column("date", "dd.MM.yy"),
        column("date", "d.M.yyyy"),
        column("date", "yyyy-MM-dd'T'HH:mm:ss"),
        column("date", "yyyy-MM-dd HH:mm:ss"),
        column("timestamp", null),
        column("timestamp", "dd/MM/yyyy HH:mm"),
        column("timestamp", "dd.MM.yyyy"),
        column("timestamp", "yyyy-MM-dd'T'HH:mm:ss"),
        column("timestamp", "yyyy-MM-dd HH:mm:ss.SSS"),
        column("binary", null));
  }

  private static ColumnSpec column(String type, String format) {
    return new ColumnSpec("c", type, Optional.ofNullable(format), true);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void readsWhatTheSqlReads(ColumnSpec column) {
    for (String zone : List.of("UTC", "Europe/Berlin", "Pacific/Apia")) {
      ScalarReader reader = reader(column, zone);

      for (String text : hostile(column)) {
        assertThat(reader.read(UTF8String.fromString(text)))
            .as("%s in %s: '%s'", column, zone, text)
            .isEqualTo(reader.exactly(UTF8String.fromString(text)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("columns")
  void readsWhatSparkReadsWhenItRunsTheSqlItself(ColumnSpec column) {
    ScalarReader reader = reader(column, "Europe/Berlin");
    Dataset<Row> rows =
        spark
            .createDataset(TEXTS, Encoders.STRING())
            .toDF("c")
            .repartition(1)
            .selectExpr("c", new CastExpression(column).sql() + " AS v");

    for (InternalRow row : collected(rows)) {
      Object expected = row.isNullAt(1) ? null : row.get(1, reader.type());
      assertThat(reader.read(row.getUTF8String(0)))
          .as("%s: '%s'", column, row.getUTF8String(0))
          .isEqualTo(expected);
    }
  }

  private static InternalRow[] collected(Dataset<Row> rows) {
    return SparkRows.withSettings(
        spark, () -> rows.queryExecution().executedPlan().executeCollect());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bigint|42",
        "int| -7 ",
        "decimal(12,2)|1234.5",
        "decimal(38,2)|1234.5",
        "double|-1.25",
        "float|3",
        "date|2026-11-21",
        "timestamp|2026-11-21T10:11:12Z",
        "timestamp|2026-11-21 10:11:12.25",
        "timestamp|2026-11-21",
        "boolean|true"
      })
  void knowsWhatIsUsual(String example) {
    ColumnSpec column = column(example.split("\\|")[0], null);
    UTF8String text = UTF8String.fromString(example.split("\\|")[1]);

    assertThat(
            PlainTexts.of(column, reader(column, "UTC").type(), java.time.ZoneOffset.UTC)
                .read(text))
        .isNotNull();
  }

  @Test
  void knowsUsualFormats() {
    assertThat(plain(column("date", "dd.MM.yyyy"), "21.11.2026")).isEqualTo(20778);
    assertThat(plain(column("timestamp", "dd/MM/yyyy HH:mm"), "21/11/2026 10:11")).isNotNull();
    assertThat(plain(column("decimal(12,2)", "1.234,56"), "1.234,5")).isNotNull();
    assertThat(plain(column("boolean", "Y/N"), "N")).isEqualTo(false);
    assertThat(plain(column("date", "d MMM yyyy"), "21 Nov 2026")).isNull();
  }

  private static Object plain(ColumnSpec column, String text) {
    return PlainTexts.of(column, reader(column, "UTC").type(), java.time.ZoneOffset.UTC)
        .read(UTF8String.fromString(text));
  }

  private static ScalarReader reader(ColumnSpec column, String zone) {
    // expressions that are run by themselves ask the active session for its settings
    SparkSession.setActiveSession(spark);
    spark.conf().set("spark.sql.session.timeZone", zone);
    return ScalarReader.of(spark, List.of(column)).get(0);
  }

  /** The texts, and many that differ from one of them in a character or two. */
  private static List<String> hostile(ColumnSpec column) {
    Random random = new Random(column.toString().hashCode());
    String characters = "0123456789+-., :TZeE/\n\tä";
    List<String> texts = new ArrayList<>(TEXTS);
    for (int mutation = 0; mutation < MUTATIONS; mutation++) {
      StringBuilder text = new StringBuilder(TEXTS.get(random.nextInt(TEXTS.size())));
      for (int change = random.nextInt(2); change >= 0; change--) {
        int at = random.nextInt(text.length() + 1);
        char character = characters.charAt(random.nextInt(characters.length()));
        if (at < text.length() && random.nextBoolean()) {
          text.setCharAt(at, character);
        } else if (at < text.length() && random.nextInt(3) == 0) {
          text.deleteCharAt(at);
        } else {
          text.insert(at, character);
        }
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
