package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.keys.KeyRing;
import dev.assay.keys.files.KeyFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A value that a job protects is found in no file that a run leaves behind, or ever had. */
@Tag("long")
class LeakIT {
  /** Every planted value contains this, so that one search finds all. */
  private static final String SECRET = "sEcReT";

  private static final String JOB =
      """
      kind: prepare
      name: people
      inputs:
        people:
          files: ${home}/../raw/%s
          format: %s
          columns:
            id: {type: int, nullable: false}
            mail: string
            name: string
            card: string
            note: string
            born: {type: date, format: dd.MM.yyyy}
      steps:
        - rename: {mail: email}
        - derive: {initials: "substr(name, 1, 10)"}
        - row-rules: {id_is_small: id < 100}
        - deduplicate: {keys: [id], order: [name]}
        - protect: {email: tokenise, name: mask, card: encrypt, note: drop, born: tokenise, initials: mask}
        %s
      output: {table: prepared.people, mode: replace, partition: [email]}
      ruleset: rulesets/prepared/people.dqdl
      """;

  @TempDir Path folder;

  private KeyRing keys = KeyRing.create();

  /** For each command, every file that it had in home or in the folder for temporary files. */
  private final List<Path> kept = new ArrayList<>();

  @BeforeEach
  void writeProject() throws IOException {
    file("jobs/p/pipeline.yaml", "name: p\nowner: x\n");
    file(
        "rulesets/prepared/people.dqdl",
        """
        Rules = [
          IsComplete "email",
          ColumnValues "email" != "sEcReT-rule@example.com",
          ColumnValues "email" in ["sEcReT-in@example.com", "x"],
          CustomSql "SELECT count(*) FROM primary WHERE email = 'sEcReT-sql@example.com'" = 0,
          CustomSql "SELECT count(*) FROM primary WHERE emial = 'sEcReT-typo'" = 0,
          RowCount > 0 where "name = 'sEcReT-where'"
        ]
        """);
    new KeyFile(folder.resolve("home/keys.json")).save(keys);
  }

  @Test
  void protectedValuesOfCsvAreInNoFile() throws Exception {
    file("jobs/p/people.yaml", JOB.formatted("*.csv", "csv", "").replace("        \n", ""));
    String good = "1,sEcReT-a@example.com,sEcReT Name,4111sEcReT1111,sEcReT note,01.02.1990\n";
    file(
        "raw/sEcReT-export.csv",
        bytes(
            "id,mail,name,card,note,born\n"
                + good
                + good
                + "2,sEcReT-ragged,x,y,z\n"
                + "3,sEcReT,a,b,c,d,sEcReT-extra\n"
                + "4,\"sEcReT-stray\"quote,a,b,c,01.02.1990\n"
                + "\"sEcReT-open,a,b\n"
                + "5,sEcReT-born,a,b,c,sEcReT.born\n"
                + "sEcReT-id,m,a,b,c,01.02.1990\n"
                + "500,sEcReT-rowrule,a,b,c,01.02.1990\n"
                + "6,sEcReT-bytes,\u00ff\u00fe,b,c,01.02.1990\n"));

    ForkedJvm.Ended run = assay("run", "jobs/p", "--data-date", "2026-11-18");

    // the rule with the wrong column holds the table; approving puts the tokens on main
    assertThat(run.code()).as(run.output()).isEqualTo(3);
    ForkedJvm.Ended report = assay("history", "prepared.people");
    ForkedJvm.Ended export = assay("export");
    assertThat(export.code()).as(export.output()).isZero();
    assertNothingLeaked(run, report, export);
    // the table's partitions are tokens, and these do not leave either
    assertThat(Files.readString(folder.resolve("home/export/outcomes.csv")))
        .contains("email=***")
        .doesNotContain("tok1_");
    List<Row> quarantined = quarantine();
    assertThat(quarantined).hasSize(8);
    assertThat(quarantined).allMatch(row -> row.getAs("sealed_text") != null);
    List<String> revealed = new ArrayList<>();
    quarantined.forEach(row -> revealed.add(keys.decrypt(row.getAs("sealed_text"))));
    assertThat(revealed).anyMatch(text -> text.equals("2,sEcReT-ragged,x,y,z"));
    assertThat(keys.decrypt(quarantined.get(0).getAs("source_file"))).contains("sEcReT-export.csv");
  }

  @Test
  void protectedValuesOfJsonAreInNoFile() throws Exception {
    file("jobs/p/people.yaml", JOB.formatted("*.jsonl", "json", "").replace("        \n", ""));
    file(
        "raw/sEcReT.jsonl",
        """
        {"id":1,"mail":"sEcReT@example.com","name":"sEcReT Name","card":"sEcReT","note":"n","born":"01.02.1990"}
        {"id":2,"mail":"sEcReT
        ["sEcReT"]
        "sEcReT"
        {"id":3,"sEcReT-field":"sEcReT","mail":"sEcReT"}
        {"id":4,"mail":{"sEcReT":1},"born":"sEcReT"}
        {"id":5,"mail":"sEcReT","mail":"sEcReT"}
        """);

    ForkedJvm.Ended run = assay("run", "jobs/p", "--data-date", "2026-11-18");

    assertThat(run.code()).as(run.output()).isEqualTo(3);
    assertNothingLeaked(run);
    assertThat(quarantine()).hasSize(6);
  }

