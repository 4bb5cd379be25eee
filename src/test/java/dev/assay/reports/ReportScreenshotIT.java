package dev.assay.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.Fingerprint;
import dev.assay.model.Metric;
import dev.assay.model.QuarantineCount;
import dev.assay.model.RowCounts;
import dev.assay.model.RuleOutcome;
import dev.assay.model.RuleOutcome.Verdict;
import dev.assay.model.RunRecord;
import dev.assay.model.RunState;
import dev.assay.model.Score;
import dev.assay.model.ScoreScope;
import dev.assay.model.TableName;
import dev.assay.scores.Explanation;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report as a picture: it fits narrow and wide, light and dark, and draws its chart. */
@Tag("long")
class ReportScreenshotIT {
  private static final Instant AT = Instant.parse("2026-11-18T10:00:00Z");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1200, false", "1200, true", "390, false", "390, true"})
  void isReadableInEveryShape(int width, boolean dark) throws Exception {
    Path html = folder.resolve("report.html");
    Files.writeString(html, HtmlReport.of("demo", List.of(report()), run -> List.of(), AT));

    BufferedImage picture = photograph(html, width, dark);

    int background = picture.getRGB(2, 2) & 0xff;
    assertThat(background < 128).as("background is dark").isEqualTo(dark);
    // the chart's line is drawn in the accent colour by the script, so it ran
    int[] accent = dark ? new int[] {0x8a, 0xb6, 0xe2} : new int[] {0x2f, 0x5d, 0x8a};
    assertThat(pixels(picture, accent)).as("pixels of the trend line").isGreaterThan(100);
    // nothing wider than the window: the right-most columns are background all the way down
    int foreign = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      if (Math.abs((picture.getRGB(width - 20, y) & 0xff) - background) > 40) {
        foreign++;
      }
    }
    assertThat(foreign).as("rows with something at the right edge").isLessThan(20);
  }

  private static long pixels(BufferedImage picture, int[] colour) {
    long count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = picture.getRGB(x, y);
        boolean same =
            Math.abs(((rgb >> 16) & 0xff) - colour[0]) < 12
                && Math.abs(((rgb >> 8) & 0xff) - colour[1]) < 12
                && Math.abs((rgb & 0xff) - colour[2]) < 12;
        count += same ? 1 : 0;
      }
    }
    return count;
  }

  private BufferedImage photograph(Path html, int width, boolean dark)
      throws IOException, InterruptedException {
    Path picture = folder.resolve("report.png");
    Process chromium =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("browser"),
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                "--window-size=" + width + ",1800",
                "--screenshot=" + picture,
                html.toUri().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    assertThat(chromium.waitFor()).isZero();
    return ImageIO.read(picture.toFile());
  }

  private static TableReport report() {
    List<RuleOutcome> outcomes =
        List.of(
            outcome(1, "IsPrimaryKey \"vin\"", Verdict.PASSED),
            outcome(
                2,
                "ColumnValues \"a_rather_long_column_name\" between 0 and 100000",
                Verdict.FAILED));
    List<RunRecord> history =
        List.of(run(3, outcomes), run(2, outcomes.subList(0, 1)), run(1, outcomes.subList(0, 1)));
    return new TableReport(
        history.get(0),
        outcomes,
        Explanation.of(outcomes, List.of()),
        Optional.of(history.get(1)),
        history,
        List.of(new QuarantineCount("ROW_RULE", Optional.empty(), "vin_has_17_characters", 3)),
        List.of(
            new TableReport.Sample(
                "2026-11-18.csv @ 20633", "x9".repeat(60), "vin_has_17_characters")),
        Map.of(
            history.get(0).runId(),
            List.of(
                new Metric("Verdicts", List.of("decision"), "compliant", 97),
                new Metric("Verdicts", List.of("decision"), "restricted", 3),
                new Metric("Restricted", List.of("decision"), "high_risk_financial", 3))),
        List.of(
            new TableReport.Message(
                "restricted", "high_risk_financial", "A rather long message. ".repeat(8))));
  }

  private static RuleOutcome outcome(int ordinal, String rule, Verdict verdict) {
    return new RuleOutcome(
        ordinal,
        rule,
        rule.split(" ")[0],
        List.of("vin"),
        Map.of(),
        verdict,
        Optional.empty(),
        "0.98 of rows, 3 not",
        Optional.of(0.98),
        verdict == Verdict.FAILED
            ? "Observed 0.98 of rows, 3 not; expected every row to meet it."
            : "",
        Optional.of(3L));
  }

  private static RunRecord run(int day, List<RuleOutcome> outcomes) {
    return new RunRecord(
        "0000000%d-0000-0000-0000-000000000000".formatted(day),
        "demo",
        "vehicles",
        new TableName("prepared", "vehicles"),
        LocalDate.of(2026, 11, day),
        RunState.PUBLISHED,
        AT.plusSeconds(day),
        AT.plusSeconds(day),
        Fingerprint.of("a"),
        Fingerprint.of("b"),
        Fingerprint.of("c"),
        List.of("/raw/vehicles/2026-11-18.csv|10|20"),
        Optional.of(1L),
        2L,
        "assay_x",
        Score.of(outcomes),
        new RowCounts(103, Map.of(), Map.of(), 3, 100),
        Optional.empty(),
        List.of(),
        "",
        "test",
        AT,
        ScoreScope.TABLE,
        Map.of());
  }
}
