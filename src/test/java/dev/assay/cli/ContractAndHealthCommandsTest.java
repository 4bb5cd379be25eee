package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.jobs.ProfileReader;
import dev.assay.lake.iceberg.LakeCatalog;
import dev.assay.model.Outcomes;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.SomeRun;
import dev.assay.model.TableName;
import dev.assay.publishing.Announcement;
import dev.assay.publishing.Delivery;
import dev.assay.publishing.iceberg.IcebergDeliveries;
import dev.assay.scores.Ledger;
import dev.assay.scores.iceberg.IcebergLedger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.catalog.Catalog;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code contract check} and {@code health} as their users see them. No Spark. */
class ContractAndHealthCommandsTest {
  private static final Instant NOW = Instant.now();
  private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
  private static final String MAIN = "11111111-aaaa-4000-8000-000000000001";
  private static final String HELD = "22222222-aaaa-4000-8000-000000000002";
  private static final RuleOutcome VIN =
      Outcomes.passed("IsComplete \"vin\"", Map.of("register", "required"), "vin");
  private static final RuleOutcome KM =
      Outcomes.passed("Mean \"km\" > 1", Outcomes.weight("2"), "km");
  private static final RuleOutcome MASS =
      Outcomes.failed("Mean \"mass\" > 1", Map.of("severity", "critical"), "mass");

  @TempDir private static Path recorded;
  @TempDir private Path folder;

  /** How a call ended. */
  private record Ended(int code, String out, String err) {}

  /** A published and a newer held run of prepared.trips, a published one of prepared.cars. */
  @BeforeAll
  static void recordsRuns() {
    Catalog catalog = LakeCatalog.open(ProfileReader.load("local", recorded)).iceberg();
    Ledger ledger = new IcebergLedger(catalog);
    RunRecord main = run("prepared.trips", MAIN, 26).score(Score.of(List.of(VIN, KM, MASS))).run();
    ledger.recordScoring(main, List.of(VIN, KM, MASS), List.of(), List.of());
    RunRecord held = run("prepared.trips", HELD, 2).state(RunState.HELD).score("10").run();
    ledger.recordScoring(held, List.of(MASS), List.of(), List.of());
    RunRecord cars = run("prepared.cars", "33333333-a", 3).date(TODAY.toString()).run();
    ledger.recordScoring(cars, List.of(VIN), List.of(), List.of());
    IcebergDeliveries old = new IcebergDeliveries(catalog, "gone");
    old.read();
    assertThat(old.add(List.of(line("a", 1, Delivery.State.INTENT)))).isTrue();
    assertThat(
            old.add(
                List.of(
                    line("a", 1, Delivery.State.WAITING),
                    line("b", 1, Delivery.State.PARKED),
                    line("c", 1, Delivery.State.PARKED),
                    line("c", 2, Delivery.State.DELIVERED))))
        .isTrue();
  }

  private static SomeRun run(String table, String id, int hoursAgo) {
    return SomeRun.of(table, id)
        .date(TODAY.minusDays(hoursAgo > 24 ? 2 : 1).toString())
        .started(NOW.minus(Duration.ofHours(hoursAgo)));
  }

  private static Delivery line(String key, int attempt, Delivery.State state) {
    return new Delivery(
        "gone",
        key,
        Announcement.Kind.SCORE,
        TableName.parse("prepared.trips"),
        MAIN,
        NOW,
        attempt,
        state,
        "",
        "",
        NOW,
        Optional.empty());
  }

  @BeforeEach
  void writesFiles() {
    contract("kept", "table: prepared.cars\nminimum-score: 100\nfreshness: 36 hours\n");
    contract(
        "register",
        """
        contact: register@example.com
        table: prepared.trips
        minimum-score: 80
        must-pass: {register: required, severity: [critical, high]}
        freshness: 12 hours
        package: plain
        """);
    file("jobs/demo/pipeline.yaml", "name: demo\nowner: me\nschedule: 0 0 * * *\n");
  }

