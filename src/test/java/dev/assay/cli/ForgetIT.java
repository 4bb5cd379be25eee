package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.erasure.Forgetting;
import dev.assay.erasure.Identity;
import dev.assay.erasure.Outcome;
import dev.assay.erasure.Person;
import dev.assay.erasure.Place;
import dev.assay.erasure.Wish;
import dev.assay.keys.KeyRing;
import dev.assay.keys.files.KeyFile;
import dev.assay.lake.iceberg.Branches;
import dev.assay.ledger.Erasures;
import dev.assay.messages.Reviews.Review;
import dev.assay.messages.iceberg.IcebergReviews;
import dev.assay.messages.text.NormalText;
import dev.assay.model.AssayException;
import dev.assay.model.ExitKind;
import dev.assay.model.RunState;
import dev.assay.model.TableName;
import dev.assay.pipeline.JobResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A person is removed from everything that a pipeline keeps, and from no file but its own. */
@Tag("long")
class ForgetIT {
  /** In everything that is the person's, and in nothing else. */
  private static final String SECRET = "sEcReT";

  private static final Identity CUSTOMER = new Identity("customer", "sEcReT7");
  private static final Identity PHONE = new Identity("phone", "+49 171 sEcReT");
  private static final String SERVICE =
      "Your car is due for its yearly service, dear sEcReT. Book an appointment at your dealer.";
  private static final String CASINO = "50 free spins at Lucky Fjord Casino, bet and win tonight!";
  private static final TableName MESSAGES = TableName.parse("prepared.messages");
  private static final TableName VERDICTS = TableName.parse("semantic.verdicts");

  @TempDir private static Path folder;
  private static final KeyRing keys = KeyRing.create();
  private static Path root;
  private static TestProject project;

  /** Everything is made once, set aside, and put back before each test. */
  @BeforeAll
  static void keepsEverything() throws IOException {
    root = folder.resolve("project");
    project = new TestProject(root);
    createsAPipeline();
    everythingIsKept();
    FileUtils.copyDirectory(root.toFile(), folder.resolve("aside").toFile());
  }

  @BeforeEach
  void putsEverythingBack() throws IOException {
    FileUtils.deleteDirectory(root.toFile());
    FileUtils.copyDirectory(folder.resolve("aside").toFile(), root.toFile());
    // a command that ran in this process has ended the session of the one before
    project = new TestProject(root);
  }

  private static void createsAPipeline() {
    copy(Path.of("jobs/demo/models"), root.resolve("home/models"));
    new KeyFile(root.resolve("home/keys.json")).save(keys);
    project.pipeline();
    project.file("jobs/p/contacts.yaml", prepare("contacts", ""));
    project.file(
        "jobs/p/messages.yaml", prepare("messages", "steps:\n  - protect: {phone: tokenise}\n"));
    project.file(
        "jobs/p/verdicts.yaml",
        """
        kind: classify
        name: verdicts
        inputs: {messages: prepared.messages}
        classify: {key: id, text: text, keep: [customer], model: message_model}
        output: {table: semantic.verdicts, mode: replace}
        ruleset: rulesets/semantic/verdicts.dqdl
        """);
    project.file("rulesets/semantic/verdicts.dqdl", "Rules = [ IsPrimaryKey \"id\" ]\n");
    project.file(
        "jobs/p/go.yaml",
        """
        kind: send
        name: go
        verdicts: semantic.verdicts
        messages: {table: prepared.messages, key: [id], text: text, address: phone}
        channels: {post: {files: {folder: "%s"}}}
        """
            .formatted(root.resolve("outbox")));
  }

  private static String prepare(String name, String steps) {
    return """
        kind: prepare
        name: %1$s
        inputs:
          log:
            files: ${root}/raw/*.csv
            format: csv
            columns: {id: int, customer: string, phone: string, text: string}
        %2$soutput: {table: prepared.%1$s, mode: replace}
        ruleset: none
        """
        .formatted(name, steps);
  }

