package dev.assay.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cli.TestProject;
import dev.assay.keys.KeyRing;
import dev.assay.keys.files.KeyFile;
import dev.assay.model.ExitKind;
import dev.assay.model.RowCounts;
import dev.assay.pipeline.JobResult.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input gets a clear answer, loses nothing and changes nothing it should not. */
class MalformedInputIT {
  private static final String REASONS =
      "SELECT source_offset, text, concat_ws('; ', transform(reasons, r -> concat_ws(' ', r.column, r.detail))) FROM lake.quarantine.prepared_t ORDER BY source_offset";

  @TempDir Path folder;

  private TestProject csv(String columns, String settings) {
    return new TestProject(folder)
        .pipeline()
        .job(
            "t",
            """
            kind: prepare
            name: t
            inputs:
              t:
                files: ${root}/raw/*
                format: csv
                columns: %s
            %s
            output: {table: prepared.t, mode: replace}
            ruleset: none
            """
                .formatted(columns, settings.indent(4)),
            "RowCount >= 0");
  }

  private static void assertCounts(JobResult result, long read, long quarantined, long written) {
    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(result.run().orElseThrow().counts())
        .isEqualTo(new RowCounts(read, Map.of(), Map.of(), quarantined, written));
  }

  @Test
  void quarantinesRaggedRowsWithOffsetAndText() {
    TestProject project =
        csv("{id: int, name: string}", "").file("raw/a.csv", "id,name\n1,a\n2,b,x\n3\n4,d\n");

    JobResult result = project.runOne();

    assertCounts(result, 4, 2, 2);
    assertThat(project.lines(REASONS))
        .containsExactly("12|2,b,x|has 3 fields; expected 2", "18|3|has 1 fields; expected 2");
  }

