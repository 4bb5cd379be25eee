package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.jobs.ProfileReader;
import dev.assay.keys.KeyRing;
import dev.assay.keys.files.KeyFile;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.Fingerprint;
import dev.assay.model.Outcomes;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.scores.Ledger;
import dev.assay.scores.iceberg.IcebergLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** The command line as its user sees it: exit code, standard output, standard error. No Spark. */
class CommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TableName TRIPS = TableName.parse("prepared.trips");
  private static final TableName USAGE = TableName.parse("semantic.usage");
  private static final String FIRST = "11111111-aaaa-4000-8000-000000000001";
  private static final String SECOND = "22222222-aaaa-4000-8000-000000000002";
  private static final String HELD = "33333333-aaaa-4000-8000-000000000003";
  private static final String BUILT = "44444444-aaaa-4000-8000-000000000004";

  private static final RuleOutcome COMPLETE =
      Outcomes.passed("IsComplete \"vin\"", Map.of(), "vin");
  private static final RuleOutcome MEAN =
      Outcomes.passed("Mean \"km\" < 100", Outcomes.weight("2"), "km");
  private static final RuleOutcome MEAN_FAILED =
      Outcomes.failed("Mean \"km\" < 100", Outcomes.weight("2"), "km");
  private static final RuleOutcome UNKNOWN =
      Outcomes.unanswered("Mean \"mass\" > 1", Map.of(), "mass");

  @TempDir private static Path recorded;
  @TempDir private Path folder;

  /** How a call ended. */
  private record Ended(int code, String out, String err) {}

  /** Two published runs of prepared.trips, a held one, and one of semantic.usage. */
  @BeforeAll
  static void recordsRuns() {
    Ledger ledger =
        new IcebergLedger(LakeCatalog.open(ProfileReader.load("local", recorded)).iceberg());
    record(ledger, FIRST, TRIPS, 16, RunState.PUBLISHED, List.of(COMPLETE, MEAN));
    record(ledger, SECOND, TRIPS, 17, RunState.PUBLISHED, List.of(COMPLETE, MEAN, UNKNOWN));
    record(ledger, HELD, TRIPS, 18, RunState.HELD, List.of(COMPLETE, MEAN_FAILED, UNKNOWN));
    record(ledger, BUILT, USAGE, 19, RunState.PUBLISHED, List.of(COMPLETE));
  }

  @Test
  void helpListsTheCommandsAndTheExitCodes() {
    Ended help = run("--help");

    assertThat(help.code).isZero();
    assertThat(help.err).isEmpty();
    assertThat(help.out)
        .startsWith("Usage: assay [-hV] [COMMAND]\n")
        .contains(
            "\n  demo ",
            "\n  run ",
            "\n  validate ",
            "\n  lint ",
            "\n  test ",
            "\n  score ",
            "\n  history ",
            "\n  report ",
            "\n  held ",
            "\n  approve ",
            "\n  discard ",
            "\n  query ",
            "\n  keys ",
            "\n  reveal ",
            "\n  doctor ",
            "\n  forget ",
            "\n  maintain ")
        .contains("Exit codes: 0 ok · 1 our fault · 2 usage · 3 held, or a threshold is not met ·");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void everyCommandDescribesItselfAndItsOptions(String command) {
    List<String> words = new ArrayList<>(List.of(command.split(" ")));
    words.add("--help");

    Ended help = run(words.toArray(String[]::new));

    assertThat(help.code).isZero();
    assertThat(help.err).isEmpty();
    assertThat(help.out)
        .startsWith("Usage: assay " + command + " ")
        .doesNotContain("Exception", "\tat ");
    CommandSpec spec = spec(command);
    assertThat(spec.usageMessage().description()).isNotEmpty();
    assertThat(spec.args())
        .filteredOn(argument -> !argument.hidden())
        .isNotEmpty()
        .allSatisfy(
            argument -> {
              assertThat(argument.description()).as(argument.paramLabel()).isNotEmpty();
              assertThat(help.out).contains(nameOf(argument), firstWord(argument));
            });
  }

  static Stream<String> everyCommandDescribesItselfAndItsOptions() {
    return commands(Main.commandLine(), "").stream();
  }

  @Test
  void theHelpOfACommandReadsWell() {
    assertThat(run("history", "--help"))
        .isEqualTo(
            new Ended(
                0,
                """
                Usage: assay history [-hV] [--json] [--verbose] [--home=FOLDER] [--last=N]
                                     [--profile=NAME] TABLE
                The scores of a table, run by run, newest first.
                      TABLE            For example prepared.trips.
                  -h, --help           Show this help message and exit.
                      --home=FOLDER    Folder for logs, reports and the local warehouse
                                         (default: .assay).
                      --json           As JSON.
                      --last=N         At most so many runs (default: 30).
                      --profile=NAME   Where to run: a file in jobs/profiles, or local or aws
                                         (default: local).
                  -V, --version        Print version information and exit.
                      --verbose        Show Spark's log in the terminal.
                """,
                ""));
  }

  @Test
  void versionIsTheOneThatTheBuildWrote() {
    assertThat(run("--version"))
        .isEqualTo(new Ended(0, "Assay " + ProductVersion.current() + "\n", ""));
    assertThat(ProductVersion.current()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @Test
  void anUnknownCommandIsAUsageErrorWithASuggestion() {
    Ended ended = run("histroy");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("Unmatched argument at index 0: 'histroy'\nDid you mean: assay history or ")
        .endsWith("Try 'assay --help'.\n");
  }

  @Test
  void noCommandIsAUsageError() {
    assertThat(run()).isEqualTo(usage("Missing required subcommand\nTry 'assay --help'.\n"));
  }

  @Test
  void anUnknownOptionIsAUsageErrorWithASuggestion() {
    assertThat(run("history", "prepared.trips", "--lats=3"))
        .isEqualTo(
            usage(
                """
                Unknown option: '--lats=3'
                Possible solutions: --last
                Try 'assay history --help'.
                """));
  }

  @Test
  void aMissingArgumentIsAUsageError() {
    assertThat(run("history"))
        .isEqualTo(usage("Missing required parameter: 'TABLE'\nTry 'assay history --help'.\n"));
    assertThat(run("approve", "0a1b"))
        .isEqualTo(
            usage("Missing required option: '--reason=TEXT'\nTry 'assay approve --help'.\n"));
    assertThat(run("reveal"))
        .isEqualTo(usage("Missing required parameter: 'CIPHERTEXT'\nTry 'assay reveal --help'.\n"));
  }

  @Test
  void anArgumentOfAnotherTypeIsAUsageError() {
    assertThat(run("history", "prepared.trips", "--last", "x"))
        .isEqualTo(
            usage(
                """
                Invalid value for option '--last': 'x' is not an int
                Try 'assay history --help'.
                """));
    assertThat(run("history", "trips", "--home", home()))
        .isEqualTo(
            usage(
                "'trips' is not a table name: expected layer.name, for example prepared.trips.\n"));
  }

  @Test
  void forgettingNeedsSomebodyAndAReasonAndRepeatsNoKey() {
    assertThat(run("forget", "--reason", "7", "--home", home()))
        .isEqualTo(
            usage(
                "Nobody was named. Give COLUMN=VALUE such as customer_id=4711, --token TOKEN, or --from FILE.\n"));
    assertThat(run("forget", "sEcReT", "--reason", "7", "--home", home()))
        .isEqualTo(
            usage(
                "A key is not of the form COLUMN=VALUE. Expected for example customer_id=4711; a token goes with --token.\n"));
    assertThat(run("forget", "--token", "sEcReT", "--reason", "7", "--home", home()))
        .isEqualTo(
            usage(
                "A value of --token is no token: it must begin with tok1_. A clear value goes as COLUMN=VALUE.\n"));
    assertThat(run("forget", "id=sEcReT", "--home", home()))
        .isEqualTo(
            usage(
                "Forgetting needs --reason TEXT, such as the number of the request: it is kept in assay.erasures. --dry-run only looks and needs none.\n"));
    assertThat(run("forget", "id=1", "--in", "trips", "--reason", "7", "--home", home()).err)
        .isEqualTo(
            "'trips' is not a table name: expected layer.name, for example prepared.trips.\n");
    assertThat(run("forget", "--from", path("none.txt"), "--reason", "7", "--home", home()).code)
        .isEqualTo(7);
  }

  @Test
  void validateFindsNothingWrongWithThisProject() {
    Ended ended = run("validate");

    assertThat(ended.code).as(ended.out).isZero();
    assertThat(ended.out)
        .matches(
            "(jobs/\\S+: \\$\\{raw} has no value here .*: a run needs --var raw=VALUE.\n)+\\d+ file\\(s\\) and pipeline\\(s\\) are fine.\n");
    assertThat(ended.err).isEmpty();
  }

  @Test
  void validateCountsWhatIsFine() {
    goodProject();

    assertThat(run("validate", path("jobs"), path("rulesets"), "--var", "raw=x"))
        .isEqualTo(new Ended(0, "3 file(s) and pipeline(s) are fine.\n", ""));
    assertThat(run("validate", path("jobs/good/trips.yaml"), "--var", "raw=x"))
        .isEqualTo(new Ended(0, "1 file(s) and pipeline(s) are fine.\n", ""));
  }

  @Test
  void validateTakesVariablesWithoutAValueAsGivenLaterAndNamesThem() {
    goodProject();
    file(
        "jobs/good/trips.yaml",
        job().replace("a.csv", "${dat}/a.csv") + "gate:\n  minimum-score: ${least}\n");
    String remarks =
        """
        %1$s/jobs/good: ${dat} has no value here (%1$s/jobs/good/trips.yaml:5:12) and is taken as given later: a run needs --var dat=VALUE. Did you mean ${date}?
        %1$s/jobs/good: ${least} has no value here (%1$s/jobs/good/trips.yaml:13:18) and is taken as given later: a run needs --var least=VALUE.
        %1$s/jobs/good: ${raw} has no value here (%1$s/jobs/good/trips.yaml:5:12) and is taken as given later: a run needs --var raw=VALUE.
        %1$s/jobs/good/trips.yaml:13:18: whether 'gate.minimum-score' can be used as written is not known before ${least} has a value, so the file was checked only up to here. Give it here as for a run: --var least=VALUE.
        """
            .formatted(folder);

    file(
        "jobs/good/model.yaml",
        "kind: train\nname: model\ntexts: ${raw}/x.csv\ntest: t\ncategories: [a]\n");
    Ended ended = run("validate", path("jobs/good"));

    assertThat(ended.code).as(ended.out).isZero();
    assertThat(ended.out).contains(remarks).contains("model.yaml: ${raw} has no value here");
    assertThat(run("validate", path("jobs/good"), "--var", "least=many").out())
        .contains("trips.yaml:13:18: 'gate.minimum-score' is 'many'. Expected a number.");
    assertThat(run("validate", path("jobs/good"), "--var", "least=90").out())
        .doesNotContain("least");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "mode: replace~mode: merge\\n  keys: [vin, vim]~10:15: the rows have no column 'vim'. Did you mean 'vin'?",
        "mode: replace~mode: replace\\n  partition: [\"bucket(4, vine)\"]~10:15: the rows have no column 'vine'. Did you mean 'vin'?",
        "mode: replace~mode: replace\\n  sort: [vin, km]~10:15: the rows have no column 'km'. Expected one of: vin.",
        "output:~steps: [{deduplicate: {keys: [vni]}}]\\noutput:~8:31: there is no column 'vni' at this point. Did you mean 'vin'?",
        "output:~steps: [{derive: {km: 1}}, {drop: [vin]}, {protect: {vin: mask}}]\\noutput:~8:54: there is no column 'vin' at this point. Expected one of: km.",
        "output:~publish: {personal-data: [vni]}\\noutput:~8:27: the rows have no column 'vni'. Did you mean 'vin'?",
        "output:~publish: {statistics: [km]}\\noutput:~8:24: the rows have no column 'km'. Expected one of: vin.",
        "output:~publish: {personal-data: [vin], statistics: [vin]}\\noutput:~8:45: 'vin' holds personal data, and statistics keep hashes of values. Leave it out.",
        "output:~gate: {must-pass: {critical: no}}\\noutput:~8:30: no rule of <folder>/rulesets/prepared/trips.dqdl has the label 'critical: no'. Did you mean 'critical: yes'?"
      })
  void validateKnowsTheColumnsAndLabelsThatAJobNames(String right, String wrong, String message) {
    goodProject();
    file(
        "rulesets/prepared/trips.dqdl",
        "Rules = [ IsComplete \"vin\" labels=[\"critical\"=\"yes\"] ]\n");
    file("jobs/good/trips.yaml", job().replace(right, wrong.replace("\\n", "\n")));

    Ended ended = run("validate", path("jobs/good"), "--var", "raw=x");

    assertThat(ended.code).isEqualTo(4);
    assertThat(ended.out)
        .startsWith(
            path("jobs/good/trips.yaml") + ":" + message.replace("<folder>", folder.toString()));
  }

  @Test
  void validateKnowsWhatJobsOfOtherPipelinesPublish() {
    goodProject();
    file("jobs/other/pipeline.yaml", "name: other\nowner: me\n");
    file(
        "jobs/other/latest.yaml",
        """
        kind: prepare
        name: latest
        inputs: {trips: prepared.trips}
        output: {table: prepared.latest, mode: merge, keys: [vni]}
        ruleset: none
        """);
    file(
        "jobs/other/fleet.yaml",
        """
        kind: build
        name: fleet
        inputs: {trips: prepared.tripz}
        sql: |
          WITH all AS (SELECT vin FROM trips)
          SELECT vin, count(*) AS trips
          FROM all JOIN trip USING (vin)
          GROUP BY vin
        output: {table: semantic.fleet, mode: overwrite-partitions, partition: [day]}
        ruleset: none
        """);

    Ended ended = run("validate", path("jobs"), "--var", "raw=x");

    assertThat(ended.out)
        .contains(
            path("jobs/other/latest.yaml")
                + ":4:54: the rows have no column 'vni'. Did you mean 'vin'?",
            path("jobs/other/fleet.yaml")
                + ":7:17: the sql reads 'trip', which is not among the job's inputs. Did you mean 'trips'?");
    file(
        "jobs/other/fleet.yaml",
        read("jobs/other/fleet.yaml").replace("JOIN trip ", "JOIN trips "));
    ended = run("validate", path("jobs/other"), "--var", "raw=x");
    assertThat(ended.out)
        .contains("fleet.yaml:9:73: the rows have no column 'day'. Expected one of: vin, trips.")
        // without the other pipeline its columns are not known
        .contains("latest.yaml:3:17: none of the jobs that were checked writes prepared.trips.")
        .doesNotContain("vni");
    file(
        "jobs/other/fleet.yaml",
        read("jobs/other/fleet.yaml").replace("partition: [day]", "partition: [vin]"));
    assertThat(run("validate", path("jobs"), "--var", "raw=x").out())
        .contains(
            "fleet.yaml:3:17: none of the jobs that were checked writes prepared.tripz. Did you mean 'prepared.trips'?");
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void validateReportsTheProblemsOfAllFiles() {
    goodProject();
    file("jobs/typo/pipeline.yaml", "name: typo\nowner: me\nzones: UTC\n");
    file("jobs/wrong/pipeline.yaml", "name: wrong\nowner: me\n");
    file("jobs/wrong/trips.yaml", job().replace("replace", "replaced"));
    file("jobs/profiles/broken.yaml", "catalog: {name: lake}\n");
    file("rulesets/prepared/broken.dqdl", "Rules = [ IsCmplete \"vin\", IsUniqe \"vin\" ]\n");

    Ended ended = run("validate", path("jobs"), path("rulesets"), "--var", "raw=x");

    assertThat(ended)
        .isEqualTo(
            new Ended(
                4,
                """
                %1$s/jobs/profiles/broken.yaml:1:10: key 'properties' is missing in 'catalog'. Add it.
                %1$s/jobs/typo/pipeline.yaml:3:1: unknown key 'zones'. Did you mean 'zone'?
                %1$s/jobs/wrong/trips.yaml:9:9: 'output.mode' is 'replaced'. Did you mean 'replace'?
                %1$s/rulesets/prepared/broken.dqdl:1:11: unknown rule type 'IsCmplete'. Did you mean 'IsComplete'?
                %1$s/rulesets/prepared/broken.dqdl:1:28: unknown rule type 'IsUniqe'. Did you mean 'IsUnique'?
                4 of 7 file(s) and pipeline(s) have problems.
                """
                    .formatted(folder),
                ""));
  }

  @Test
  void validateReportsARulesetThatIsBrokenThroughTheJobThatNamesIt() {
    goodProject();
    file("rulesets/prepared/trips.dqdl", "Rules = [ IsCmplete \"vin\" ]\n");

    Ended ended = run("validate", path("jobs/good"), "--var", "raw=x");

    assertThat(ended)
        .isEqualTo(
            new Ended(
                4,
                """
                %s/rulesets/prepared/trips.dqdl:1:11: unknown rule type 'IsCmplete'. Did you mean 'IsComplete'?
                1 of 1 file(s) and pipeline(s) have problems.
                """
                    .formatted(folder),
                ""));
  }

  @Test
  void validateSaysWhichRulesAJobGoesOnWithout() {
    goodProject();
    file("rulesets/prepared/trips.dqdl", "Rules = [ IsCmplete \"vin\", RowCount > 0 ]\n");
    file("jobs/good/trips.yaml", job() + "gate: {on-bad-rule: unanswered}\n");

    Ended ended = run("validate", path("jobs/good"), "--var", "raw=x");

    assertThat(ended)
        .isEqualTo(
            new Ended(
                0,
                """
                %1$s/jobs/good/trips.yaml: rule 1 of %1$s/rulesets/prepared/trips.dqdl will be unanswered, as gate.on-bad-rule says: Line 1, column 11: unknown rule type 'IsCmplete'. Did you mean 'IsComplete'?
                1 file(s) and pipeline(s) are fine.
                """
                    .formatted(folder),
                ""));
  }

  @Test
  void testsBesideARulesetAreCheckedWithIt() {
    goodProject();
    file(
        "rulesets/prepared/trips.test.yaml",
        """
        columns: {vin: strin}
        cases: []
        """);
    String wrong =
        "%s/rulesets/prepared/trips.test.yaml:1:16: 'columns.vin': 'strin' is not a type. Did you mean 'string'? Decimals are written decimal(10,2).\n"
            .formatted(folder);

    assertThat(run("validate", path("rulesets")))
        .isEqualTo(new Ended(4, wrong + "1 of 2 file(s) and pipeline(s) have problems.\n", ""));
    assertThat(run("validate", path("rulesets/prepared/trips.dqdl")).out()).startsWith(wrong);
    assertThat(run("validate", path("jobs/good")).out()).startsWith(wrong);
    Ended lint = run("lint", path("rulesets"));
    assertThat(lint.code()).isEqualTo(4);
    assertThat(lint.err()).isEqualTo(wrong);
  }

  @Test
  void aCaseThatNamesNoRuleHasAPlace() {
    goodProject();
    file(
        "rulesets/prepared/trips.test.yaml",
        """
        columns: {vin: string}
        cases:
          - {name: x, rows: [[A]], rule: 77, expect: pass}
        """);

    String message = "trips.test.yaml:3:34: ";
    assertThat(run("validate", path("rulesets")).out())
        .contains(message)
        .contains("has no rule 77");
    assertThat(run("lint", path("rulesets/prepared/trips.dqdl")).err()).contains(message);
  }

  @Test
  void validateReportsAPathThatIsNotThere() {
    assertThat(run("validate", path("nowhere"), path("nowhere.dqdl")))
        .isEqualTo(
            new Ended(
                4,
                """
                %s: there is no such file or folder. Expected a pipeline folder or a job file.
                %s:1:1: the file cannot be read. Check the path.
                2 of 2 file(s) and pipeline(s) have problems.
                """
                    .formatted(path("nowhere"), path("nowhere.dqdl")),
                ""));
  }

  @Test
  void runNeedsFilesBeforeItStartsAnything() {
    assertThat(run("run", path("nowhere"), "--home", home()))
        .isEqualTo(
            new Ended(
                4,
                "",
                path("nowhere")
                    + ": there is no such file or folder. Expected a pipeline folder or a job file.\n"));
  }

  @Test
  void theHistoryOfATableWithoutRunsIsMissingInput() {
    assertThat(run("history", "prepared.cars", "--home", recorded()))
        .isEqualTo(
            new Ended(
                7,
                "",
                "The ledger has no run of prepared.cars. Known tables: prepared.trips, semantic.usage.\n"));
  }

  @Test
  void theHistoryOfANewHomeIsMissingInput() {
    Ended ended = run("history", "prepared.cars", "--home", home());

    assertThat(ended.code).isEqualTo(7);
    assertThat(ended.out).isEmpty();
    assertThat(ended.err).startsWith("The ledger has no run yet. 'assay demo'");
  }

  @Test
  void nothingIsHeldInANewHome() {
    assertThat(run("held", "--home", home())).isEqualTo(new Ended(0, "Nothing is held.\n", ""));
    assertThat(run("held", "--json", "--home", home())).isEqualTo(new Ended(0, "[ ]\n", ""));
  }

  @Test
  void anUnknownRunCannotBeDecided() {
    String message = "There is no single run '0a1b'. 'assay held' lists the held ones.\n";

    assertThat(run("approve", "0a1b", "--reason", "fine", "--home", home()))
        .isEqualTo(usage(message));
    assertThat(run("discard", "0a1b", "--home", home())).isEqualTo(usage(message));
  }

  @Test
  void aPublishedRunCannotBeDiscarded() {
    assertThat(run("discard", "1111", "--home", recorded()))
        .isEqualTo(
            usage(
                "Run %s of prepared.trips is published, not held; there is nothing to decide.\n"
                    .formatted(FIRST)));
  }

  @Test
  void keysAreCreatedOnceAndRotated() throws IOException {
    Path keys = folder.resolve("home/keys.json");

    assertThat(run("keys", "create", "--home", home()))
        .isEqualTo(
            new Ended(
                0,
                keys
                    + ": made. Keep a copy where only the right people reach it: without it nothing can be revealed.\n",
                ""));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
        .isEqualTo("rw-------");
    KeyRing made = new KeyFile(keys).load();
    assertThat(run("keys", "create", "--home", home()))
        .isEqualTo(
            usage(
                keys
                    + ": there are keys already. 'assay keys rotate' adds new ones and keeps the old.\n"));
    assertThat(new KeyFile(keys).load()).isEqualTo(made);
    assertThat(run("keys", "rotate", "--home", home()))
        .isEqualTo(
            new Ended(
                0,
                keys
                    + ": rotated. Tokens made from now on do not join with older ones; run the jobs again with --force to renew those.\n",
                ""));
    KeyRing rotated = new KeyFile(keys).load();
    assertThat(rotated).isNotEqualTo(made);
    assertThat(rotated.decrypt(made.encrypt("value"))).isEqualTo("value");
    assertThat(rotated.token("value")).isNotEqualTo(made.token("value"));
    try (Stream<Path> files = Files.list(folder.resolve("home"))) {
      assertThat(files).containsExactly(keys);
    }
  }

  @Test
  void keysWithoutAKeyFileInTheProfileAreWrongFiles() {
    Path profile =
        file(
            "bare.yaml",
            "catalog: {name: lake, properties: {type: hadoop, warehouse: '${home}/w'}}\n");

    assertThat(run("keys", "create", "--profile", profile.toString(), "--home", home()))
        .isEqualTo(new Ended(4, "", "Profile %s names no key file.\n".formatted(profile)));
  }

  @Test
  void keysAloneShowsItsHelp() {
    assertThat(run("keys", "--home", home())).isEqualTo(run("keys", "--help"));
  }

  @Test
  void revealDecryptsWhatTheKeysEncrypted() {
    run("keys", "create", "--home", home());
    KeyRing ring = new KeyFile(folder.resolve("home/keys.json")).load();
    String before = ring.encrypt("Łódź, \"42\"");
    run("keys", "rotate", "--home", home());
    String after = new KeyFile(folder.resolve("home/keys.json")).load().encrypt("second\nline");

    assertThat(run("reveal", before, after, "--home", home()))
        .isEqualTo(new Ended(0, "Łódź, \"42\"\nsecond\nline\n", ""));
  }

  @Test
  void revealRefusesWhatTheKeysDidNotEncrypt() {
    run("keys", "create", "--home", home());

    assertThat(run("reveal", "garbage", "--home", home()))
        .isEqualTo(
            usage("Nothing to reveal: the text is not a ciphertext: it must begin with enc1_.\n"));
    String damaged = "Nothing to reveal: the ciphertext was made with other keys, or is damaged.\n";
    assertThat(run("reveal", "enc1_!", "--home", home())).isEqualTo(usage(damaged));
    assertThat(run("reveal", KeyRing.create().encrypt("secret"), "--home", home()))
        .isEqualTo(usage(damaged));
  }

  @Test
  void revealWithADamagedKeyFileIsWrongFiles() {
    Path keys = file("home/keys.json", "{}");

    assertThat(run("reveal", "enc1_AAAA", "--home", home()))
        .isEqualTo(
            new Ended(4, "", keys + ": it does not hold keys of Assay. Restore it from a copy.\n"));
  }

  @Test
  void doctorFindsANewHomeHealthy() {
    Ended ended = run("doctor", "--home", home());

    assertThat(ended.code).as(ended.out).isZero();
    assertThat(ended.err).isEmpty();
    assertThat(ended.out.lines().map(line -> line.replaceAll("[\\d,.]+ MB", "N MB")))
        .containsExactly(
            "✓ Java " + Runtime.version(),
            "✓ N MB of memory for the JVM",
            "✓ home " + home() + " can be written",
            "✓ N MB free there",
            "✓ profile local",
            "✓ catalog lake answers; the ledger knows 0 run(s)",
            "✓ no key file; jobs that protect columns need one ('assay keys create')");
    assertThat(folder.resolve("home")).isEmptyDirectory();
  }

  @Test
  void doctorSeesRunsAndKeys() {
    run("keys", "create", "--home", recorded());

    Ended ended = run("doctor", "--home", recorded());

    assertThat(ended.code).as(ended.out).isZero();
    assertThat(ended.out)
        .endsWith(
            """
            ✓ catalog lake answers; the ledger knows 4 run(s)
            ✓ key file %s/keys.json
            """
                .formatted(recorded()));
  }

  @Test
  void doctorSaysHowToMendWhatIsWrong() {
    Path occupied = file("occupied", "");

    Ended home = run("doctor", "--home", occupied.toString());
    Ended profile = run("doctor", "--home", home(), "--profile", "nope");

    assertThat(home.code).isEqualTo(5);
    assertThat(home.out)
        .contains(
            "\n✗ home %s cannot be written\n  Choose another folder with --home or ASSAY_HOME.\n"
                .formatted(occupied));
    assertThat(profile.code).isEqualTo(5);
    assertThat(profile.out)
        .endsWith(
            """
            ✗ profile or catalog nope
              There is no profile 'nope'. Expected jobs/profiles/nope.yaml, or one of the built-in ones: local, aws.
            """);
  }

  @Test
  void anUnknownProfileIsWrongFiles() {
    assertThat(run("held", "--profile", "nope", "--home", home()))
        .isEqualTo(
            new Ended(
                4,
                "",
                "There is no profile 'nope'. Expected jobs/profiles/nope.yaml, or one of the built-in ones: local, aws.\n"));
  }

  @Test
  void aBrokenProfileIsWrongFiles() {
    Path typo = file("typo.yaml", "catalog:\n  nam: lake\n");
    Path open = file("open.yaml", "catalog: {name: lake\n");
    Path bare = file("bare.yaml", "catalog: {name: lake, properties: {type: hadoop}}\n");

    assertThat(run("held", "--profile", typo.toString(), "--home", home()))
        .isEqualTo(
            new Ended(
                4, "", typo + ":2:3: unknown key 'nam' in 'catalog'. Did you mean 'name'?\n"));
    assertThat(run("held", "--profile", open.toString(), "--home", home()))
        .isEqualTo(
            new Ended(
                4,
                "",
                open
                    + ":2:1: this is not YAML: expected ',' or '}', but got <stream end>. Look at indentation, quotes and colons near here.\n"));
    assertThat(run("held", "--profile", bare.toString(), "--home", home()))
        .isEqualTo(
            new Ended(
                4,
                "",
                "Profile %s: the catalog cannot be opened with type hadoop. Expected catalog.properties with a type that Iceberg knows (hadoop, glue, rest, jdbc) and what that type needs, such as warehouse.\n"
                    .formatted(bare)));
  }

  @Test
  void aReportOfAnUnknownRunIsMissingInput() {
    assertThat(run("report", "0a1b", "--home", home()))
        .isEqualTo(
            new Ended(
                7,
                "",
                "The ledger has no run or table '0a1b'. 'assay history TABLE' lists runs.\n"));
    assertThat(run("report", "prepared.cars", "--home", home()))
        .isEqualTo(
            new Ended(
                7,
                "",
                "The ledger has no run or table 'prepared.cars'. 'assay history TABLE' lists runs.\n"));
  }

  @Test
  void historyShowsTheRunsOfATableNewestFirst() {
    assertThat(run("history", "prepared.trips", "--home", recorded()))
        .isEqualTo(
            new Ended(
                0,
                """
                 run       started (UTC)     data date   score  change  coverage  failed  written  state
                 ───────────────────────────────────────────────────────────────────────────────────────────
                 33333333  2026-11-19 04:00  2026-11-18  33.33  -66.67   66.66 %       1    1,050  held
                 22222222  2026-11-18 04:00  2026-11-17    100       =   66.66 %       0    1,050  published
                 11111111  2026-11-17 04:00  2026-11-16    100             100 %       0    1,050  published
                """,
                ""));
    assertThat(run("history", "prepared.trips", "--last", "1", "--home", recorded()).out.lines())
        .hasSize(3)
        .last()
        .asString()
        .startsWith(" 33333333 ");
  }

  @Test
  void historyAsJsonHasTheKeysOfTheLedger() {
    Ended ended = run("history", "prepared.trips", "--json", "--last", "2", "--home", recorded());

    assertThat(ended.code).isZero();
    assertThat(ended.err).isEmpty();
    assertThat(json(ended.out)).isEqualTo(json("[" + heldAsJson("") + "," + secondAsJson() + "]"));
  }

  @Test
  void heldShowsWhyAndWhatToDo() {
    assertThat(run("held", "--home", recorded()))
        .isEqualTo(
            new Ended(
                0,
                """
                33333333  2026-11-18  prepared.trips
                  ✗ The score 33.33 is below 90.
                  ✗ 1 rule has no answer.
                  look:   assay report 33333333
                  decide: assay approve 33333333 --reason "…"   or   assay discard 33333333
                """,
                ""));
  }

  @Test
  void heldAsJsonHasTheKeysOfTheLedger() {
    Ended ended = run("held", "--json", "--home", recorded());

    assertThat(ended.code).isZero();
    assertThat(ended.err).isEmpty();
    assertThat(json(ended.out)).isEqualTo(json("[" + heldAsJson("") + "]"));
  }

  @Test
  void aReportAsJsonTellsOutcomesPointsAndQuarantine() {
    Ended ended = run("report", "333", "--json", "--home", recorded());

    assertThat(ended.code).isZero();
    assertThat(ended.err).isEmpty();
    assertThat(json(ended.out))
        .isEqualTo(
            json(
                "["
                    + heldAsJson(
                        """
                        ,
                        "outcomes": [
                          {"ordinal": 1, "rule": "IsComplete \\"vin\\"", "type": "Mean", "columns": ["vin"],
                           "verdict": "PASSED", "observed": "", "message": "",
                           "evidence": "NONE", "slices_metadata": 0, "slices_stored": 0, "slices_scanned": 0,
                           "rows_scanned": 0, "bytes_scanned": 0, "millis": 0},
                          {"ordinal": 2, "rule": "Mean \\"km\\" < 100", "type": "Mean", "columns": ["km"],
                           "verdict": "FAILED", "observed": "", "message": "Observed something else.",
                           "evidence": "NONE", "slices_metadata": 0, "slices_stored": 0, "slices_scanned": 0,
                           "rows_scanned": 0, "bytes_scanned": 0, "millis": 0},
                          {"ordinal": 3, "rule": "Mean \\"mass\\" > 1", "type": "Mean", "columns": ["mass"],
                           "verdict": "UNANSWERED", "reason": "ERROR", "observed": "",
                           "message": "Observed something else.",
                           "evidence": "NONE", "slices_metadata": 0, "slices_stored": 0, "slices_scanned": 0,
                           "rows_scanned": 0, "bytes_scanned": 0, "millis": 0}],
                        "points_lost": [{"rule": "Mean \\"km\\" < 100", "points": 66.666667}],
                        "points_lost_by_partition": [],
                        "quarantine": [
                          {"kind": "ROW_RULE", "detail": "km_is_positive", "rows": 3},
                          {"kind": "NOT_CASTABLE", "column": "km", "detail": "is no int", "rows": 1}]
                        """)
                    + "]"));
    assertThat(recorded.resolve("reports/333.html")).doesNotExist();
  }

  @Test
  void aReportOfEverythingHasTheNewestRunOfEachTable() {
    Ended ended = run("report", "--json", "--home", recorded());

    assertThat(ended.code).isZero();
    assertThat(json(ended.out).findValuesAsText("run_id")).containsExactly(BUILT, HELD);
  }

  @Test
  void aReportForJUnitHasACaseForEachRule() throws Exception {
    Path file = folder.resolve("out/rules.xml");

    assertThat(run("report", "prepared.trips", "--junit", file.toString(), "--home", recorded()))
        .isEqualTo(new Ended(0, file + "\n", ""));

    Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    assertThat(xml.getDocumentElement().getTagName()).isEqualTo("testsuites");
    assertThat(elements(xml.getElementsByTagName("testsuite")))
        .extracting(CommandsTest::attributes)
        .containsExactly(
            Map.of(
                "name", "prepared.trips",
                "timestamp", "2026-11-19T04:00:00Z",
                "tests", "3",
                "failures", "1",
                "errors", "1"));
    assertThat(elements(xml.getElementsByTagName("testcase")))
        .extracting(CommandsTest::attributes)
        .containsExactly(
            Map.of("classname", "prepared.trips", "name", "IsComplete \"vin\""),
            Map.of("classname", "prepared.trips", "name", "Mean \"km\" < 100"),
            Map.of("classname", "prepared.trips", "name", "Mean \"mass\" > 1"));
    assertThat(elements(xml.getElementsByTagName("failure")))
        .extracting(CommandsTest::attributes)
        .containsExactly(Map.of("message", "Observed something else."));
    assertThat(elements(xml.getElementsByTagName("error")))
        .extracting(CommandsTest::attributes)
        .containsExactly(Map.of("message", "Observed something else.", "type", "ERROR"));
    assertThat(recorded.resolve("reports/prepared.trips.html")).doesNotExist();
  }

  @Test
  void aReportIsOneHtmlFileThatNeedsNoNetwork() throws IOException {
    Path file = recorded.resolve("reports/3333.html");

    assertThat(run("report", "3333", "--home", recorded()))
        .isEqualTo(new Ended(0, file + "\n", ""));

    String html = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(html)
        .startsWith("<!doctype html>")
        .contains("<h2>prepared.trips</h2>")
        .contains("<div class=\"big bad\">33.33</div><small>score</small>")
        .contains("<li>The score 33.33 is below 90.</li><li>1 rule has no answer.</li>")
        .contains("<code>Mean &quot;km&quot; &lt; 100</code>")
        .contains("km is no int", "breaks km_is_positive");
    String code = html.replaceAll("(?s)/\\*.*?\\*/", "");
    assertThat(code).doesNotContain("http://", "https://", "@import", "url(");
    assertThat(attributeValues(html, "src")).isEmpty();
    assertThat(attributeValues(html, "href")).allMatch(target -> target.startsWith("#"));
  }

  @Test
  void aReportOfEverythingLinksItsTables() throws IOException {
    Path file = recorded.resolve("reports/all-tables.html");

    assertThat(run("report", "--home", recorded())).isEqualTo(new Ended(0, file + "\n", ""));

    String html = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(html)
        .contains("<h1>All tables</h1>", "id=\"prepared-trips\"", "id=\"semantic-usage\"")
        .contains("<div class=\"big good\">100</div>");
    assertThat(attributeValues(html, "href")).containsExactly("#semantic-usage", "#prepared-trips");
  }

  @Test
  void aReportOfATableIsCalledByItsName() {
    assertThat(run("report", "semantic.usage", "--home", recorded()))
        .isEqualTo(new Ended(0, recorded.resolve("reports/semantic.usage.html") + "\n", ""));
  }

  @Test
  void testNamesWhatIsMissingBeforeSparkStarts() {
    Path file = file("rulesets/bare.dqdl", "Rules = [ IsComplete \"vin\" ]");
    Path tests = file.resolveSibling("bare.test.yaml");

    assertThat(run("test", file.toString()))
        .isEqualTo(
            new Ended(
                4,
                "",
                "%s has no tests. Expected them in %s; docs/rules.md shows how they are written.\n"
                    .formatted(file, tests)));
    file(
        "rulesets/bare.test.yaml",
        "columns: {vin: string}\ncases:\n- {name: x, rows: [], rule: IsComplete \"vni\", expect: pass}\n");
    assertThat(run("test", file.toString()))
        .isEqualTo(
            new Ended(
                4,
                "",
                "%s:3:29: %s has no rule IsComplete \"vni\". Did you mean 'IsComplete \"vin\"'?\n"
                    .formatted(tests, file)));
    assertThat(run("test", path("rulesets/bare.txt")).code).isEqualTo(2);
  }

  @Test
  void lintSaysWhereWhatWhyAndWhatToDo() {
    Path file =
        file(
            "rulesets/bad.dqdl",
            """
            Rules = [
              ColumnValues "km" > 5,
              ColumnValues "km" < 3
            ]
            """);

    assertThat(run("lint", file.toString()))
        .isEqualTo(
            new Ended(
                4,
                """
                %s:3:3: error (contradiction): ColumnValues "km" < 3: it cannot pass together with line 2.
                    Nothing meets both this and ColumnValues "km" > 5. Change one of them; if they mean different rows, say so with where.
                1 ruleset(s): 1 error(s), 0 warning(s), 0 note(s).
                """
                    .formatted(file),
                ""));
    assertThat(json(run("lint", "--json", file.toString()).out).at("/0"))
        .isEqualTo(
            json(
                """
                {"file": "%s", "line": 3, "column": 3, "severity": "ERROR",
                 "kind": "CONTRADICTION", "rule": "ColumnValues \\"km\\" < 3",
                 "what": "it cannot pass together with line 2",
                 "why": "Nothing meets both this and ColumnValues \\"km\\" > 5.",
                 "remedy": "Change one of them; if they mean different rows, say so with where."}
                """
                    .formatted(file)));
  }

  @Test
  void lintEndsWellUnlessWarningsCount() {
    file("rulesets/twice.dqdl", "Rules = [ IsComplete \"a\", IsComplete \"a\" ]");

    assertThat(run("lint", path("rulesets")).code).isZero();
    assertThat(run("lint", "--strict", path("rulesets")).code).isEqualTo(3);
  }

  @Test
  void lintOfAFileThatIsNoRulesetSaysWhatIsWrong() {
    Path file = file("rulesets/wrong.dqdl", "Rules = [ IsCompete \"a\" ]");

    assertThat(run("lint", file.toString()))
        .isEqualTo(
            new Ended(
                4,
                "0 ruleset(s): 0 error(s), 0 warning(s), 0 note(s).\n",
                file + ":1:11: unknown rule type 'IsCompete'. Did you mean 'IsComplete'?\n"));
  }

  @Test
  void lintAsksTheCatalogForColumns() {
    Path file = file("rulesets/runs.dqdl", "Rules = [ IsComplete \"rnu_id\" ]");

    assertThat(run("lint", file.toString(), "--table", "assay.runs", "--home", recorded()).out)
        .contains(":1:11: error (missing column): IsComplete \"rnu_id\"")
        .contains("There is no column 'rnu_id'. Did you mean 'run_id'?");
    assertThat(run("lint", file.toString(), "--table", "no.table", "--home", recorded()).code)
        .isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--first-failing", "--last=3"})
  void aTableThatWasNeverWrittenToHasNothingToTest(String option) {
    Path file = file("rulesets/empty.dqdl", "Rules = [ RowCount > 1 ]");
    TableIdentifier empty = TableIdentifier.of("prepared", "empty");
    LakeCatalog.open(ProfileReader.load("local", folder.resolve("home")))
        .iceberg()
        .createTable(empty, new Schema(Types.NestedField.required(1, "id", Types.LongType.get())));

    assertThat(
            run("backtest", file.toString(), "--table", "prepared.empty", option, "--home", home()))
        .isEqualTo(new Ended(7, "", "prepared.empty was never written to.\n"));
  }

  @Test
  void theRulesetsOfThisProjectAreWellWritten() {
    assertThat(run("lint", "rulesets").out).doesNotContain("error (").endsWith(" note(s).\n");
  }

  private static Ended run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    int code = commands.execute(arguments);
    return new Ended(code, out.toString(), err.toString());
  }

  private static Ended usage(String message) {
    return new Ended(2, "", message);
  }

  private static List<String> commands(CommandLine parent, String prefix) {
    List<String> names = new ArrayList<>();
    parent
        .getSubcommands()
        .forEach(
            (name, command) -> {
              names.add(prefix + name);
              names.addAll(commands(command, prefix + name + " "));
            });
    return names;
  }

  private static CommandSpec spec(String command) {
    CommandLine found = Main.commandLine();
    for (String word : command.split(" ")) {
      found = found.getSubcommands().get(word);
    }
    return found.getCommandSpec();
  }

  private static String nameOf(ArgSpec argument) {
    return argument instanceof CommandLine.Model.OptionSpec option
        ? option.longestName()
        : argument.paramLabel();
  }

  private static String firstWord(ArgSpec argument) {
    return argument.description()[0].split(" ")[0];
  }

  private String home() {
    return path("home");
  }

  /** The home with the runs. */
  private static String recorded() {
    return recorded.toString();
  }

  private String path(String below) {
    return folder.resolve(below).toString();
  }

  private Path file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A pipeline, its ruleset and a profile. */
  private void goodProject() {
    file("jobs/good/pipeline.yaml", "name: good\nowner: me\n");
    file("jobs/good/trips.yaml", job());
    file("rulesets/prepared/trips.dqdl", "Rules = [ IsComplete \"vin\" ]\n");
    file(
        "jobs/profiles/mine.yaml",
        "catalog: {name: lake, properties: {type: hadoop, warehouse: '${home}/w'}}\n");
  }

  private static String job() {
    return """
        kind: prepare
        name: trips
        inputs:
          log:
            files: ${raw}/a.csv
            format: csv
            columns: {vin: string}
        output:
          mode: replace
          table: prepared.trips
        ruleset: rulesets/prepared/trips.dqdl
        """;
  }

  private static void record(
      Ledger ledger,
      String id,
      TableName table,
      int day,
      RunState state,
      List<RuleOutcome> outcomes) {
    Instant start = Instant.parse("2026-11-%dT04:00:00Z".formatted(day + 1));
    List<RuleOutcome> numbered =
        IntStream.range(0, outcomes.size())
            .mapToObj(index -> numbered(index + 1, outcomes.get(index)))
            .toList();
    RunRecord staged =
        new RunRecord(
            id,
            "demo",
            table.name(),
            table,
            LocalDate.of(2026, 11, day),
            RunState.STAGED,
            start.plusSeconds(10),
            start,
            Fingerprint.of(id),
            Fingerprint.of("content"),
            Fingerprint.of("ruleset"),
            List.of("raw.trips@7", "/raw/trips/2026.csv|10|20"),
            Optional.empty(),
            day,
            "run_" + id,
            Score.of(numbered),
            new RowCounts(1100, Map.of("filter 1", 40L), Map.of("deduplicate 1", 6L), 4, 1050),
            Optional.empty(),
            List.of(),
            "",
            "test",
            start.plusSeconds(5),
            ScoreScope.TABLE,
            Map.of("vehicles", "prepared.vehicles@3"));
    ledger.recordScoring(
        staged,
        numbered,
        List.of(),
        List.of(
            new QuarantineCount("NOT_CASTABLE", Optional.of("km"), "is no int", 1),
            new QuarantineCount("ROW_RULE", Optional.empty(), "km_is_positive", 3)));
    ledger.recordState(
        state == RunState.HELD
            ? staged.held(
                start.plusSeconds(20),
                List.of("The score 33.33 is below 90.", "1 rule has no answer."))
            : staged.in(state, start.plusSeconds(20), ""));
  }

  private static RuleOutcome numbered(int ordinal, RuleOutcome outcome) {
    return new RuleOutcome(
        ordinal,
        outcome.rule(),
        outcome.type(),
        outcome.columns(),
        outcome.labels(),
        outcome.verdict(),
        outcome.reason(),
        outcome.observed(),
        outcome.measured(),
        outcome.message(),
        outcome.failingRows());
  }

  private static String heldAsJson(String more) {
    return asJson(
        HELD,
        18,
        "HELD",
        "33.333333",
        "\"rules_passed\": 1, \"rules_failed\": 1, \"rules_unanswered\": 1",
        "\"The score 33.33 is below 90.\", \"1 rule has no answer.\"",
        more);
  }

  private static String secondAsJson() {
    return asJson(
        SECOND,
        17,
        "PUBLISHED",
        "100.000000",
        "\"rules_passed\": 2, \"rules_failed\": 0, \"rules_unanswered\": 1",
        "",
        "");
  }

  private static String asJson(
      String id, int day, String state, String score, String rules, String reasons, String more) {
    return """
        {"run_id": "%s", "pipeline": "demo", "job": "trips", "table_name": "prepared.trips",
         "data_date": "2026-11-%d", "state": "%s", "started_at": "2026-11-%dT04:00:00Z",
         "snapshot_id": %d, "scope": "TABLE", "references": {"vehicles": "prepared.vehicles@3"}, "score": %s, "coverage": 66.666667, %s,
         "rows_read": 1100, "rows_filtered": 40, "rows_duplicate": 6, "rows_quarantined": 4,
         "rows_written": 1050, "gate_reasons": [%s], "note": "",
         "ruleset_fingerprint": "%s", "evaluation_instant": "2026-11-%dT04:00:05Z",
         "product_version": "test"%s}
        """
        .formatted(
            id,
            day,
            state,
            day + 1,
            day,
            score,
            rules,
            reasons,
            Fingerprint.of("ruleset"),
            day + 1,
            more);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static Map<String, String> attributes(Element element) {
    return IntStream.range(0, element.getAttributes().getLength())
        .mapToObj(element.getAttributes()::item)
        .collect(
            java.util.stream.Collectors.toMap(
                org.w3c.dom.Node::getNodeName, org.w3c.dom.Node::getNodeValue));
  }

  /** The values of an attribute in the HTML itself, scripts left out. */
  private static List<String> attributeValues(String html, String attribute) {
    Matcher matcher =
        Pattern.compile("\\s" + attribute + "\\s*=\\s*[\"']([^\"']*)")
            .matcher(html.replaceAll("(?s)<script>.*?</script>", ""));
    return matcher.results().map(result -> result.group(1)).toList();
  }
}