  @Test
  void aPersonIsGoneFromEveryFileByKey() {
    project.file("home/reports/verdicts.html", "<h1>x</h1><h2>semantic.verdicts</h2>");
    project.file("home/reports/other.html", "<h1>x</h1><h2>prepared.other</h2>");

    Outcome looked = forgetting(Set.of(), false, CUSTOMER).look();
    assertThat(search("quarantine", "semantic", "assay")).isNotEmpty();
    Outcome first = forgetting(Set.of(), false, CUSTOMER).forget();

    assertThat(rows(looked)).isEqualTo(rows(first));
    assertThat(rows(first))
        .containsOnlyKeys(
            "assay.reviews",
            "assay.sendings",
            "assay.verdicts",
            "prepared.contacts",
            "prepared.messages",
            "quarantine.prepared_contacts",
            "quarantine.prepared_messages",
            "semantic.verdicts")
        .containsEntry("quarantine.prepared_contacts", 2L)
        .containsEntry("quarantine.prepared_messages", 2L)
        .containsEntry("assay.reviews", 1L)
        .containsEntry("prepared.messages", 1L);
    assertThat(place(first, "semantic.verdicts").rows()).isEqualTo(1);
    assertThat(place(first, "semantic.verdicts").older()).isEqualTo(1);
    assertThat(place(first, "semantic.verdicts").givenUp()).hasSize(2);
    assertThat(place(first, "prepared.messages").note())
        .isEqualTo("they go with --in prepared.messages");
    assertThat(first.reports()).containsExactly(root.resolve("home/reports/verdicts.html"));
    assertThat(first.isIncomplete()).isFalse();
    assertThat(search("quarantine", "semantic", "assay")).isEmpty();
    assertThat(search("prepared")).isNotEmpty();

    Outcome second =
        forgetting(Set.of(MESSAGES, TableName.parse("prepared.contacts")), true, CUSTOMER).forget();

    assertThat(rows(second)).containsOnlyKeys("prepared.contacts", "prepared.messages");
    assertThat(search("")).isEmpty();
    assertThat(rows(forgetting(Set.of(MESSAGES), true, CUSTOMER).forget())).isEmpty();
    assertThat(root.resolve("home/reports/other.html")).exists();

    assertThat(project.lines("SELECT customer FROM lake.prepared.contacts")).containsExactly("bo");
    assertThat(project.lines("SELECT customer, decision FROM lake.semantic.verdicts"))
        .containsExactly("bo|restricted");
    assertThat(project.lines("SELECT count(*) FROM lake.quarantine.prepared_contacts"))
        .containsExactly("2");
    assertThat(project.lines("SELECT count(*) FROM lake.assay.verdicts")).containsExactly("1");
    List<Erasures.Line> recorded = new Erasures(project.catalog().iceberg()).all();
    assertThat(recorded)
        .allMatch(line -> line.reason().equals("request 117") && line.by().equals("pat"))
        .filteredOn(Erasures.Line::done)
        .extracting(line -> line.place() + " " + line.rowsFound() + " " + line.rowsLeft())
        .contains("quarantine.prepared_contacts 2 0", "semantic.verdicts 1 0", "all 0 0");

    // the pipeline goes on, and finds nobody again whom its input does not hold
    raw("1,bo,+49 1,\"" + CASINO + "\"\n");
    assertThat(project.run())
        .extracting(JobResult::ending)
        .containsOnly(JobResult.Ending.PUBLISHED);
    assertThat(search("")).isEmpty();
  }

  @Test
  void sendingsAndReportsGoIfAsked() {
    project.file("home/reports/verdicts.html", "<h2>semantic.verdicts</h2>");
    assertThat(project.lines("SELECT DISTINCT message_key FROM lake.assay.sendings"))
        .containsExactly("1");

    Outcome outcome = forgetting(Set.of(), true, CUSTOMER).forget();

    assertThat(place(outcome, "assay.sendings").left()).isZero();
    assertThat(project.lines("SELECT * FROM lake.assay.sendings")).isEmpty();
    assertThat(root.resolve("home/reports/verdicts.html")).doesNotExist();
  }

  @Test
  void aPersonIsFoundByTokenAndByTheKeyBehindTokens() {
    String token = keys.token(PHONE.value());
    new KeyFile(root.resolve("home/keys.json")).save(keys.rotated());

    assertThat(rows(forgetting(Set.of(MESSAGES), false, PHONE).look()))
        .containsEntry("prepared.messages", 2L)
        .containsEntry("quarantine.prepared_messages", 2L);
    Outcome outcome = forgetting(Set.of(MESSAGES), false, new Identity("", token)).forget();

    assertThat(rows(outcome))
        .containsEntry("prepared.messages", 2L)
        .containsEntry("quarantine.prepared_messages", 2L)
        .doesNotContainKey("semantic.verdicts");
    assertThat(search("prepared/messages", "quarantine/prepared_messages")).isEmpty();
    ByteSearch.Found found = new ByteSearch(List.of(token)).in(root.resolve("home/warehouse"));
    assertThat(found.findings()).isEmpty();
  }

