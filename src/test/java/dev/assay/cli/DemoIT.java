package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What a newcomer sees first: the demo holds what it should hold and sets aside what was planted.
 */
class DemoIT {
  private final Path home = DemoHome.folder();

  @Test
  void showsAHeldTableAndExactlyThePlantedDefects() throws Exception {
    ForkedJvm.Ended demo = DemoHome.make();

    assertThat(demo.code()).as(demo.output()).isZero();
    assertThat(demo.output())
        .contains("sees exit code 3 (3: held)")
        .contains("semantic.odometer_statement is held, main is unchanged")
        .contains("demo-2026-11-18.html");
    assertThat(Files.readString(home.resolve("reports/demo-2026-11-18.html")))
        .contains("Why it is held");
    assertThat(Files.readString(home.resolve("reports/demo-2026-11-18.html")))
        .doesNotContain("@example.com;");
    // read, duplicates, quarantined, written, score, state of the newest run of each table
    assertThat(demo().newest()).containsExactlyInAnyOrderElementsOf(DemoResult.EXPECTED);
    assertThat(demo().reasons("prepared.vehicles"))
        .containsExactlyInAnyOrder(
            "1 has 10 fields; expected 9",
            "1 is not a date written as dd.MM.yyyy",
            "1 vin_has_17_characters");
    assertThat(demo().reasons("prepared.odometer_readings"))
        .containsExactlyInAnyOrder(
            "1 is not JSON at character 41",
            "1 is not JSON at character 56",
            "1 has no value",
            "1 is not a decimal(9,1)");
    assertThat(demo().decisions())
        .isEqualTo(Map.of("compliant", 895L, "restricted", 3L, "review", 2L));
    // 20 visits a day and five late ones, each once
    assertThat(demo().visits()).isEqualTo(65);

    int runs = demo().ledger().runs().size();
    ForkedJvm.Ended again = DemoHome.assay("run", "jobs/demo", "--data-date", "2026-11-18");

    assertThat(again.code()).as(again.output()).isEqualTo(3);
    assertThat(again.output()).contains("nothing to do");
    assertThat(demo().ledger().runs()).hasSize(runs);
    assertThat(Files.readString(home.resolve("result.json"))).contains("\"exit_kind\" : \"HELD\"");
  }

  private DemoResult demo() {
    return new DemoResult(home);
  }
}
