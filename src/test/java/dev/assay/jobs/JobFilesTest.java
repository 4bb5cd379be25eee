package dev.assay.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RowRule;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.model.job.ColumnSpec;
import dev.assay.model.job.GatePolicy;
import dev.assay.model.job.Input;
import dev.assay.model.job.Job;
import dev.assay.model.job.JobKind;
import dev.assay.model.job.Output;
import dev.assay.model.job.Pipeline;
import dev.assay.model.job.Protection;
import dev.assay.model.job.Publish;
import dev.assay.model.job.Schedule;
import dev.assay.model.job.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobFilesTest {
  private static final Clock LATE_EVENING =
      Clock.fixed(Instant.parse("2026-03-01T23:30:00Z"), ZoneOffset.UTC);

  private static final String PREPARE =
      """
      kind: prepare
      name: trips
      description: As reported.
      inputs:
        trips: raw.trips
      steps:
        - filter: a > 1
      output:
        table: prepared.trips
        mode: replace
      ruleset: none
      gate:
        minimum-score: 80
      """;

  @TempDir private Path project;
  private Path folder = Path.of("");

  @BeforeEach
  void createsAPipelineWithoutJobs() throws IOException {
    folder = Files.createDirectories(project.resolve("jobs/demo"));
    write("jobs/demo/pipeline.yaml", "name: demo\nowner: me@example.com\n");
  }

  @Test
  void readsEveryKeyOfAPipeline() {
    write(
        "jobs/demo/pipeline.yaml",
        """
        name: demo
        description: Everything.
        schedule: "0 4 * * *"
        zone: Europe/Berlin
        owner: me@example.com
        domain: cars
        tags: [one, two]
        variables:
          raw: /data
          depth: ${given}/deep
        """);

    JobFiles.Loaded loaded =
        new JobFiles(LATE_EVENING, Map.of("given", "far"), Optional.empty()).load(folder);

    assertThat(loaded.pipeline())
        .isEqualTo(
            new Pipeline(
                "demo",
                "Everything.",
                folder,
                Optional.of(Schedule.parse("0 4 * * *", ZoneId.of("Europe/Berlin"))),
                ZoneId.of("Europe/Berlin"),
                "me@example.com",
                "cars",
                List.of("one", "two"),
                Map.of("raw", "/data", "depth", "far/deep"),
                List.of()));
    assertThat(loaded.chosen()).isEmpty();
  }

  @Test
  void readsAPrepareJobThatSetsEveryKey() {
    write("rulesets/trips.dqdl", "Rules = [ RowCount > 0 ]");
    write("jobs/demo/names/trips.yaml", "id: first\nC_2: second\n");
    write(
        "jobs/demo/trips.yaml",
        """
        kind: prepare
        name: trips
        description: Trips.
        inputs:
          log:
            files: [a/*.csv, "b/${date}.csv"]
            format: csv
            csv:
              delimiter: tab
              quote: none
              escape: '\\'
              header: false
              encoding: ISO-8859-1
              multi-line: true
              null-text: "-"
            columns:
              id: bigint
              price: {type: "DECIMAL(10,2)", format: "1.234,56", nullable: false}
              day: string
              name: string
              phone: string
              mail: string
              note: string
              junk: string
              seen: string
            extra-fields: ignore
            on-missing: skip
            on-corrupt-file: set-aside
        references:
          cars: prepared.cars
        steps:
          - rename: {price: cost}
          - rename-by: names/trips.yaml
          - cast: {day: {type: date, format: dd.MM.yyyy}}
          - trim: [name]
          - normalise: {name: single-spaces, phone: digits}
          - derive: {total: price * 2}
          - drop: [junk]
          - filter: price > 0
          - deduplicate: {keys: [first], order: [seen desc]}
          - protect: {name: tokenise, mail: encrypt, phone: mask, note: drop}
          - row-rules: {priced: price IS NOT NULL}
        output:
          table: prepared.trips
          mode: merge
          keys: [first]
          deletes: op = 'D'
          partition: [days(seen)]
          sort: [first]
          properties: {write.format.default: parquet}
          comments: {id: The number}
          description: All trips.
          owner: me@example.com
          drift: after-review
        ruleset: rulesets/trips.dqdl
        gate:
          minimum-score: 80.5
          minimum-coverage: 90
          must-pass: {severity: blocker}
          unanswered: ignore
          first-publish: review
          on-bad-rule: unanswered
          scope: batch
          maximum-quarantine: 2
          empty: pass
        publish: {classification: confidential, personal-data: [name, mail], refresh: daily, terms: [Trip], statistics: [first]}
        """);

    Job job = onlyJob();

    assertThat(job)
        .isEqualTo(
            new Job(
                "demo",
                "",
                JobKind.PREPARE,
                "trips",
                "Trips.",
                folder.resolve("trips.yaml"),
                Map.of(
                    "log",
                    new Input.Files(
                        List.of("a/*.csv", "b/2026-02-28.csv"),
                        Input.Format.CSV,
                        new Input.CsvOptions(
                            '\t',
                            Optional.empty(),
                            Optional.of('\\'),
                            false,
                            "ISO-8859-1",
                            true,
                            "-"),
                        List.of(
                            new ColumnSpec("id", "bigint", Optional.empty(), true),
                            new ColumnSpec(
                                "price", "decimal(10,2)", Optional.of("1.234,56"), false),
                            text("day"),
                            text("name"),
                            text("phone"),
                            text("mail"),
                            text("note"),
                            text("junk"),
                            text("seen")),
                        Input.ExtraFields.IGNORE,
                        Input.OnMissing.SKIP,
                        Input.OnCorruptFile.SET_ASIDE,
                        Input.Files.Read.ALL)),
                Map.of("cars", TableName.parse("prepared.cars")),
                List.of(
                    new Step.Rename(Map.of("price", "cost")),
                    new Step.RenameBy(Map.of("id", "first", "C_2", "second")),
                    new Step.Cast(
                        List.of(new ColumnSpec("day", "date", Optional.of("dd.MM.yyyy"), true))),
                    new Step.Trim(List.of("name")),
                    new Step.Normalise(
                        Map.of(
                            "name",
                            Step.Normalise.Form.SINGLE_SPACES,
                            "phone",
                            Step.Normalise.Form.DIGITS)),
                    new Step.Derive(Map.of("total", "price * 2")),
                    new Step.Drop(List.of("junk")),
                    new Step.Filter("price > 0"),
                    new Step.Deduplicate(List.of("first"), List.of("seen desc")),
                    new Step.Protect(
                        Map.of(
                            "name", Protection.TOKENISE,
                            "mail", Protection.ENCRYPT,
                            "phone", Protection.MASK,
                            "note", Protection.DROP)),
                    new Step.RowRules(List.of(new RowRule("priced", "price IS NOT NULL")))),
                Optional.empty(),
                Optional.empty(),
                new Output(
                    TableName.parse("prepared.trips"),
                    Output.Mode.MERGE,
                    List.of("first"),
                    Optional.of("op = 'D'"),
                    List.of("days(seen)"),
                    List.of("first"),
                    Map.of("write.format.default", "parquet"),
                    Map.of("id", "The number"),
                    Optional.of("All trips."),
                    Optional.of("me@example.com"),
                    Output.Drift.AFTER_REVIEW),
                Optional.of(project.toAbsolutePath().normalize().resolve("rulesets/trips.dqdl")),
                new GatePolicy(
                    Optional.of(new BigDecimal("80.5")),
                    BigDecimal.valueOf(90),
                    Map.of("severity", "blocker"),
                    GatePolicy.Unanswered.IGNORE,
                    GatePolicy.FirstPublish.REVIEW,
                    GatePolicy.OnBadRule.UNANSWERED,
                    ScoreScope.BATCH,
                    Optional.of(BigDecimal.valueOf(2)),
                    GatePolicy.Empty.PASS),
                new Publish(
                    Optional.of(Publish.Classification.CONFIDENTIAL),
                    List.of("name", "mail"),
                    Optional.of("daily"),
                    List.of("Trip"),
                    List.of("first")),
                true,
                job.contentFingerprint(),
                job.fingerprint()));
    assertThat(((Input.Files) job.inputs().get("log")).columns())
        .extracting(ColumnSpec::name)
        .startsWith("id", "price", "day");
  }

  private static ColumnSpec text(String name) {
    return new ColumnSpec(name, "string", Optional.empty(), true);
  }

  @Test
  void readsABuildJobThatSetsEveryKey() {
    write(
        "jobs/demo/usage.yaml",
        """
        kind: build
        name: usage
        inputs:
          trips: {table: prepared.trips, snapshot: 42, read: latest, on-missing: skip}
          cars: prepared.cars
        sql: SELECT * FROM trips JOIN cars
        output: {table: semantic.usage, mode: overwrite-partitions, partition: [day]}
        ruleset: none
        """);

    Job job = onlyJob();

    assertThat(job)
        .isEqualTo(
            new Job(
                "demo",
                "",
                JobKind.BUILD,
                "usage",
                "",
                folder.resolve("usage.yaml"),
                Map.of(
                    "trips",
                    new Input.Table(
                        TableName.parse("prepared.trips"),
                        Optional.of(42L),
                        Input.Table.Read.LATEST,
                        Input.Table.OnRewrite.FAIL,
                        Input.OnMissing.SKIP),
                    "cars",
                    new Input.Table(
                        TableName.parse("prepared.cars"),
                        Optional.empty(),
                        Input.Table.Read.LATEST,
                        Input.Table.OnRewrite.FAIL,
                        Input.OnMissing.FAIL)),
                Map.of(),
                List.of(),
                Optional.of("SELECT * FROM trips JOIN cars"),
                Optional.empty(),
                new Output(
                    TableName.parse("semantic.usage"),
                    Output.Mode.OVERWRITE_PARTITIONS,
                    List.of(),
                    Optional.empty(),
                    List.of("day"),
                    List.of(),
                    Map.of(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Output.Drift.FAIL),
                Optional.empty(),
                GatePolicy.DEFAULT,
                Publish.NOTHING,
                false,
                job.contentFingerprint(),
                job.fingerprint()));
    assertThat(job.inputs().keySet()).containsExactly("trips", "cars");
  }

  @Test
  void whatAJobLeavesOutHasItsUsualValue() {
    write(
        "jobs/demo/a.yaml",
        """
        kind: prepare
        name: a
        inputs:
          files: {files: a.csv, format: csv, columns: {id: int}}
        output: {table: prepared.a, mode: replace}
        ruleset: none
        """);

    Job job = onlyJob();

    assertThat(job.gate())
        .isEqualTo(
            new GatePolicy(
                Optional.empty(),
                BigDecimal.valueOf(100),
                Map.of(),
                GatePolicy.Unanswered.HOLD,
                GatePolicy.FirstPublish.PASS,
                GatePolicy.OnBadRule.REFUSE,
                ScoreScope.TABLE,
                Optional.empty(),
                GatePolicy.Empty.HOLD));
    assertThat(job.inputs().get("files"))
        .isEqualTo(
            new Input.Files(
                List.of("a.csv"),
                Input.Format.CSV,
                new Input.CsvOptions(
                    ',', Optional.of('"'), Optional.empty(), true, "UTF-8", false, ""),
                List.of(new ColumnSpec("id", "int", Optional.empty(), true)),
                Input.ExtraFields.QUARANTINE,
                Input.OnMissing.FAIL,
                Input.OnCorruptFile.FAIL,
                Input.Files.Read.ALL));
  }

  @Test
  void aJobIsDatedThroughAVariableOfItsPipeline() {
    write(
        "jobs/demo/pipeline.yaml",
        """
        name: demo
        owner: me@example.com
        variables: {day: "${date}", fixed: x}
        """);
    String job =
        """
        kind: prepare
        name: a
        inputs:
          files: {files: "raw/%s/*.csv", format: csv, columns: {id: int}}
        output: {table: prepared.a, mode: replace}
        ruleset: none
        """;

    write("jobs/demo/a.yaml", job.formatted("${day}"));
    Job dated = onlyJob();
    write("jobs/demo/a.yaml", job.formatted("${fixed}"));
    Job undated = onlyJob();
    write("jobs/demo/a.yaml", job.formatted("${day}"));
    Job given = files(Map.of("day", "2026-01-01")).load(folder).chosen().get(0);

    assertThat(dated.dated()).isTrue();
    assertThat(undated.dated()).isFalse();
    assertThat(given.dated()).as("a value from the command line").isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rename: {vim: v}       | 7:5: there is no column 'vim' at this point. Did you mean 'vin'?",
        "rename: {vin: ID}      | 7:5: the columns 'id' and 'vin' would have the same name. Drop all but one of them first, or leave one out of the renaming.",
        "rename-by: other.yaml  | 7:5: none of the 1 columns that the mapping renames is here. The columns here are: id, vin.",
        "rename-by: both.yaml   | 7:5: the columns 'id' and 'vin' would have the same name. Drop all but one of them first, or leave one out of the renaming.",
      })
  void refusesNewNamesThatDeclaredColumnsCannotHave(String step, String message) {
    write("jobs/demo/names/other.yaml", "x: y\n");
    write("jobs/demo/names/both.yaml", "id: car\nvin: car\n");
    write(
        "jobs/demo/trips.yaml",
        """
        kind: prepare
        name: trips
        inputs:
          trips: {files: a, format: csv, columns: {id: int, vin: string}}

        steps:
          - %s
        output: {table: prepared.trips, mode: replace}
        ruleset: none
        """
            .formatted(step.replace("rename-by: ", "rename-by: names/")));

    assertThatThrownBy(() -> files(Map.of()).load(folder))
        .isInstanceOf(InvalidJobException.class)
        .hasMessageEndingWith("trips.yaml:" + message);
  }

  @Test
  void aMappingServesJobsThatSpellAFieldDifferently() {
    write("jobs/demo/names/cars.yaml", "FIN: vin\nvehicle_id: vin\n");
    for (String spelling : List.of("FIN", "vehicle_id")) {
      write(
          "jobs/demo/%s.yaml".formatted(spelling),
          """
          kind: prepare
          name: %1$s
          inputs:
            cars: {files: a, format: csv, columns: {%2$s: string}}
          steps:
            - rename-by: names/cars.yaml
            - rename: {vin: car}
          output: {table: prepared.%1$s, mode: replace}
          ruleset: none
          """
              .formatted(spelling.toLowerCase(java.util.Locale.ROOT), spelling));
    }

    assertThat(files(Map.of()).load(folder).chosen()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: trips | nmae: trips | 2:1: unknown key 'nmae'. Did you mean 'name'?",
        "mode: replace | mode: replace\\n  key: [a] | 11:3: unknown key 'key' in 'output'. Did you"
            + " mean 'keys'?",
        "minimum-score | minimal-score | 13:3: unknown key 'minimal-score' in 'gate'. Did you mean"
            + " 'minimum-score'?",
        "- filter: | - filtr: | 7:5: unknown key 'filtr' in 'steps'. Did you mean 'filter'?",
        "kind: prepare | kind: prepair | 1:7: 'kind' is 'prepair'. Did you mean 'prepare'?",
        "kind: prepare | kind: build | 1:1: key 'sql' is missing. Add it.",
        "name: trips | sql: SELECT 1 | 2:6: a prepare job has no sql. Use steps, or kind: build.",
        "ruleset: none | | 1:1: key 'ruleset' is missing. Add it.",
        "mode: replace | mode: merge | 9:3: key 'keys' is missing in 'output'. Add it.",
        "mode: replace | mode: [replace] | 10:9: 'output.mode' is a list. Expected text.",
        "name: trips | name: Trips | 2:7: 'name': 'Trips' is not a name: expected lower-case"
            + " letters, digits and underscores.",
        "prepared.trips | raw.trips | 9:10: 'output.table': 'raw.trips' is not in layer prepared or"
            + " semantic; nothing else is written by a job.",
        "score: 80 | score: many | 13:18: 'gate.minimum-score' is 'many'. Expected a number.",
        "score: 80 | score: 101 | 13:18: 101 is not a percentage. Expected 0 to 100.",
        "score: 80 | score: -1 | 13:18: -1 is not a percentage. Expected 0 to 100.",
        "ruleset: none | ruleset: rulesets/none.dqdl | 11:10: there is no ruleset"
            + " 'rulesets/none.dqdl'. Paths start at the folder that holds jobs/; write none for a"
            + " table without rules.",
        "trips: raw.trips | trips: raw.trips\\n  cars: raw.cars | 5:3: a prepare job has 2 inputs."
            + " Expected one; joins belong into a build job.",
        "- filter: a > 1 | - filter: a > 1\\n    trim: [b] | 7:5: a step has 2 keys. Expected one"
            + " key per step: put a dash before each.",
        "filter: a > 1 | rename-by: names/x.yaml | 7:16: there is no file"
            + " '<folder>/names/x.yaml'. Paths start at the pipeline folder.",
        "filter: a > 1 | cast: {a: integr} | 7:15: 'steps.cast.a': 'integr' is not a type. Expected"
            + " one of: string, boolean, tinyint, smallint, int, bigint, float, double, date,"
            + " timestamp, binary. Decimals are written decimal(10,2).",
        "raw.trips | {read: latest} | 5:10: the input has neither 'files' nor 'table'. Add one of"
            + " them.",
        "raw.trips | {files: a, format: csv} | 5:10: key 'columns' is missing in 'inputs.trips'."
            + " Add it.",
        "raw.trips | {files: a, format: avro, csv: {header: true}} | 5:40: csv settings do not go"
            + " with this format. Take them out.",
        "raw.trips | {files: a, format: csv, columns: {a: int}, csv: {delimiter: ab}} | 5:70:"
            + " 'inputs.trips.csv.delimiter': 'ab' is not one character; for a tab write \"\\t\".",
        "raw.trips | {files: a, format: csv, columns: {a: int}, csv: {encoding: UTF-16}} | 5:69:"
            + " 'inputs.trips.csv.encoding': 'UTF-16' does not write ASCII as itself, and records"
            + " are told apart by line ends of one byte. Supported are encodings that do, such as"
            + " UTF-8, ISO-8859-1, windows-1252, Shift_JIS or GB18030; have the file converted, for"
            + " example with iconv -f UTF-16 -t UTF-8.",
        "raw.trips | ${row}.trips | 5:10: variable ${row} is not defined. Did you mean ${raw}?"
      })
  void tellsTheAuthorWhereWhatAndWhatToDo(String right, String wrong, String message) {
    String text = PREPARE.replace(right, wrong == null ? "" : wrong.replace("\\n", "\n"));
    if (wrong == null) {
      // the key alone goes, with its line
      text = text.replace("\n\n", "\n");
    }
    write("jobs/demo/trips.yaml", text);

    assertThatThrownBy(() -> files(Map.of("raw", "x")).load(folder))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage(
            "%s:%s"
                .formatted(
                    folder.resolve("trips.yaml"), message.replace("<folder>", folder.toString())));
  }

  @Test
  void aPipelineFileIsHeldToItsKeysToo() {
    write("jobs/demo/pipeline.yaml", "name: demo\nowner: me\nzones: UTC\n");
    assertInvalid("3:1: unknown key 'zones'. Did you mean 'zone'?");

    write("jobs/demo/pipeline.yaml", "name: demo\n");
    assertInvalid("1:1: key 'owner' is missing. Add it.");

    write("jobs/demo/pipeline.yaml", "name: demo\nowner: me\nzone: Europe/Berlim\n");
    assertInvalid("3:7: 'zone': Unknown time-zone ID: Europe/Berlim.");

    write("jobs/demo/pipeline.yaml", "name: demo\nname: again\nowner: me\n");
    assertInvalid("2:1: key 'name' stands twice. Keep one of them.");

    write("jobs/demo/pipeline.yaml", "");
    assertInvalid("1:1: the file is empty. Expected keys.");
  }

  @Test
  void aFileInAnotherEncodingIsRefused() throws IOException {
    Files.write(
        folder.resolve("pipeline.yaml"), "name: größe".getBytes(StandardCharsets.ISO_8859_1));

    assertInvalid("1:1: the file is not UTF-8. Save it as UTF-8.");
  }

  @Test
  void aPathWithoutPipelineIsRefused() {
    Path nowhere = project.resolve("jobs/nowhere");

    assertWrongFiles(
        nowhere,
        nowhere + ": there is no such file or folder. Expected a pipeline folder or a job file.");
    assertWrongFiles(
        project.resolve("jobs"),
        project.resolve("jobs")
            + ": there is no pipeline.yaml. Expected one beside the job files.");
  }

  @Test
  void twoJobsMustNotWriteOneTable() {
    write("jobs/demo/a.yaml", build("a", "prepared.x", "semantic.same"));
    write("jobs/demo/b.yaml", build("b", "prepared.y", "semantic.same"));

    assertWrongFiles(
        folder, folder + ": a.yaml and b.yaml both write semantic.same. A table has one job.");
  }

  @Test
  void aCircleOfJobsIsRefused() {
    write("jobs/demo/a.yaml", build("a", "semantic.c", "semantic.a"));
    write("jobs/demo/b.yaml", build("b", "semantic.a", "semantic.b"));
    write("jobs/demo/c.yaml", build("c", "semantic.b", "semantic.c"));

    assertWrongFiles(
        folder,
        folder.resolve("a.yaml")
            + ": the job reads, through others, what it writes (semantic.a). Break the circle.");
  }

  @Test
  void aJobMayReadItsOwnTable() {
    write("jobs/demo/a.yaml", build("a", "semantic.a", "semantic.a"));

    assertThat(onlyJob().dependencies()).containsExactly(TableName.parse("semantic.a"));
  }

  @Test
  void jobsRunAfterTheJobsWhoseTablesTheyReadOrCompareWith() {
    // alphabetically a comes first, but it reads d, which compares with c
    write("jobs/demo/a.yaml", build("a", "semantic.d", "semantic.a"));
    write("jobs/demo/b.yaml", build("b", "prepared.elsewhere", "semantic.b"));
    write("jobs/demo/c.yml", build("c", "prepared.elsewhere", "semantic.c"));
    write(
        "jobs/demo/d.yaml",
        build("d", "prepared.elsewhere", "semantic.d") + "references: {c: semantic.c}\n");
    write("jobs/demo/notes.txt", "no job");

    assertThat(files(Map.of()).load(folder).chosen())
        .extracting(Job::name)
        .containsExactly("c", "d", "a", "b");
  }

  @Test
  void aJobFileChoosesItsJobAlone() {
    write("jobs/demo/a.yaml", build("a", "semantic.b", "semantic.a"));
    write("jobs/demo/b.yaml", build("b", "prepared.x", "semantic.b"));

    JobFiles.Loaded loaded = files(Map.of()).load(folder.resolve("../demo/a.yaml"));

    assertThat(loaded.chosen()).extracting(Job::name).containsExactly("a");
    assertThat(loaded.pipeline().jobs()).extracting(Job::name).containsExactly("b", "a");
  }

  @ParameterizedTest
  @CsvSource({
    // at 23:30 UTC it is already the next day in Berlin, and still the same in New York
    "UTC, 2026-02-28",
    "Europe/Berlin, 2026-03-01",
    "America/New_York, 2026-02-28",
    "Pacific/Kiritimati, 2026-03-01"
  })
  void theDataDateIsYesterdayInTheZoneOfThePipeline(String zone, LocalDate expected) {
    write("jobs/demo/pipeline.yaml", "name: demo\nowner: me\nzone: " + zone + "\n");
    write("jobs/demo/a.yaml", PREPARE.replace("a > 1", "day = '${date}'"));

    JobFiles.Loaded loaded = files(Map.of()).load(folder);

    assertThat(loaded.dataDate()).isEqualTo(expected);
    assertThat(loaded.chosen().get(0).steps())
        .containsExactly(new Step.Filter("day = '%s'".formatted(expected)));
  }

  @Test
  void aDateThatIsAskedForWins() {
    LocalDate asked = LocalDate.of(2024, 2, 29);
    write("jobs/demo/a.yaml", PREPARE.replace("a > 1", "day = '${date}'"));

    JobFiles.Loaded loaded =
        new JobFiles(LATE_EVENING, Map.of("date", "1999-01-01"), Optional.of(asked)).load(folder);

    assertThat(loaded.dataDate()).isEqualTo(asked);
    assertThat(loaded.chosen().get(0).steps())
        .containsExactly(new Step.Filter("day = '2024-02-29'"));
  }

  @Test
  void onlyAJobThatUsesTheDateIsDated() {
    write("jobs/demo/a.yaml", build("a", "prepared.x", "semantic.a"));
    write(
        "jobs/demo/b.yaml",
        build("b", "prepared.x", "semantic.b").replace("SELECT 1", "SELECT '${date}'"));

    assertThat(files(Map.of()).load(folder).chosen())
        .extracting(Job::dated)
        .containsExactly(false, true);
  }

  @Test
  void givenVariablesWinOverThoseOfThePipeline() {
    write("jobs/demo/pipeline.yaml", "name: demo\nowner: me\nvariables: {low: '1', high: '2'}\n");
    write("jobs/demo/a.yaml", PREPARE.replace("a > 1", "a > ${low} AND a < ${high}"));

    assertThat(files(Map.of("high", "9")).load(folder).chosen().get(0).steps())
        .containsExactly(new Step.Filter("a > 1 AND a < 9"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "As reported. | As told.",
        "minimum-score: 80 | minimum-score: 90",
        "ruleset: none | ruleset: rulesets/r.dqdl",
        "steps: | steps: # a remark",
        "filter: a > 1 | 'filter:    \"a > 1\"'",
        "ruleset: none | 'ruleset: none\\nreferences: {x: prepared.x}'"
      })
  void whatDoesNotDecideTheRowsLeavesTheContentFingerprintAlone(String before, String after) {
    write("rulesets/r.dqdl", "Rules = [ RowCount > 0 ]");
    write("jobs/demo/trips.yaml", PREPARE);
    Job first = onlyJob();

    write("jobs/demo/trips.yaml", PREPARE.replace(before, after.replace("\\n", "\n")));
    Job second = onlyJob();

    assertThat(second.contentFingerprint()).isEqualTo(first.contentFingerprint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a > 1 | a > 2",
        "- filter: a > 1 | - trim: [a]",
        "raw.trips | raw.other",
        "prepared.trips | prepared.other",
        "mode: replace | mode: overwrite-partitions"
      })
  void whatDecidesTheRowsChangesBothFingerprints(String before, String after) {
    write("jobs/demo/trips.yaml", PREPARE);
    Job first = onlyJob();

    write("jobs/demo/trips.yaml", PREPARE.replace(before, after));
    Job second = onlyJob();

    assertThat(second.contentFingerprint()).isNotEqualTo(first.contentFingerprint());
    assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void aChangedGateChangesTheFingerprintOfTheWholeJob() {
    write("jobs/demo/trips.yaml", PREPARE);
    Job first = onlyJob();

    write("jobs/demo/trips.yaml", PREPARE.replace("80", "90"));

    assertThat(onlyJob().fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void theDateIsPartOfTheContentOfAJobThatUsesIt() {
    write("jobs/demo/trips.yaml", PREPARE.replace("a > 1", "day = '${date}'"));

    assertThat(jobOf(LocalDate.of(2026, 1, 1)).contentFingerprint())
        .isEqualTo(jobOf(LocalDate.of(2026, 1, 1)).contentFingerprint())
        .isNotEqualTo(jobOf(LocalDate.of(2026, 1, 2)).contentFingerprint());
  }

  @Test
  void theDemoPipelineLoadsInTheOrderOfItsTables() {
    JobFiles.Loaded loaded = files(Map.of("home", "/home")).load(Path.of("jobs/demo"));

    assertThat(loaded.chosen())
        .extracting(Job::name)
        .containsExactlyInAnyOrder(
            "dealer_visits",
            "fleet_usage_daily",
            "message_counts_by_campaign",
            "message_verdicts",
            "messages",
            "odometer_readings",
            "odometer_statement",
            "trips",
            "vehicles");
    assertWritersBeforeReaders(loaded.chosen());
  }

  @Test
  void theAdventureWorksPipelineLoadsInTheOrderOfItsTables() {
    JobFiles.Loaded loaded = files(Map.of("raw", "/data")).load(Path.of("jobs/adventureworks"));

    assertThat(loaded.chosen())
        .extracting(Job::name)
        .containsExactlyInAnyOrder(
            "department",
            "employee",
            "employee_department_history",
            "employee_pay_history",
            "rate_changes_by_department_year",
            "shift");
    assertThat(loaded.chosen())
        .flatExtracting(job -> List.copyOf(job.inputs().values()))
        .filteredOn(Input.Files.class::isInstance)
        .flatExtracting(input -> ((Input.Files) input).paths())
        .isNotEmpty()
        .allSatisfy(path -> assertThat((String) path).startsWith("/data/"));
    assertWritersBeforeReaders(loaded.chosen());
  }

  private static void assertWritersBeforeReaders(List<Job> jobs) {
    List<TableName> written = jobs.stream().map(job -> job.output().table()).toList();
    for (int index = 0; index < jobs.size(); index++) {
      assertThat(written.subList(0, index))
          .as(jobs.get(index).name())
          .containsAll(jobs.get(index).dependencies().stream().filter(written::contains).toList());
    }
  }

  private void assertInvalid(String message) {
    assertThatThrownBy(() -> files(Map.of()).load(folder))
        .isInstanceOf(InvalidJobException.class)
        .hasMessage("%s:%s", folder.resolve("pipeline.yaml"), message);
  }

  private void assertWrongFiles(Path path, String message) {
    assertThatThrownBy(() -> files(Map.of()).load(path))
        .isInstanceOf(AssayException.class)
        .hasMessage(message)
        .asInstanceOf(InstanceOfAssertFactories.type(AssayException.class))
        .extracting(AssayException::kind)
        .isEqualTo(ExitKind.WRONG_FILES);
  }

  private static JobFiles files(Map<String, String> variables) {
    return new JobFiles(LATE_EVENING, variables, Optional.empty());
  }

  private Job onlyJob() {
    List<Job> jobs = files(Map.of()).load(folder).chosen();
    assertThat(jobs).hasSize(1);
    return jobs.get(0);
  }

  private Job jobOf(LocalDate date) {
    return new JobFiles(LATE_EVENING, Map.of(), Optional.of(date)).load(folder).chosen().get(0);
  }

  private void write(String file, String text) {
    try {
      Path path = project.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String build(String name, String input, String output) {
    return """
    kind: build
    name: %s
    inputs: {rows: %s}
    sql: SELECT 1
    output: {table: %s, mode: replace}
    ruleset: none
    """
        .formatted(name, input, output);
  }
}