  @Test
  void protectedValuesAreFollowedThroughNestedFieldsCaseAndNewNames() throws Exception {
    file(
        "jobs/p/people.yaml",
        """
        kind: prepare
        name: people
        inputs:
          people:
            files: ${home}/../raw/*.jsonl
            format: json
            columns: {id: int, who: "struct<name:string>", owner: string}
        steps:
          - derive: {name: who.name, boss: upper(OWNER)}
          - row-rules: {small: id < 10}
          - protect: {name: mask, boss: tokenise}
          - rename: {boss: chief}
          - drop: [who, owner]
        output: {table: prepared.people, mode: replace}
        ruleset: rulesets/prepared/people.dqdl
        """);
    file(
        "rulesets/prepared/people.dqdl",
        """
        Rules = [
          ColumnValues "chief" != "sEcReT rule",
          CustomSql "SELECT count(*) FROM primary WHERE chief = \\"sEcReT sql\\"" = 0
        ]
        """);
    file(
        "raw/a.jsonl",
        """
        {"id":1,"who":{"name":"sEcReT Name"},"owner":"xx"}
        {"id":99,"who":{"name":"sEcReT Name"},"owner":"sEcReT owner"}
        """);

    ForkedJvm.Ended run = assay("run", "jobs/p", "--data-date", "2026-11-18");

    assertThat(run.code()).as(run.output()).isZero();
    assertNothingLeaked(run);
    assertThat(quarantine()).hasSize(1);
  }

  /** For a row, which is quarantined; and in a plan of Spark, which ends the run. */
  @ParameterizedTest
  @CsvSource({"0, 3", "(SELECT max(id) FROM range(2)), 4"})
  void anExceptionThatQuotesAValueIsNotQuoted(String more, int code) throws Exception {
    file(
        "jobs/p/people.yaml",
        JOB.formatted(
            "*.csv",
            "csv",
            "- derive: {broken: \"CAST(concat('sEcReT', id, %s) AS INT)\"}".formatted(more)));
    file("raw/sEcReT.csv", "id,mail,name,card,note,born\n1,sEcReT,sEcReT,c,n,01.02.1990\n");

    ForkedJvm.Ended run = assay("run", "jobs/p", "--data-date", "2026-11-18");

    assertThat(run.code()).as(run.output()).isEqualTo(code);
    assertThat(run.output()).contains("CAST_INVALID_INPUT");
    assertNothingLeaked(run);
  }

  @Test
  void aFileThatDoesNotFitIsNotQuoted() throws Exception {
    file("jobs/p/people.yaml", JOB.formatted("*.csv", "csv", "").replace("        \n", ""));
    file("raw/sEcReT.csv", "1,sEcReT-without-header,sEcReT,c,n,01.02.1990\n");

    ForkedJvm.Ended run = assay("run", "jobs/p", "--data-date", "2026-11-18");

    assertThat(run.code()).as(run.output()).isEqualTo(7);
    assertNothingLeaked(run);
  }

  @Test
  void noKeyNoRun() throws Exception {
    file("jobs/p/people.yaml", JOB.formatted("*.csv", "csv", "").replace("        \n", ""));
    file("raw/a.csv", "id,mail,name,card,note,born\n1,a,b,c,n,01.02.1990\n");
    Files.delete(folder.resolve("home/keys.json"));

    ForkedJvm.Ended run = assay("run", "jobs/p", "--data-date", "2026-11-18");

    assertThat(run.code()).as(run.output()).isEqualTo(4);
    assertThat(run.output())
        .contains(
            "there is no key file, and keys are needed to protect or reveal. Make one with 'assay keys create'");
    assertThat(Files.exists(folder.resolve("home/warehouse/prepared"))).isFalse();
  }

  private void assertNothingLeaked(ForkedJvm.Ended... outputs) {
    ByteSearch.Found found = new ByteSearch(List.of(SECRET)).in(kept.toArray(Path[]::new));
    assertThat(found.findings()).isEmpty();
    assertThat(found.files()).isPositive();
    for (ForkedJvm.Ended output : outputs) {
      assertThat(output.output()).doesNotContain(SECRET);
    }
  }

  private List<Row> quarantine() {
    return new TestProject(folder).sql("SELECT * FROM lake.quarantine.prepared_people");
  }

  private ForkedJvm.Ended assay(String... arguments) throws Exception {
    Files.createDirectories(folder.resolve("tmp"));
    kept.add(Files.createTempDirectory(folder, "kept"));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--home", folder.resolve("home").toString()));
    try (FileKeeper keeper =
        new FileKeeper(kept.get(kept.size() - 1), folder.resolve("home"), folder.resolve("tmp"))) {
      return ForkedJvm.run(
          folder,
          Map.of(
              "assay.log", folder.resolve("home/log/assay.log").toString(),
              "log4j2.configurationFile", "assay-log4j2.xml",
              "java.io.tmpdir", folder.resolve("tmp").toString()),
          Main.class,
          all.toArray(String[]::new));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void file(String path, String content) throws IOException {
    file(path, content.getBytes(StandardCharsets.UTF_8));
  }

  private void file(String path, byte[] content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}