  @Test
  void theTableTellsWhatIsBrokenAndThatANewerRunIsHeld() {
    Ended ended = check();

    assertThat(ended.code).isEqualTo(3);
    assertThat(ended.err).isEmpty();
    assertThat(ended.out)
        .containsPattern("✓ +kept +the team of kept +prepared.cars +met +100 +100 %")
        .containsPattern("✗ +register +the team of register +prepared.trips +broken +75 +100 %")
        .containsPattern("register +score +at least 80 +75\n")
        .containsPattern(
            "register +must-pass +Mean \"mass\" > 1 passes +it failed: Observed something else.")
        .containsPattern("register +freshness +at most 12 hours old +25 hours 5\\d minutes: ")
        .contains(
            "prepared.trips: a newer run is held (22222222, for %s); it counts once it is published."
                .formatted(TODAY.minusDays(1)))
        .endsWith("2 contract(s): 1 met, 1 broken.\n");
  }

  @ParameterizedTest
  @CsvSource({"kept, 0", "register, 3", "the-register, 3", "contracts/kept.yaml, 0"})
  void aContractIsAskedForByNameOrFile(String asked, int code) {
    file(
        "contracts/register.yaml",
        text("the-register", "table: prepared.trips\nminimum-score: 99\n"));
    String argument = asked.endsWith(".yaml") ? folder.resolve(asked).toString() : asked;

    Ended ended = check(argument);

    assertThat(ended.code).isEqualTo(code);
    assertThat(ended.out).contains("1 contract(s): ");
  }

  @Test
  void jsonHasTheDigitsOfTheLedger() {
    Ended ended = check("--json");
    String score = ledgerScore();

    assertThat(ended.code).isEqualTo(3);
    assertThat(score).isEqualTo("75.000000");
    assertThat(ended.out).contains("\"score\" : " + score + ",", "\"coverage\" : 100.000000,");
    JsonNode broken = json(ended.out).get(1);
    assertThat(broken.get("contract").asText()).isEqualTo("register");
    assertThat(broken.get("contact").asText()).isEqualTo("register@example.com");
    assertThat(broken.get("package").asText()).isEqualTo("plain");
    assertThat(broken.get("met").asBoolean()).isFalse();
    assertThat(broken.get("run_id").asText()).isEqualTo(MAIN);
    assertThat(broken.get("held").get("run_id").asText()).isEqualTo(HELD);
    assertThat(broken.get("broken").findValuesAsText("term"))
        .containsExactly("score", "must-pass", "freshness");
    assertThat(json(ended.out).get(0).get("broken")).isEmpty();
  }

  @Test
  void aWrongFileIsToldWithItsPlaceAndTheOthersAreChecked() throws IOException {
    contract("wrong", "table: prepared.trips\nminimum-scor: 3\n");
    contract("twin", "table: prepared.cars\n");
    file("contracts/zwin.yaml", text("twin", "table: prepared.cars\n"));
    Path junit = folder.resolve("out/contracts.xml");

    Ended ended = check("--junit", junit.toString());

    assertThat(ended.code).isEqualTo(4);
    assertThat(ended.err)
        .contains("wrong.yaml:4:1: unknown key 'minimum-scor'", "Did you mean 'minimum-score'?")
        .contains("zwin.yaml: its name 'twin' is that of ");
    assertThat(ended.out).endsWith("3 contract(s): 2 met, 1 broken.\n");
    assertThat(Files.readString(junit))
        .contains("<testsuite name=\"contracts\" tests=\"5\" failures=\"1\" errors=\"2\">")
        .contains("<testcase classname=\"prepared.cars\" name=\"kept\"></testcase>")
        .contains("<testcase classname=\"prepared.trips\" name=\"register\"><failure message=")
        .contains("score: required at least 80; found 75")
        .contains("<error message=");
    assertThat(check("kept").code).isZero();
    assertThat(check("wrong").code).isEqualTo(4);
  }

  @Test
  void aTableWithoutARunBreaksItsContract() {
    contract("none", "table: prepared.nothing\n");

    assertThat(check("none").out)
        .containsPattern("none +published +a published run +the ledger knows no run of the table");
  }

  @Test
  void anUnknownNameOrAnEmptyFolderIsAUsageError() {
    assertThat(check("regster").err)
        .isEqualTo(
            "There is no contract 'regster' in %s. Did you mean 'register'?\n"
                .formatted(folder.resolve("contracts")));
    assertThat(check("regster").code).isEqualTo(2);
    Ended none = call("contract", "check", "--contracts", folder.resolve("no").toString());
    assertThat(none.code).isEqualTo(2);
    assertThat(none.err).startsWith("There is no contract in ");
    assertThat(call("contract", "check", folder.resolve("no.yaml").toString()).code).isEqualTo(4);
  }

  @Test
  void theContractsOfThisProjectCanBeRead() {
    assertThat(call("contract", "check").err).isEmpty();
  }