  @Test
  void givesEveryReasonOfARow() {
    TestProject project =
        csv(
                "{id: {type: int, nullable: false}, born: {type: date, format: dd.MM.yyyy}, price: {type: \"decimal(5,2)\", format: \"1.234,56\"}, open: {type: boolean, format: Y/N}}",
                "")
            .file(
                "raw/a.csv",
                "id,born,price,open\n1,01.02.2020,\"1,50\",Y\n,31.02.2020,\"9.999.999,00\",X\n");

    JobResult result = project.runOne();

    assertCounts(result, 2, 1, 1);
    assertThat(project.lines("SELECT * FROM lake.prepared.t"))
        .containsExactly("1|2020-02-01|1.50|true");
    assertThat(project.lines(REASONS).get(0))
        .endsWith(
            "id has no value; born is not a date written as dd.MM.yyyy; price is not a decimal(5,2) written as 1.234,56; open is not a boolean written as Y/N");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "int          | 12          | 1.5",
        "int          | -7          | 99999999999",
        "bigint       | 9223372036854775807 | 9223372036854775808",
        "decimal(5,2) | 123.45      | 123.456",
        "decimal(5,2) | 1.10000     | 1234.5",
        "decimal(38,0)| 99999999999999999999999999999999999999 | 999999999999999999999999999999999999999",
        "double       | 1e-3        | 1,5",
        "date         | 2024-02-29  | 2023-02-29",
        "date         | 2024-01-05  | 2024-1-5",
        "date         | 9999-12-31  | 10000-01-01",
        "timestamp    | 2024-05-05T10:00:00Z | 2024-05-05 25:00:00",
        "boolean      | TRUE        | yes",
      })
  void readsWhatFitsATypeAndNothingElse(String type, String good, String bad) {
    TestProject project =
        csv("{v: \"%s\"}".formatted(type.strip()), "")
            .file("raw/a.csv", "v\n\"%s\"\n\"%s\"\n".formatted(good, bad));

    assertCounts(project.runOne(), 2, 1, 1);

    assertThat(project.lines("SELECT text FROM lake.quarantine.prepared_t"))
        .containsExactly("\"" + bad + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: \"decimal(12,2)\", format: \"1.234,56\"} | 1.234,50 | 12.50",
        "{type: \"decimal(12,2)\", format: \"1.234,56\"} | 7 | 1.2.3,4",
        "{type: double, format: \"1,234.56\"} | 12,345.6 | 12,50",
        "double | 1.5e3 | 1e400",
        "double | -0.5 | 0x1p3",
        "double | NaN | 1.5d",
      })
  void guessesNoNumberThatIsWrittenAnotherWay(String type, String good, String bad) {
    TestProject project =
        csv("{v: %s}".formatted(type.strip()), "")
            .file("raw/a.csv", "v\n\"%s\"\n\"%s\"\n".formatted(good, bad));

    assertCounts(project.runOne(), 2, 1, 1);

    assertThat(project.lines("SELECT text FROM lake.quarantine.prepared_t"))
        .containsExactly("\"" + bad + "\"");
  }

  @Test
  void quarantinesJsonFieldsWhosePartsDoNotFit() {
    TestProject project =
        json("{id: int, s: \"struct<a:int,b:string>\"}")
            .file(
                "raw/a.jsonl",
                """
                {"id":1,"s":{"a":1,"b":"x"}}
                {"id":2,"s":"hello"}
                {"id":3,"s":{"a":"none","b":"x"}}
                {"id":4,"s":{"a":2}}
                """);

    assertCounts(project.runOne(), 4, 2, 2);

    assertThat(project.lines("SELECT id, s.a, s.b FROM lake.prepared.t ORDER BY id"))
        .containsExactly("1|1|x", "4|2|null");
  }

  /** Two fields have changed places. */
  @Test
  void hidesAProtectedValueInTheWrongPlaceBehindARenameToo() {
    new KeyFile(folder.resolve("home/keys.json")).save(KeyRing.create());
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "t",
                """
                kind: prepare
                name: t
                inputs:
                  t: {files: "${root}/raw/*", format: csv, columns: {id: int, km: string, mail: string}}
                steps:
                  - rename: {km: distance}
                  - cast: {distance: int}
                  - protect: {mail: tokenise}
                output: {table: prepared.t, mode: replace}
                ruleset: none
                """,
                "RowCount >= 0")
            .file("raw/a.csv", "id,km,mail\n1,5,a@example.com\n2,bob@example.com,7\n");

    assertCounts(project.runOne(), 2, 1, 1);

    assertThat(project.lines("SELECT text FROM lake.quarantine.prepared_t").get(0))
        .contains("\"km\":\"***\"")
        .doesNotContain("bob");
  }

  @Test
  void losesNothingInsideOfJson() {
    TestProject project =
        json("{id: int, s: \"struct<firstName:string,xs:array<struct<a:int>>>\"}")
            .file(
                "raw/a.jsonl",
                """
                {"id":1,"s":{"firstName":"x","xs":[{"a":1}]}}
                {"id":2,"s":{"firstName":"x","xs":[{"a":1},{"a":"y"}]}}
                {"id":3,"s":{"firstName":"x","last":"z"}}
                """);

    assertCounts(project.runOne(), 3, 2, 1);

    assertThat(project.lines("SELECT id, s.firstName, s.xs[0].a FROM lake.prepared.t"))
        .containsExactly("1|x|1");
  }

  @Test
  void losesNothingInsideOfParquet() {
    TestProject project =
        typed("parquet", "columns: {id: int, s: \"struct<firstName:string,at:timestamp>\"}");
    project
        .spark()
        .sql(
            "SELECT 1 AS id, named_struct('firstName', 'x', 'at', timestamp'2026-11-18 10:11:12.123456') AS s")
        .write()
        .parquet(folder.resolve("raw").toString());

    assertCounts(project.runOne(), 1, 0, 1);

    assertThat(project.lines("SELECT s.firstName, s.at FROM lake.prepared.t"))
        .containsExactly("x|2026-11-18 10:11:12.123456");
  }

  @Test
  void keepsOneStrayQuoteFromSwallowingItsNeighbours() {
    TestProject project =
        csv("{id: int, name: string}", "csv: {multi-line: true}")
            .file(
                "raw/a.csv",
                "id,name\n1,\"two\nlines\"\n2,\"stray\n3,c\n4,5\" pipe\n5,\"x\"y\n6,f\n");

    JobResult result = project.runOne();

    assertThat(project.lines("SELECT id, name FROM lake.prepared.t ORDER BY id"))
        .containsExactly("1|two\nlines", "3|c", "4|5\" pipe", "6|f");
    assertThat(project.lines(REASONS))
        .containsExactly(
            "22|2,\"stray|has quotes that do not fit the format",
            "45|5,\"x\"y|has quotes that do not fit the format");
    assertCounts(result, 6, 2, 4);
  }

  @Test
  void readsEveryLineOfFreeTextWithOddQuotesWhenQuotingIsOff() {
    TestProject project =
        csv("{kind: string, text: string}", "csv: {delimiter: \"\\t\", quote: none, header: false}")
            .file("raw/a.tsv", "ham\tsay \"hi\nspam\t\"win\nham\tit\"s\n");

    assertCounts(project.runOne(), 3, 0, 3);
  }

  @Test
  void quarantinesBytesThatAreNotText() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("id,name\n1,a\n2,".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xC3);
    bytes.write(0x28);
    bytes.writeBytes("\n3,ü\n".getBytes(StandardCharsets.UTF_8));
    TestProject project = csv("{id: int, name: string}", "").file("raw/a.csv", bytes.toByteArray());

    assertCounts(project.runOne(), 3, 1, 2);

    assertThat(project.lines(REASONS)).containsExactly("12|base64:MizDKA==|is not text in UTF-8");
  }

  @Test
  void readsOtherEncodings() {
    TestProject project =
        csv("{id: int, name: string}", "csv: {encoding: ISO-8859-1}")
            .file("raw/a.csv", "id,name\n1,Größe\n".getBytes(StandardCharsets.ISO_8859_1));

    assertCounts(project.runOne(), 1, 0, 1);

    assertThat(project.lines("SELECT name FROM lake.prepared.t")).containsExactly("Größe");
  }

  @Test
  void readsAFieldOfTenMegabytes() {
    TestProject project =
        csv("{id: int, name: string}", "")
            .file("raw/a.csv", "id,name\n1,%s\n2,b\n".formatted("x".repeat(10_000_000)));

    assertCounts(project.runOne(), 2, 0, 2);

    assertThat(project.lines("SELECT max(length(name)) FROM lake.prepared.t"))
        .containsExactly("10000000");
  }

  @Test
  void takesColumnsWithOddNames() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "t",
                """
                kind: prepare
                name: t
                inputs:
                  t:
                    files: ${root}/raw/*
                    format: csv
                    columns: {"a b": int, "c.d": string, "it's": int, "größe": "decimal(5,2)", "q`u": int}
                steps:
                  - trim: ["c.d"]
                  - row-rules: {big: "`a b` < 10"}
                  - deduplicate: {keys: ["a b", "c.d"]}
                output: {table: prepared.t, mode: replace}
                ruleset: rulesets/prepared/t.dqdl
                """,
                "IsComplete \"a b\", IsUnique \"c.d\", ColumnValues \"it's\" > 0, Mean \"größe\" > 1, IsPrimaryKey \"a b\" \"c.d\", ColumnValues \"q`u\" = 5")
            .file(
                "raw/a.csv", "a b,c.d,it's,größe,q`u\n1, x ,3,4.5,5\n11,y,3,4.5,5\n1,x,3,4.5,5\n");

    JobResult result = project.runOne();

    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(result.outcomes()).allMatch(outcome -> outcome.passed());
    assertThat(project.lines("SELECT * FROM lake.prepared.t")).containsExactly("1|x|3|4.50|5");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "~~                  | the file is empty. Expected at least a header line.",
        "id;name\\n1;a       | the header has no column 'id'. The delimiter seems to be ';': set csv.delimiter.",
        "id,nmae\\n1,a       | the header has no column 'name'. The file has: id, nmae. Did you mean 'nmae'?",
        "id,id,name\\n1,1,a  | the column 'id' stands twice in the header.",
        "id,name,age\\n1,a,3 | the header has a column 'age' that is not declared. Declare it under columns, or set extra-fields: ignore.",
      })
  void namesTheFileWhoseHeaderDoesNotFit(String content, String message) {
    TestProject project =
        csv("{id: int, name: string}", "").file("raw/a.csv", content.replace("\\n", "\n"));

    JobResult result = project.runOne();

    assertThat(result.exit()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(result.message()).contains("raw/a.csv: " + message);
    assertThat(project.hasTable("prepared.t")).isFalse();
  }

  @Test
  void takesAHeaderWithoutRowsAsZeroRows() {
    TestProject project = csv("{id: int, name: string}", "").file("raw/a.csv", "id,name\n");

    assertCounts(project.runOne(), 0, 0, 0);
  }

  @Test
  void quarantinesJsonThatIsNotAnObjectOrNotJson() {
    TestProject project =
        json("{id: {type: int, nullable: false}, name: string}")
            .file(
                "raw/a.jsonl",
                """
                {"id":1,"name":"a"}
                [1]
                {"id":2
                {"name":"b"}
                {"id":3,"name":"c","extra":true}
                {"id":4,"id":5}
                {"id":6,"name":{"first":"x"}}

                {"id":7,"name":null}
                """);

    JobResult result = project.runOne();

    assertCounts(result, 8, 5, 3);
    assertThat(project.lines("SELECT id, name FROM lake.prepared.t ORDER BY id"))
        .containsExactly("1|a", "6|{\"first\":\"x\"}", "7|null");
    assertThat(project.lines(REASONS))
        .containsExactly(
            "20|[1]|is not a JSON object",
            "24|{\"id\":2|is not JSON at character 8",
            "32|{\"name\":\"b\"}|id is missing",
            "45|{\"id\":3,\"name\":\"c\",\"extra\":true}|has 1 field(s) that are not declared",
            "78|{\"id\":4,\"id\":5}|is not JSON at character 13");
  }

  @Test
  void namesAGzipFileThatBreaksOff() throws IOException {
    TestProject project =
        json("{id: int}").file("raw/a.jsonl.gz", truncated(gzip("{\"id\":1}\n".repeat(5_000))));

    JobResult result = project.runOne();

    assertThat(result.exit()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(result.message())
        .contains("raw/a.jsonl.gz: the file breaks off or is damaged")
        .endsWith(
            "Ask its producer for a new one; a job goes on without it with on-corrupt-file: set-aside.");
    assertThat(project.hasTable("prepared.t")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"avro", "parquet"})
  void namesADamagedFileOrSetsItAside(String format) throws IOException {
    TestProject project = typed(format, "");
    project
        .spark()
        .range(0, 5_000)
        .selectExpr("id", "uuid() AS name")
        .repartition(2)
        .write()
        .format(format)
        .save(folder.resolve("made").toString());
    Path[] made = parts(folder.resolve("made"), format);
    project.file("raw/good." + format, Files.readAllBytes(made[0]));
    project.file("raw/bad." + format, truncated(Files.readAllBytes(made[1])));

    JobResult failed = project.runOne();

    assertThat(failed.exit()).as(failed.message()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(failed.message()).contains("raw/bad." + format + ": the file breaks off");

    JobResult aside = typed(format, "on-corrupt-file: set-aside").runOne();

    assertCounts(aside, 2_500, 0, 2_500);
    assertThat(aside.quarantine().get(0).detail()).contains("raw/bad." + format);
  }

  @Test
  void failsTheRunWhenAFileOfATypedFormatIsEmpty() {
    TestProject project = typed("parquet", "").file("raw/a.parquet", new byte[0]);

    JobResult result = project.runOne();

    assertThat(result.exit()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(result.message())
        .contains("raw/a.parquet: the file is empty. Expected a file in format parquet.");
  }

  @Test
  void countsWhereEveryRowWent() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "t",
                """
                kind: prepare
                name: t
                inputs:
                  t:
                    files: ${root}/raw/*
                    format: csv
                    columns: {id: int, kind: string, n: int}
                steps:
                  - filter: kind = 'keep'
                  - deduplicate: {keys: [id], order: [n desc]}
                  - derive: {half: n / 2}
                  - row-rules: {positive: n > 0, small: n < 100}
                output: {table: prepared.t, mode: replace}
                ruleset: none
                """,
                "RowCount >= 0")
            .file(
                "raw/a.csv",
                "id,kind,n\n1,keep,1\n1,keep,5\n2,drop,1\n,keep,7\n,keep,7\n3,keep,x\n4,drop,x\n5,keep,-1\n6,keep,500\n");

    JobResult result = project.runOne();

    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(result.run().orElseThrow().counts())
        .isEqualTo(new RowCounts(9, Map.of("filter 1", 1L), Map.of("duplicate 2", 1L), 4, 3));
    assertThat(project.lines("SELECT id, n, half FROM lake.prepared.t ORDER BY id NULLS LAST"))
        .containsExactly("1|5|2.5", "null|7|3.5", "null|7|3.5");
  }

  @Test
  void losesNoLineOfEmptyValues() {
    TestProject project =
        csv("{a: string, b: string}", "csv: {delimiter: tab, header: false}")
            .file("raw/a.tsv", "1\tx\n\t\n\n2\ty\n");

    assertCounts(project.runOne(), 3, 0, 3);

    assertThat(project.lines("SELECT * FROM lake.prepared.t ORDER BY a"))
        .containsExactly("null|null", "1|x", "2|y");
  }

  @Test
  void readsAFileOnceThatSeveralGlobsMean() {
    TestProject project =
        typed(
                "csv",
                """
                columns: {id: int}
                """)
            .file("raw/a.csv", "id\n1\n");
    project.file(
        "jobs/p/t.yaml",
        read(project, "jobs/p/t.yaml")
            .replace("${root}/raw/*", "[\"${root}/raw/*\", \"${root}/raw/a.csv\"]"));

    assertCounts(project.runOne(), 1, 0, 1);
  }

  @Test
  void aFileWithoutAByteIsAnError() {
    JobResult result = json("{id: int}").file("raw/a.jsonl", "").runOne();

    assertThat(result.exit()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(result.message())
        .contains("raw/a.jsonl: the file is empty. Expected a file in format json.");
  }

  @Test
  void noRowsReplaceThoseOfATableOnlyWhereTheJobSaysSo() {
    TestProject project = csv("{id: int, name: string}", "").file("raw/a.csv", "id,name\n1,a\n");
    assertCounts(project.runOne(), 1, 0, 1);

    project.file("raw/a.csv", "id,name\n");
    JobResult held = project.runOne();

    assertThat(held.ending()).isEqualTo(Ending.HELD);
    assertThat(held.run().orElseThrow().gateReasons().get(0))
        .startsWith("The run made no rows, and mode replace would take away all");
    assertThat(project.lines("SELECT * FROM lake.prepared.t")).containsExactly("1|a");

    project.file("jobs/p/t.yaml", read(project, "jobs/p/t.yaml") + "gate: {empty: pass}\n");
    assertCounts(project.runOne(), 0, 0, 0);
    assertThat(project.lines("SELECT * FROM lake.prepared.t")).isEmpty();
    assertThat(project.runOne().ending()).isEqualTo(Ending.UNCHANGED);
  }

  @Test
  void triesAFileAgainThatWasSetAside() throws IOException {
    TestProject project =
        typed("json", "columns: {id: int}\non-corrupt-file: set-aside")
            .file("raw/a.jsonl", "{\"id\":1}\n")
            .file("raw/b.jsonl.gz", truncated(gzip("{\"id\":2}\n".repeat(5_000))));

    JobResult first = project.runOne();
    JobResult second = project.runOne();
    project.file("raw/b.jsonl.gz", gzip("{\"id\":2}\n"));
    JobResult repaired = project.runOne();

    assertCounts(first, 1, 0, 1);
    assertThat(first.run().orElseThrow().inputs()).hasSize(1);
    assertThat(second.ending()).as("still damaged").isEqualTo(Ending.UNCHANGED);
    assertCounts(repaired, 2, 0, 2);
  }

  @Test
  void takesARepairedFileInAsANewOne() throws IOException {
    TestProject project =
        typed("json", "columns: {id: int}\non-corrupt-file: set-aside\nread: new-files");
    project.file("jobs/p/t.yaml", read(project, "jobs/p/t.yaml").replace("replace", "append"));
    project
        .file("raw/a.jsonl", "{\"id\":1}\n")
        .file("raw/b.jsonl.gz", truncated(gzip("{\"id\":2}\n".repeat(5_000))));

    assertCounts(project.runOne(), 1, 0, 1);
    JobResult still = project.runOne();
    project.file("raw/b.jsonl.gz", gzip("{\"id\":2}\n"));
    assertCounts(project.runOne(), 1, 0, 1);

    assertThat(still.exit()).as("nothing else is new").isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(still.message()).contains("raw/b.jsonl.gz");
    assertThat(project.lines("SELECT id FROM lake.prepared.t ORDER BY id"))
        .containsExactly("1", "2");
  }

  @Test
  void aMappingServesSourcesThatNameAFieldDifferently() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .file("jobs/p/names/cars.yaml", "FIN: vin\nvehicle_id: vin\nkm: distance\n");
    for (String spelling : new String[] {"FIN", "vehicle_id"}) {
      String name = spelling.toLowerCase(java.util.Locale.ROOT);
      project
          .file("raw/%s.csv".formatted(name), "%s,km\nV1,7\n".formatted(spelling))
          .job(
              name,
              """
              kind: prepare
              name: %1$s
              inputs:
                t: {files: "${root}/raw/%1$s.csv", format: csv, columns: {%2$s: string, km: int}}
              steps:
                - rename-by: names/cars.yaml
              output: {table: prepared.%1$s, mode: replace}
              ruleset: none
              """
                  .formatted(name, spelling),
              "RowCount > 0");
    }

    assertThat(project.run()).allMatch(result -> result.ending() == Ending.PUBLISHED);
    for (String table : new String[] {"fin", "vehicle_id"}) {
      assertThat(project.lines("SELECT vin, distance FROM lake.prepared." + table))
          .containsExactly("V1|7");
    }
  }

  @ParameterizedTest
  @CsvSource({"avro", "parquet"})
  void losesNoColumnThatOnlySomeFilesHave(String format) throws IOException {
    TestProject project = typed(format, "");
    file(project, format, "raw/a", "id", "'x' AS name");
    file(project, format, "raw/b", "id", "'x' AS name");
    file(project, format, "raw/c", "id", "'x' AS name", "1 AS extra");

    JobResult extra = project.runOne();
    file(project, format, "raw/c", "id");
    JobResult missing = project.runOne();

    assertThat(extra.exit()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(extra.message())
        .contains("raw/c." + format + ": the file has a column 'extra' that");
    assertThat(missing.exit()).isEqualTo(ExitKind.INPUT_MISSING);
    assertThat(missing.message())
        .contains("raw/c." + format + ": the file has no column 'name', which is string in");

    JobResult aside = typed(format, "on-corrupt-file: set-aside").runOne();
    assertCounts(aside, 20, 0, 20);
    assertThat(aside.quarantine().get(0).detail()).contains("raw/c." + format);
  }

  @ParameterizedTest
  @CsvSource({"avro", "parquet"})
  void readsFilesOfSeveralTypesAsTheDeclaredOnesAndNumbersTheirRecords(String format)
      throws IOException {
    TestProject project =
        typed(
            format,
            "columns: {id: {type: int, nullable: false}, price: \"decimal(5,2)\", tags: \"array<int>\"}\nextra-fields: ignore");
    file(project, format, "raw/a", "id", "id / 4 AS price", "array(1, 2) AS tags", "1 AS more");
    file(
        project,
        format,
        "raw/b",
        "CASE WHEN id = 7 THEN 'x' ELSE CAST(id AS STRING) END AS id",
        "1.5 AS price");

    JobResult result = project.runOne();

    assertCounts(result, 20, 1, 19);
    assertThat(
            project.lines(
                "SELECT id, price, tags FROM lake.prepared.t WHERE id = 3 ORDER BY price"))
        .hasSize(2)
        .first()
        .asString()
        .startsWith("3|0.75|")
        .contains("1, 2");
    assertThat(
            project.lines(
                "SELECT source_offset, text, reasons[0].detail FROM lake.quarantine.prepared_t"))
        .containsExactly("7|{\"id\":\"x\",\"price\":1.5}|is not an int");
  }

  /** A file of ten rows. */
  private void file(TestProject project, String format, String name, String... columns)
      throws IOException {
    Path made = folder.resolve("made-" + System.nanoTime());
    project
        .spark()
        .range(0, 10, 1, 1)
        .selectExpr(columns)
        .write()
        .format(format)
        .save(made.toString());
    project.file(name + "." + format, Files.readAllBytes(parts(made, format)[0]));
  }

  private static String read(TestProject project, String file) {
    try {
      return Files.readString(project.root().resolve(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private TestProject json(String columns) {
    return new TestProject(folder)
        .pipeline()
        .job(
            "t",
            """
            kind: prepare
            name: t
            inputs:
              t: {files: "${root}/raw/*", format: json, columns: %s}
            output: {table: prepared.t, mode: replace}
            ruleset: none
            """
                .formatted(columns),
            "RowCount >= 0");
  }

  private TestProject typed(String format, String settings) {
    return new TestProject(folder)
        .pipeline()
        .job(
            "t",
            """
            kind: prepare
            name: t
            inputs:
              t:
                files: ${root}/raw/*
                format: %s
            %s
            output: {table: prepared.t, mode: replace}
            ruleset: none
            """
                .formatted(format, settings.indent(4)),
            "RowCount >= 0");
  }

  private static Path[] parts(Path made, String format) throws IOException {
    try (Stream<Path> files = Files.list(made)) {
      return files
          .filter(file -> file.toString().endsWith("." + format))
          .sorted()
          .toArray(Path[]::new);
    }
  }

  private static byte[] truncated(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length * 3 / 5);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void quarantinesRowsThatTheSqlOfAStepFailsFor() {
    TestProject project =
        new TestProject(folder)
            .pipeline()
            .job(
                "t",
                """
                kind: prepare
                name: t
                inputs:
                  t:
                    files: ${root}/raw/*
                    format: csv
                    columns: {id: int, a: int, b: int, code: string}
                steps:
                  - derive: {share: a div b, twice: share * 2, number: CAST(code AS INT), b: b + 1}
                  - derive: {most: (SELECT max(id) FROM range(8))}
                  - filter: CAST(substr(code, 1, 1) AS INT) < 9
                  - row-rules:
                      small: a < 50
                      month: month(CAST(concat('2026-', number, '-01') AS DATE)) > 0
                  - deduplicate: {keys: [a], order: ["CAST(substr(code, 2, 1) AS INT) DESC NULLS LAST", id]}
                output: {table: prepared.t, mode: replace}
                ruleset: none
                gate: {maximum-quarantine: 80}
                """,
                "RowCount >= 0")
            .file(
                "raw/a.csv",
                "id,a,b,code\n"
                    + "1,10,5,12\n2,10,0,12\n3,10,5,x1\n4,10,0,x2\n5,10,5,12\n6,2147483647,2147483647,11\n7,99,5,77\n8,11,5,91\n9,12,5,1\n");

    JobResult result = project.runOne();

    assertThat(result.ending()).as(result.message()).isEqualTo(Ending.PUBLISHED);
    assertThat(result.run().orElseThrow().counts())
        .isEqualTo(new RowCounts(9, Map.of("filter 3", 1L), Map.of("duplicate 5", 1L), 6, 1));
    assertThat(project.lines("SELECT id, share, twice, number, b, most FROM lake.prepared.t"))
        .containsExactly("1|2|4|12|6|7");
    assertThat(project.lines(REASONS.replace("source_offset, text", "split(text, ',')[0]")))
        .containsExactly(
            "2|share step 1, derive: DIVIDE_BY_ZERO",
            "3|number step 1, derive: CAST_INVALID_INPUT",
            "4|share step 1, derive: DIVIDE_BY_ZERO; number step 1, derive: CAST_INVALID_INPUT",
            "6|b step 1, derive: ARITHMETIC_OVERFLOW",
            "7|small; step 4, row rule 'month': CAST_INVALID_INPUT",
            "9|step 5, deduplicate order 1: CAST_INVALID_INPUT");
    assertThat(result.quarantine())
        .filteredOn(count -> count.kind().equals("NOT_COMPUTABLE"))
        .extracting(count -> count.column().orElse("") + " " + count.rows())
        .containsExactlyInAnyOrder(" 1", " 1", "b 1", "number 2", "share 2");
  }
}