  @Test
  void whatCannotBeOpenedIsCounted() {
    Outcome outcome =
        new Forgetting(project.lane(), new Person(List.of(CUSTOMER), Optional.empty()), wish(false))
            .forget();

    assertThat(place(outcome, "quarantine.prepared_messages").unsearchable()).isEqualTo(2);
    assertThat(place(outcome, "quarantine.prepared_messages").rows()).isEqualTo(2);
    assertThat(outcome.isIncomplete()).isTrue();
  }

  @Test
  void aHeldRunWithThePersonIsDiscardedAndOneThatHasNotEndedStopsEverything() {
    project.file("rulesets/semantic/verdicts.dqdl", "Rules = [ RowCount > 100 ]\n");
    project.file(
        "jobs/p/verdicts.yaml",
        """
        kind: classify
        name: verdicts
        inputs: {messages: prepared.messages}
        classify: {key: id, text: text, keep: [customer, phone], model: message_model}
        output: {table: semantic.others, mode: replace}
        ruleset: rulesets/semantic/verdicts.dqdl
        gate: {minimum-score: 100}
        """);
    JobResult held = project.run().get(2);
    assertThat(held.ending()).isEqualTo(JobResult.Ending.HELD);
    project
        .catalog()
        .find(VERDICTS)
        .orElseThrow()
        .manageSnapshots()
        .createBranch("assay_underway")
        .commit();
    List<String> before = search("");

    assertThatThrownBy(() -> forgetting(Set.of(), false, CUSTOMER).forget())
        .isInstanceOfSatisfying(
            AssayException.class, e -> assertThat(e.kind()).isEqualTo(ExitKind.OUTSIDE_UNAVAILABLE))
        .hasMessageContaining("semantic.verdicts: a run that has not ended")
        .hasMessageContaining("nothing was removed");
    assertThat(search("")).isEqualTo(before);

    new Branches(project.catalog()).drop(VERDICTS, "assay_underway");
    Outcome outcome = forgetting(Set.of(), false, CUSTOMER).forget();

    String run = held.run().orElseThrow().runId();
    assertThat(place(outcome, "semantic.others").givenUp()).contains("held run " + run);
    assertThat(project.ledger().run(run).orElseThrow().state()).isEqualTo(RunState.DISCARDED);
    assertThat(search("semantic")).isEmpty();
  }

  @Test
  void aTableOrColumnThatIsNowhereIsSaidBeforeAnythingGoes() {
    assertThatThrownBy(() -> forgetting(Set.of(), false, new Identity("custmer", "x")).forget())
        .hasMessage(
            "No table has a column 'custmer'. Did you mean 'customer'? Nothing was removed.");
    assertThatThrownBy(
            () -> forgetting(Set.of(TableName.parse("prepared.x")), false, CUSTOMER).forget())
        .hasMessage("There is no table prepared.x; nothing was removed.");
    assertThatThrownBy(
            () -> forgetting(Set.of(TableName.parse("assay.runs")), false, CUSTOMER).forget())
        .hasMessageStartingWith("--in assay.runs: expected a table of layer prepared or semantic.");
    assertThat(project.hasTable("assay.erasures")).isFalse();
  }

  @Test
  void correctedFilesAreNamed() {
    project.file(
        "home/warehouse/quarantine/prepared_contacts/requeued/2026-11-18/fixed.csv",
        "id,customer,phone,text\n3,sEcReT7,1,x\n");

    Outcome outcome = forgetting(Set.of(), false, CUSTOMER).forget();

    assertThat(place(outcome, "quarantine.prepared_contacts, requeued files").note())
        .startsWith("take back with 'assay requeue RUN --remove --file NAME', or correct: ")
        .endsWith("/requeued/2026-11-18/fixed.csv");
    assertThat(outcome.isIncomplete()).isTrue();
  }