  @Test
  void healthHasALinePerDataset() {
    Ended ended = health();

    assertThat(ended.code).as(ended.err).isZero();
    assertThat(ended.out)
        .containsPattern("✓ +prepared.cars +ok +" + TODAY + " .* 1,000 +100 +0 +–\n")
        .containsPattern("✗ +prepared.trips +held +.* 1,000 +10 held, 75 +1 +1 waiting, 1 parked\n")
        .containsPattern(
            "prepared.trips: Run 22222222 for %s is held since .*Z \\(1\\d\\d minutes\\)\\.\n"
                .formatted(TODAY.minusDays(1)))
        .contains("2 dataset(s): 1 ok, 1 not.\n", "'assay held' says why");
  }

  @Test
  void whatIsMissedIsToldAfterTheGrace() {
    assertThat(health("--grace-minutes", "0").out)
        .contains("prepared.trips: The run for %s was due at ".formatted(TODAY.minusDays(1)));
    assertThat(health("--grace-minutes", "3000").out).doesNotContain("was due at");
  }

  @Test
  void healthFailsOnlyWhenAskedTo() {
    assertThat(health("--fail").code).isEqualTo(3);
    assertThat(health("--fail", "prepared.cars").code).isZero();
    assertThat(health("prepared.trips").code).isZero();
  }

  @Test
  void healthAsJson() {
    JsonNode trips = json(health("--json", "prepared.trips").out).get(0);

    assertThat(trips.get("health").asText()).isEqualTo("held");
    assertThat(trips.get("score").decimalValue()).isEqualByComparingTo("75");
    assertThat(trips.get("last_runs").findValuesAsText("state"))
        .containsExactly("HELD", "PUBLISHED");
    assertThat(trips.get("holds").get(0).get("run_id").asText()).isEqualTo(HELD);
    assertThat(trips.get("holds").get(0).get("age_minutes").asLong()).isBetween(109L, 119L);
    assertThat(trips.get("deliveries_waiting").asInt()).isEqualTo(1);
    assertThat(trips.get("deliveries_parked").asInt()).isEqualTo(1);
    assertThat(trips.get("due_at").asText()).endsWith("T00:00:00Z");
  }

  @Test
  void healthSaysWhatItCannotUse() {
    assertThat(health("prepared.nothing"))
        .isEqualTo(
            new Ended(
                7,
                "",
                "The ledger has no run of prepared.nothing. Known tables: prepared.cars, prepared.trips.\n"));
    assertThat(health("trips").code).isEqualTo(2);
    assertThat(health("--grace-minutes", "-1").code).isEqualTo(2);
    assertThat(call("health", "--home", folder.resolve("empty").toString()).code).isEqualTo(7);
    file("jobs/demo/pipeline.yaml", "name: demo\nowner: me\nschedule: often\n");
    Ended wrong = health();
    assertThat(wrong.code).isEqualTo(4);
    assertThat(wrong.err).contains("pipeline.yaml:3:11: 'schedule': 'often' is no cron expression");
  }

  private String ledgerScore() {
    return new IcebergLedger(LakeCatalog.open(ProfileReader.load("local", recorded)).iceberg())
        .run(MAIN)
        .orElseThrow()
        .score()
        .value()
        .orElseThrow()
        .toString();
  }

  private Ended check(String... more) {
    return call(
        words(
            List.of("contract", "check", "--contracts", folder.resolve("contracts").toString()),
            more));
  }

  private Ended health(String... more) {
    return call(words(List.of("health", "--jobs", folder.resolve("jobs").toString()), more));
  }

  private static String[] words(List<String> first, String... more) {
    return java.util.stream.Stream.concat(first.stream(), java.util.Arrays.stream(more))
        .toArray(String[]::new);
  }

  /** On the home with the runs, unless the words name another. */
  private static Ended call(String... words) {
    List<String> all = new java.util.ArrayList<>(List.of(words));
    if (!all.contains("--home")) {
      all.addAll(List.of("--home", recorded.toString()));
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    int code = commands.execute(all.toArray(String[]::new));
    return new Ended(code, out.toString(), err.toString());
  }

  private void contract(String name, String terms) {
    file("contracts/" + name + ".yaml", text(name, terms));
  }

  private static String text(String name, String terms) {
    return "name: %s\nconsumer: the team of %s\n%s".formatted(name, name, terms);
  }

  private void file(String name, String text) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