  @Test
  void theCommandSaysWhatItDidAndNeverWho() {
    project.file("request", "customer=sEcReT7\n");

    ForkedJvm.Ended looked =
        here("forget", "--from", root.resolve("request").toString(), "--dry-run");
    ForkedJvm.Ended ended = assay("forget", "--from", "request", "--reason", "request 117");
    ForkedJvm.Ended again = here("forget", "customer=sEcReT7", "--reason", "request 117");

    assertThat(looked.code()).as(looked.output()).isZero();
    assertThat(looked.output()).contains("place (dry run)", "to remove", "would give up run_");
    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output())
        .contains("quarantine.prepared_contacts", "gave up run_", "Recorded in assay.erasures as ")
        .contains("prepared.messages: they go with --in prepared.messages.")
        .doesNotContain(SECRET);
    assertThat(again.code()).as(again.output()).isZero();
    assertThat(again.output()).contains("prepared.messages").doesNotContain("gave up");
    assertThat(root.resolve("home/log/assay.log")).exists();
    assertThat(
            new ByteSearch(List.of(SECRET))
                .in(
                    root.resolve("home/log"),
                    root.resolve("home/warehouse/assay"),
                    root.resolve("home/warehouse/quarantine"),
                    root.resolve("home/warehouse/semantic"))
                .findings())
        .isEmpty();
  }

  /** Two days with other texts, quarantined records, a decision, and messages sent. */
  private static void everythingIsKept() {
    raw(
        "1,sEcReT7,+49 171 sEcReT,\"Old: " + SERVICE + "\"\n",
        "2,bo,+49 1,\"" + CASINO + "\"\n",
        "x,sEcReT7,+49 171 sEcReT,broken\n",
        "y,bo,+49 1,broken\n");
    run();
    raw(
        "1,sEcReT7,+49 171 sEcReT,\"" + SERVICE + "\"\n",
        "2,bo,+49 1,\"" + CASINO + "\"\n",
        "x,sEcReT7,+49 171 sEcReT,broken\n",
        "z,bo,+49 1,broken again\n");
    run();
    NormalText text = NormalText.of(SERVICE);
    new IcebergReviews(project.catalog().iceberg())
        .keep(List.of(new Review(text.hash(), text.value(), Set.of(), "lee", Instant.now())));
    ForkedJvm.Ended sent = here("send", root.resolve("jobs/p/go.yaml").toString());
    assertThat(sent.code()).as(sent.output()).isZero();
  }

  private static void run() {
    List<JobResult> results = project.run();
    assertThat(results)
        .as(results.toString())
        .extracting(JobResult::ending)
        .containsOnly(JobResult.Ending.PUBLISHED);
  }

  private Forgetting forgetting(Set<TableName> tables, boolean all, Identity identity) {
    Person person =
        new Person(
            List.of(identity), Optional.of(new KeyFile(root.resolve("home/keys.json")).load()));
    return new Forgetting(project.lane(), person, new Wish(tables, all, all, "pat", "request 117"));
  }

  private static Wish wish(boolean all) {
    return new Wish(Set.of(), all, all, "pat", "request 117");
  }

  /** Rows found by place, older copies among them. */
  private static Map<String, Long> rows(Outcome outcome) {
    Map<String, Long> rows = new TreeMap<>();
    outcome.places().stream()
        .filter(Place::found)
        .forEach(
            place ->
                rows.put(
                    place.name(),
                    // of a table that is only counted nobody looks at older snapshots
                    place.rows() + place.older()));
    return rows;
  }

  private static Place place(Outcome outcome, String name) {
    return outcome.places().stream()
        .filter(place -> place.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Findings below these folders of the warehouse, in small letters as texts are hashed too. */
  private List<String> search(String... folders) {
    List<Path> paths = new ArrayList<>();
    Arrays.stream(folders)
        .forEach(folder -> paths.add(root.resolve("home/warehouse").resolve(folder)));
    ByteSearch.Found found =
        new ByteSearch(List.of(SECRET, SECRET.toLowerCase(Locale.ROOT)))
            .in(paths.toArray(Path[]::new));
    assertThat(found.files()).isPositive();
    return found.findings();
  }

  private static void raw(String... lines) {
    project.file("raw/a.csv", "id,customer,phone,text\n" + String.join("", lines));
  }

  /** A command in this process, which takes no start of another. */
  private static ForkedJvm.Ended here(String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine commands = Main.commandLine();
    commands.setOut(new PrintWriter(said, true));
    commands.setErr(new PrintWriter(said, true));
    int code = commands.execute(atHome(arguments));
    return new ForkedJvm.Ended(code, said.toString());
  }

  private static String[] atHome(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", root.resolve("home").toString()));
    return all.toArray(String[]::new);
  }

  private static ForkedJvm.Ended assay(String... arguments) {
    return ForkedJvm.run(
        root,
        Map.of(
            "assay.log",
            root.resolve("home/log/assay.log").toString(),
            "log4j2.configurationFile",
            "assay-log4j2.xml"),
        Main.class,
        atHome(arguments));
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
